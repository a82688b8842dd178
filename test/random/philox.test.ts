import { expect, test } from "vitest";
import { philox4x32 } from "../../src/random/philox.js";

const words = (text: string) => Uint32Array.from(text.split(" "), (word) => Number.parseInt(word, 16));

// The known answers that Random123 publishes for philox4x32 with 10 rounds (its tests/kat_vectors).
const KNOWN_ANSWERS = [
  ["00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
  ["ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"],
  ["243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"],
] as const;

test.each(KNOWN_ANSWERS)("D1: the published answer for counter %s, key %s", (counter, key, answer) => {
  const counterWords = words(counter);
  const out = new Uint32Array(4);
  philox4x32(counterWords, words(key), out);
  expect(out).toEqual(words(answer));
  expect(counterWords).toEqual(words(counter));
});

test("the block may be written over its counter", () => {
  const both = new Uint32Array(4);
  philox4x32(both, new Uint32Array(2), both);
  expect(both).toEqual(words("6627e8d5 e169c58d bc57ac4c 9b00dbd8"));
});
