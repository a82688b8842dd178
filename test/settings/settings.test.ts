import { describe, expect, expectTypeOf, test } from "vitest";
import {
  choice,
  flag,
  list,
  number,
  parsed,
  readSettings,
  repeated,
  text,
  type ValuesOf,
  whole,
  wordsOf,
  yesOrNo,
} from "../../src/settings/index.js";

const settings = {
  bins: whole({ about: "bins of each dimension", minimum: 2, maximum: 100, default: 20 }),
  evaluationVotes: whole({ about: "evaluation votes", minimum: 1 }),
  deviation: number({ about: "minimum standard deviation", above: 0, default: 0.05 }),
  codes: text({ about: "the codes", placeholder: "array", required: true }),
  device: choice(["cpu", "webgpu"], { about: "where to compute", default: "cpu" }),
  capacities: list(number({ about: "", above: 0 }), { about: "capacities in nats" }),
  set: repeated(text({ about: "" }), { about: "keys to override" }),
  frozen: flag({ about: "classifiers on frozen codes", default: true }),
  force: flag({ about: "replace files" }),
  header: yesOrNo({ about: "whether the first row holds names" }),
};
const read = (raw: Parameters<typeof readSettings>[1]) =>
  readSettings(settings, { codes: ["C.npy"], ...raw });

test("values have the types of their settings, and defaults where nothing is given", () => {
  const values = read({});
  expect(values).toEqual({
    bins: 20,
    deviation: 0.05,
    codes: "C.npy",
    device: "cpu",
    set: [],
    frozen: true,
    force: false,
  });
  expectTypeOf(values.bins).toEqualTypeOf<number>();
  expectTypeOf(values.codes).toEqualTypeOf<string>();
  expectTypeOf(values.device).toEqualTypeOf<"cpu" | "webgpu">();
  expectTypeOf(values.capacities).toEqualTypeOf<readonly number[] | undefined>();
  expectTypeOf(values.set).toEqualTypeOf<readonly string[]>();
  expectTypeOf(values.header).toEqualTypeOf<boolean | undefined>();
  expectTypeOf<ValuesOf<typeof settings>["force"]>().toEqualTypeOf<boolean>();
});

test("texts are read: numbers, names in any case, lists without repetition, the last of two", () => {
  expect(
    read({
      bins: ["3", "40"],
      evaluationVotes: ["5e3"],
      device: ["WebGPU"],
      capacities: ["0.3, 10,0.3"],
      set: ["a=1", "b=2"],
      frozen: false,
      header: ["no"],
    }),
  ).toMatchObject({
    bins: 40,
    evaluationVotes: 5000,
    device: "webgpu",
    capacities: [0.3, 10],
    set: ["a=1", "b=2"],
    frozen: false,
    header: false,
  });
});

describe("a mistake is one line with place, finding and remedy", () => {
  test.each([
    [{ bins: ["1"] }, "--bins 1: 1 is too small. Give a number of at least 2."],
    [{ bins: ["1000"] }, "--bins 1000: 1000 is too great. Give a number of at most 100."],
    [{ bins: ["2.5"] }, "--bins 2.5: expected a whole number, found 2.5. Give a whole number."],
    [{ bins: ["0x10"] }, '--bins 0x10: expected a number, found "0x10". Give a number.'],
    [{ bins: [""] }, '--bins : expected a number, found "". Give a number.'],
    [{ deviation: ["0"] }, "--deviation 0: 0 is too small. Give a number of more than 0."],
    [
      { deviation: ["Infinity"] },
      '--deviation Infinity: expected a number, found "Infinity". Give a number.',
    ],
    [
      { device: ["cpus"] },
      '--device cpus: "cpus" is not known (did you mean cpu?). Give one of cpu, webgpu.',
    ],
    [{ capacities: ["1,,2"] }, '--capacities 1,,2: expected a number, found "". Give a number.'],
    [{ capacities: ["1,-2"] }, "--capacities 1,-2: -2 is too small. Give a number of more than 0."],
    [{ header: ["maybe"] }, '--header maybe: "maybe" is not known. Give one of yes, no.'],
    [{ codes: undefined }, "--codes: is missing. Give --codes <array>: the codes."],
  ] as const)("%j", (raw, message) => {
    expect(() => read(raw)).toThrow(expect.objectContaining({ name: "UserError", message }));
  });
});

test("the words of a command line give the same values back", () => {
  const raw = {
    bins: ["40"],
    capacities: ["0.3,10"],
    set: ["a=1", "b=2"],
    frozen: false,
    force: true,
    header: ["no"],
  };
  const values = read(raw);
  expect(wordsOf(settings, values)).toEqual(
    "--bins 40 --codes C.npy --capacities 0.3,10 --set a=1 --set b=2 --no-frozen --force --header no".split(
      " ",
    ),
  );
  expect(wordsOf(settings, read({}))).toEqual(["--codes", "C.npy"]);
});

test("a value that is read by a function of its own", () => {
  const rule = parsed((given) => given.split("<") as [string, string], { about: "a rule such as a<b" });
  expect(readSettings({ rule }, { rule: ["a<b"] })).toEqual({ rule: ["a", "b"] });
  expect(readSettings({ rule }, {})).toEqual({});
});
