import { expect, test } from "vitest";
import { frequenciesInWords, weightsOf } from "../../site/lab/controls/frequencies.js";
import { isNamedTask, NAMED_TASKS } from "../../site/lab/controls/tasks.js";
import { classesByRule } from "../../site/lab/measures/classes.js";
import { experimentSchema, FIRST_EXPERIMENT, PAPER_TASKS } from "../../src/lab/experiment.js";

const CELLS = 169;
const STIMULI = {
  count: CELLS,
  xU: Uint8Array.from({ length: CELLS }, (_, k) => Math.floor(k / 13)),
  xL: Uint8Array.from({ length: CELLS }, (_, k) => k % 13),
  images: new Uint8Array(),
};

test("every task of the paper has its question", () => {
  expect(NAMED_TASKS.map(({ name }) => name)).toEqual(PAPER_TASKS);
});

test("classes of the paper's tasks are as large as the paper says", () => {
  const share = (task: string) => classesByRule(task, STIMULI).of.filter((value) => value === 1).length;
  expect([share("E2M1"), share("E2M2"), share("E2M3")]).toEqual([91, 127, 13]);
  expect(classesByRule("E2M4", STIMULI).names).toHaveLength(25);
  expect(classesByRule("E2M1", STIMULI).names).toEqual(["no", "yes"]);
});

test("a rule has a class for each of its values, and what every object has is no task", () => {
  expect(classesByRule("3 * bin(xL, 4, 8)", STIMULI).names).toEqual(["0", "3", "6"]);
  expect(isNamedTask("toString")).toBe(false);
});

test("weights of every preset can be drawn, and favour what the bias favours", () => {
  for (const kind of ["uniform", "lower", "aligned"] as const) {
    const frequencies = { kind: "drawn", weights: weightsOf({ kind }) };
    expect(experimentSchema.safeParse({ ...FIRST_EXPERIMENT, frequencies }).success).toBe(true);
  }
  // Samples per favoured and per other stimulus: 2000 and 260, and 3000 and 300.
  const lower = weightsOf({ kind: "lower" });
  expect([lower[6], lower[7]]).toEqual([35, 5]);
  const aligned = weightsOf({ kind: "aligned" });
  expect([aligned[0], aligned[14], aligned[1]]).toEqual([35, 35, 4]);
});

test("frequencies in words", () => {
  expect(frequenciesInWords(Array(CELLS).fill(1))).toBe(
    "169 of 169 stimuli occur; the most frequent one is 0.59 % of the images",
  );
  expect(frequenciesInWords([3, 1, 0, 0])).toBe(
    "2 of 169 stimuli occur; the most frequent one is 75 % of the images",
  );
  expect(frequenciesInWords([0, 0])).toBe("no stimulus occurs");
});
