import fc from "fast-check";
import { expect, test } from "vitest";
import { visibleJson, visibleLines, visibleText } from "../src/visible-text.js";

/** What a terminal or a browser obeys, or what halves of pairs would become. */
const OBEYED = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Text of letters, escapes, C1 controls, overrides, halves of pairs, in any order. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom("\u001b", "\u009b", "\u0007", "\u202e", "\u2066", "\u2028", "\ud800", "\n", "\r"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
});

test("a terminal is shown what it would obey: C0, C1, escape sequences, reordering, line breaks", () => {
  expect(visibleText("a\u001b[2Jb\u009b1mc\u0007\r\n\t\u007f")).toBe("a\\x1b[2Jb\\x9b1mc\\x07\\r\\n\\t\\x7f");
  expect(visibleText("gpj.\u202eexe\u2066 \u2028\ufeff\ud800\u{e0041}")).toBe(
    "gpj.\\u202eexe\\u2066 \\u2028\\ufeff\\ud800\\u{e0041}",
  );
});

test("words of any script stay as they are", () => {
  for (const text of [
    "Größe in nats",
    "دریا",
    "می\u200cخواهم",
    "क्\u200dष",
    "図 1",
    "👩\u200d🔬",
    "▁▂▃ ± 10⁻³",
  ]) {
    expect(visibleText(text)).toBe(text);
  }
});

test("whatever the text, nothing obeyed is left, and twice is once", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = visibleText(text);
      expect(shown).not.toMatch(OBEYED);
      expect(visibleText(shown)).toBe(shown);
      expect(visibleLines(text).replaceAll(/[\n\t]/g, "")).not.toMatch(OBEYED);
    }),
  );
});

test("JSON keeps its content, and none of it as such a character", () => {
  fc.assert(
    fc.property(fc.dictionary(anyText, anyText), (value) => {
      const json = visibleJson(JSON.stringify(value));
      expect(json).not.toMatch(OBEYED);
      expect(JSON.parse(json)).toEqual(value);
    }),
  );
});
