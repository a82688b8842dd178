import { describe, expect, test } from "vitest";
import { selectRows } from "../../src/data/split.js";
import { informationImbalance, toPoints, twoNnFit } from "../../src/geometry/index.js";
import { nearestNeighbours } from "../../src/geometry/neighbours/index.js";
import { measureLayers, profileArrows } from "../../src/layer-geometry/layers.js";
import { measureSpaces } from "../../src/layer-geometry/spaces.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { recordLayers } from "../../src/training/record-layers.js";
import { tinyTraining } from "../training/tiny.js";

describe("the layers of a model", () => {
  test("are measured as their numbers would be by themselves", async () => {
    const { experiment, device, trainer } = await tinyTraining();
    const { model, layout, dataset } = experiment;
    const table = selectRows(
      dataset,
      Uint32Array.from({ length: 120 }, (_, row) => row),
    );
    const trained = { model, layout, parameters: trainer.state.parameters, seed: 0 };
    const { spaces, arrows, imbalances } = await measureLayers({ trained, table, device });
    const names = spaces.map(({ name }) => name);
    expect(names).toEqual(["input", "encoder.0", "mean", "code", "decoder.0", "output"]);
    const recorded = await recordLayers(trained, device, table, names);
    const points = names.map((name) => toPoints(recorded[name]!, name));
    spaces.forEach(({ dimension, duplicates, features }, place) => {
      expect(duplicates).toBe(0);
      expect(features).toBe(points[place]!.dimension);
      const alone = twoNnFit(nearestNeighbours(points[place]!, 2));
      expect(dimension!.fit.dimension).toBe(alone.dimension);
    });
    for (const [at, { from, to }] of arrows.entries()) {
      if (from === to) expect(imbalances[at]!.imbalance).toBeCloseTo(2 / table.count, 12);
      else {
        const { aToB } = informationImbalance(points[from]!, points[to]!);
        expect(imbalances[at]!.rankSum).toBe(aToB.rankSum);
      }
    }
  });

  test("arrows lead to both ends from everywhere, and along the way without the mean", () => {
    const result = profileArrows(["input", "encoder.0", "mean", "code", "output"]).map(
      ({ from, to }) => `${from}${to}`,
    );
    expect(result).toEqual([
      "00",
      "10",
      "20",
      "30",
      "40",
      "04",
      "14",
      "24",
      "34",
      "44",
      "01",
      "13",
      "31",
      "43",
    ]);
  });
});

describe("spaces", () => {
  const stream = new PhiloxStream(0, "spaces");
  const normal = (count: number, dimension: number) => {
    const coordinates = new Float64Array(count * dimension);
    for (let i = 0; i < coordinates.length; i++) coordinates[i] = stream.normal();
    return { name: "normal", count, dimension, coordinates };
  };

  test("one where all samples coincide has no dimension, and tells nothing and is told nothing", async () => {
    const rows = normal(50, 3);
    const still = { ...rows, coordinates: new Float64Array(150).fill(0.25) };
    const { spaces, imbalances } = await measureSpaces(
      [
        { name: "normal", rows: async () => rows },
        { name: "still", rows: async () => still },
      ],
      [
        { from: 0, to: 1 },
        { from: 1, to: 0 },
      ],
      { device: await nodeDevice("cpu", 1) },
    );
    expect(spaces[1]).toMatchObject({ duplicates: 49, dimension: null });
    expect(spaces[0]!.dimension!.fit.dimension).toBeGreaterThan(1);
    expect(imbalances).toEqual([null, null]);
  });

  test("repeated samples are left out of the dimension, and counted", async () => {
    const rows = normal(60, 3);
    const twice = { ...rows, count: 62, coordinates: new Float64Array(62 * 3) };
    twice.coordinates.set(rows.coordinates);
    twice.coordinates.set(rows.coordinates.subarray(0, 6), 180);
    const device = await nodeDevice("cpu", 1);
    const measured = (given: typeof rows) =>
      measureSpaces([{ name: "one", rows: async () => given }], [], { device });
    const [plain, repeated] = [await measured(rows), await measured(twice)];
    expect(repeated.spaces[0]!.duplicates).toBe(2);
    expect(repeated.spaces[0]!.dimension!.fit.dimension).toBe(plain.spaces[0]!.dimension!.fit.dimension);
  });
});
