import { expect, test } from "vitest";
import { clipGradients } from "../../src/nn/adam.js";
import { openProgram, parameter } from "../tensor/evaluate.js";

/** Of gradients of lengths 2 and 1 the numbers after clipping. */
async function clipped(norm: number, first: number[], second: number[]) {
  const [a, b] = [parameter("a", [2]), parameter("b", [1])];
  const [nextA, nextB] = clipGradients([a, b], norm);
  const program = await openProgram({ nextA: nextA!, nextB: nextB! });
  const results = await program.run(
    new Map([
      [a, Float32Array.from(first)],
      [b, Float32Array.from(second)],
    ]),
  );
  await program.release();
  return [...results.nextA, ...results.nextB];
}

test("a gradient longer than the norm keeps its direction and gets that length; a shorter one stays (A9)", async () => {
  expect(await clipped(6.5, [3, 4], [12])).toEqual([1.5, 2, 6]);
  expect(await clipped(13, [3, 4], [12])).toEqual([3, 4, 12]);
  expect(await clipped(100, [3, 4], [12])).toEqual([3, 4, 12]);
  expect(await clipped(1, [0, 0], [0])).toEqual([0, 0, 0]);
});

test("a gradient too long for its square to be a number is dropped for that step (A9)", async () => {
  expect(await clipped(1, [1e30, 0], [2])).toEqual([0, 0, 0]);
});
