import { expect, test } from "vitest";
import { classify, parseLabelRule } from "../../../src/data/label-rules/index.js";
import { CLASSES, TASKS } from "../../../src/papers/geometry-of-efficient-codes/classes.js";

const cells = Array.from({ length: 169 }, (_, cell) => [Math.floor(cell / 13), cell % 13] as const);
const labels = Int32Array.from(cells.flat());
const classesOf = (rule: string) => classify(parseLabelRule(rule, ["xU", "xL"], "tasks"), labels, 2);

test.each([
  ["E1M1", 91, ([, xL]: readonly [number, number]) => xL <= 6],
  ["E1M2", 13, ([xU, xL]: readonly [number, number]) => xU === xL],
  ["E2M1", 91, ([xU, xL]: readonly [number, number]) => xU <= xL],
  ["E2M2", 127, ([xU, xL]: readonly [number, number]) => xU < 6 || xL >= 6],
  ["E2M3", 13, ([xU, xL]: readonly [number, number]) => xU === xL],
] as const)("%s: class 1 has %i of 169 cells", (model, count, holds) => {
  const { classes, classOf } = classesOf(CLASSES[model].rule);
  expect(classes).toEqual([0, 1]);
  expect([...classOf]).toEqual(cells.map((cell) => Number(holds(cell))));
  expect(classOf.filter((k) => k === 1).length).toBe(count);
});

test.each(["E2M4", "E2M5"] as const)("%s: 25 classes of a pair of groups", (model) => {
  const { classes, classOf } = classesOf(CLASSES[model].rule);
  expect(classes).toEqual(Array.from({ length: 25 }, (_, k) => k));
  const group = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4];
  expect([...classOf]).toEqual(cells.map(([xU, xL]) => 5 * group[xU]! + group[xL]!));
});

test("the four tasks are those of E2M1 to E2M4", () => {
  expect(TASKS).toEqual({
    E2M1: CLASSES.E2M1.rule,
    E2M2: CLASSES.E2M2.rule,
    E2M3: CLASSES.E2M3.rule,
    E2M4: CLASSES.E2M4.rule,
  });
});
