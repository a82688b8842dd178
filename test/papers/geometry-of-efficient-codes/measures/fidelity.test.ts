import { expect, it } from "vitest";
import type { Position } from "../../../../src/papers/geometry-of-efficient-codes/classes.js";
import {
  boundaryGroups,
  errorOf,
  frequencyGroups,
} from "../../../../src/papers/geometry-of-efficient-codes/measures/fidelity.js";

const positions = Array.from({ length: 169 }, (_, cell): Position => [Math.floor(cell / 13), cell % 13]);
const nearOf = (model: "E2M1" | "E2M2" | "E2M3" | "E2M4") => {
  const [near, far] = boundaryGroups(model);
  for (const position of positions) expect(near!.has(position, 0)).toBe(!far!.has(position, 0));
  return positions.filter((position) => near!.has(position, 0));
};

it("near a boundary are the stimuli that one column would put into another class", () => {
  // xU <= xL changes where xU = xL becomes xL + 1, at xL = 12 from the other side alone.
  expect(nearOf("E2M1")).toEqual(positions.filter(([xU, xL]) => xU === xL || xU === xL + 1));
  expect(nearOf("E2M3")).toEqual(positions.filter(([xU, xL]) => Math.abs(xU - xL) <= 1));
  // All of the class "neither" at its edges, and what touches them.
  expect(nearOf("E2M2")).toEqual(
    positions.filter(
      ([xU, xL]) =>
        (xU === 5 && xL < 6) || (xU === 6 && xL < 6) || (xL === 5 && xU >= 6) || (xL === 6 && xU >= 6),
    ),
  );
  const edges = [1, 2, 4, 5, 7, 8, 10, 11];
  expect(nearOf("E2M4")).toEqual(positions.filter(([xU, xL]) => edges.includes(xU) || edges.includes(xL)));
});

it("errors are means over a group; a group without stimuli has none", () => {
  const [frequent, rare] = frequencyGroups("E1M1", positions);
  const errors = {
    ...({ model: "E1M1", capacityNats: 1, seed: 0 } as const),
    squaredErrorPerPixel: positions.map(([, xL]) => (xL <= 6 ? 0.1 : 0.3)),
  };
  expect(errorOf(errors, frequent!, positions)).toBeCloseTo(0.1, 12);
  expect(errorOf(errors, rare!, positions)).toBeCloseTo(0.3, 12);
  expect(errorOf(errors, { name: "none", has: () => false }, positions)).toBeUndefined();
});
