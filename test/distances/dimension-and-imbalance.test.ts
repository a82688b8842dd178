import { expect, test } from "vitest";
import { DIMENSION_METHODS, informationImbalance, intrinsicDimension } from "../../src/distances/index.js";
import * as geometry from "../../src/geometry/index.js";
import { pickedPoints } from "../../src/geometry/neighbours/duplicates.js";
import { nearestNeighbours } from "../../src/geometry/neighbours/index.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { normalPoints, sheet } from "./rows.js";

const device = await nodeDevice("cpu", 1);
const points = normalPoints(90, 3);
const queries = Int32Array.from([0, 3, 8, 20, 41, 89]);

test("information imbalance is that of plain arrays, both ways and of some queries (J1 to J4)", async () => {
  const other = sheet(90, 5, 3, 0.1);
  for (const options of [{}, { k: 4 }, { queries }]) {
    const phases = new Set<string>();
    const onPhase = (name: string) => phases.add(name);
    const found = await informationImbalance(points, other, { ...options, device, onPhase });
    expect(found).toEqual(geometry.informationImbalance(points, other, options));
    expect([...phases]).toEqual(expect.arrayContaining(["neighbours in A", "ranks in B", "ranks in A"]));
  }
  await expect(informationImbalance(points, normalPoints(80, 3), { device })).rejects.toThrow(/80/);
  const still = { name: "still", count: 90, dimension: 2, coordinates: new Float32Array(180).fill(0.1) };
  for (const [a, b] of [[points, still] as const, [still, points] as const]) {
    await expect(informationImbalance(a, b, { device })).rejects.toThrow(/still: all points are equal/);
  }
});

test("the dimension is that of the estimators on exact neighbours, of subsets too (N5, N12)", async () => {
  const settings = { discard: 0.1, neighbours: 2 };
  const plans = [{ size: 45, subsets: 2 }];
  const { estimates, decimation } = await intrinsicDimension(points, DIMENSION_METHODS.twonn, settings, {
    device,
    queries,
    subsets: { plans, seed: 4 },
  });
  expect(estimates).toEqual([geometry.twoNnFit(nearestNeighbours(points, 2, { queries }), settings)]);
  const dimensions = geometry.randomSubsets(90, plans[0]!, 4).map((rows) => {
    const within = nearestNeighbours(pickedPoints(points, rows), 2);
    return geometry.twoNnFit(within, settings).dimension;
  });
  expect(decimation).toMatchObject([{ ...plans[0], dimensions }]);
});
