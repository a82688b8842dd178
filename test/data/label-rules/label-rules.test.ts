import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classify, namedRule, parseLabelRule } from "../../../src/data/label-rules/index.js";
import { UserError } from "../../../src/errors.js";

const parse = (text: string, names: readonly string[] = ["xU", "xL"]) =>
  parseLabelRule(text, names, "task.yaml: heads.side.rule");
const value = (text: string, xU: number, xL: number) => parse(text).evaluate([xU, xL]);
/** All pairs of positions 0 to 12. */
const positions = Int32Array.from({ length: 2 * 169 }, (_, k) =>
  k % 2 === 0 ? Math.floor(k / 26) : ((k - 1) / 2) % 13,
);

function expectRefusal(text: string, message: RegExp): void {
  let found: unknown;
  try {
    parse(text);
  } catch (error) {
    found = error;
  }
  expect(found).toBeInstanceOf(UserError);
  expect((found as UserError).message).toMatch(message);
  expect((found as UserError).message).toMatch(/^task\.yaml: heads\.side\.rule[,:]/);
  expect((found as UserError).message).not.toContain("\n");
}

describe("what a rule says (D14)", () => {
  test.each([
    ["1 + 2 * 3 - 4 / 2", 5],
    ["(1 + 2) * 3", 9],
    ["10 - 3 - 2", 5],
    ["-xU + 7", 4],
    ["7 % 4", 3],
    ["-1 % 4", 3],
    ["1.5e1 + .5", 15.5],
    ["bin(xU, 2, 5, 8, 11)", 1],
    ["bin(5, 8, 2, 5)", 2],
    ["min(xU, xL, 4) + max(xU, xL)", 8],
    ["abs(xU - xL) + floor(2.9)", 4],
    ["xU < xL", 1],
    ["xU >= xL", 0],
    ["not (xU == xL)", 1],
    ["!(xU == xL) && xU != 9", 1],
    ["xU < 1 or xL < 9 and xU < 2", 0],
    ["(xU < 5 or xL < 9) and xU < 2", 0],
    ["xU < 5 or xL < 9 and xU < 2", 1],
    ["(xU < 6) + 2 * (xL < 4)", 1],
    ["(xU < 4) == (xL < 4)", 0],
    ["  xU\n + 1 ", 4],
    ["orange + notable", 30],
    ['"two words" + 1', 8],
  ] as const)("%s is %s", (text, expected) => {
    const names = ["xU", "xL", "orange", "notable", "two words"];
    const row = [3, 5, 10, 20, 7];
    expect(parse(text, names).evaluate(row)).toBe(expected);
  });

  test("property: conditions mean what the same words mean here", () => {
    const position = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(position, position, position, (a, b, c) => {
        expect(value(`xU < ${c} or xL >= ${c} and not (xU == xL)`, a, b)).toBe(
          Number(a < c || (b >= c && a !== b)),
        );
        expect(value(`bin(xU, ${c}, 4) * 3 + bin(xL, ${c})`, a, b)).toBe(
          3 * (Number(c <= a) + Number(4 <= a)) + Number(c <= b),
        );
      }),
    );
  });
});

describe("what is refused, in one line", () => {
  test.each([
    ["", /the label rule is empty/],
    ["xU <= ", /expected expression after <= at its end/],
    ["xU <= xL or", /expected expression after or at its end/],
    ["xU = xL", /column 4.*Equality is written with two signs/],
    ["(xU < 3", /unclosed \( at its end/],
    ["xU < 3)", /unexpected "\)" at column 7/],
    ["xU xL", /nothing joins what begins at column 4/],
    ["xU < 3, xL", /nothing joins what begins at column 7/],
    ["xU <= xl", /there is no label "xl"\. Did you mean xL\? Known: xU, xL\./],
    ["width < 3", /there is no label "width"\. Known: xU, xL\./],
    ["true", /there is no label "true"/],
    ["bins(xU, 3)", /there is no function "bins"\. Did you mean bin\? Known: bin, min, max, abs, floor\./],
    ["bin(xU)", /bin has 1 argument; it takes 2 or more\. Write bin\(value, edge, \.\.\.\)/],
    ["abs(xU, xL)", /abs has 2 arguments; it takes 1\. /],
    ["0 < xU < 5", /Comparisons do not chain/],
    ["xU == xL == 3", /Comparisons do not chain/],
    ["not xU == xL", /"not" takes a condition.*not \(xU == xL\)/],
    ["xU and xL < 3", /"and" stands between conditions/],
    ["xU ? 1 : 2", /numbers, names, operators and functions only/],
    ["xU.constructor", /numbers, names, operators and functions only/],
    ["constructor", /there is no label "constructor"/],
    ["toString(xU)", /there is no function "toString"/],
    ["[xU]", /numbers, names, operators and functions only/],
    ["this", /numbers, names, operators and functions only/],
    ["xU ** 2", /at column 5/],
    ["3x", /column 2/],
  ])("%s", expectRefusal);

  test("a long rule, and one nested as deeply as fits", () => {
    expectRefusal("xU < 3 + ".repeat(400), /a label rule of 3600 characters/);
    expectRefusal(`${"(".repeat(495)}xU${")".repeat(495)} xL`, /nothing joins/);
    expectRefusal("(".repeat(1000), /at its end/);
    expect(value(`${"-".repeat(998)}xU`, 3, 0)).toBe(3);
  });

  test("property: any text is a rule or is refused in one line", () => {
    const word = fc.constantFrom(
      ..."xU xL 3 0.5 ( ) [ ] , ; . ? : ' \" \\ + - * / % < <= == = != ! not and or && || bin min {} ` \n this é".split(
        " ",
      ),
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 12 }).map((words) => words.join(" ")),
    );
    fc.assert(
      fc.property(text, (written) => {
        try {
          expect(typeof parse(written).evaluate([1, 2])).toBe("number");
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
          expect((error as UserError).message).not.toContain("\n");
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("data without labels", () => {
    expect(() => parse("xU < 3", [])).toThrow(/there is no label "xU"\. The data have no labels/);
  });
});

describe("classes of a data set (D14)", () => {
  test("distinct values, ascending; a condition makes 0 and 1", () => {
    const { classes, classOf } = classify(parse("xL - xU"), Float64Array.of(0, 0.5, 3, 1, 2, 2, 5, 5.5), 2);
    expect(classes).toEqual([-2, 0, 0.5]);
    expect([...classOf]).toEqual([2, 0, 1, 2]);
    expect(classify(parse("xU <= xL"), positions, 2).classes).toEqual([0, 1]);
  });

  test("a zero has no sign", () => {
    expect(classify(parse("-xU * xL"), Int32Array.of(0, 3, 3, 0, 1, 1), 2).classes).toEqual([-1, 0]);
  });

  test("one class, no number, too many classes and no rows are refused", () => {
    expect(() => classify(parse("xU < 99"), positions, 2)).toThrow(/it gives 1 for every row: one class/);
    expect(() => classify(parse("xU / xL"), positions, 2)).toThrow(/it gives NaN for row 0 .* labels 0, 0\./);
    expect(() => classify(parse("1 / xL"), Int32Array.of(1, 2, 1, 0), 2)).toThrow(
      /it gives Infinity for row 1/,
    );
    const many = Int32Array.from({ length: 5000 }, (_, i) => i);
    expect(() => classify(parse("y", ["y"]), many, 1)).toThrow(/more than 4096 classes/);
    expect(() => classify(parse("xU"), new Int32Array(0), 2)).toThrow(/no rows/);
  });
});

describe("a task with a name that every object has", () => {
  test.each(["constructor", "toString", "hasOwnProperty", "__proto__"])("%s is no named rule", (name) => {
    expect(namedRule(name)).toBe(name);
    expect(() => parseLabelRule(namedRule(name), ["xU", "xL"], "model.heads.0")).toThrow(
      new RegExp(`there is no label "${name}"`),
    );
    // Where a label is called so, it is that label.
    expect(parseLabelRule(namedRule(name), [name], "model.heads.0").evaluate([7])).toBe(7);
  });
});
