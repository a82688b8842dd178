import { describe, expect, test } from "vitest";
import { selectRows } from "../../src/data/split.js";
import { informationImbalance, toPoints, twoNnFit } from "../../src/geometry/index.js";
import { nearestNeighbours } from "../../src/geometry/neighbours/index.js";
import { layerSpaces, measureLayers, profileArrows } from "../../src/layer-geometry/layers.js";
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

  test("images that are equally far in bytes are equally far in the input, though not in float32 values (J4)", async () => {
    const { experiment, device, trainer } = await tinyTraining();
    const { model, layout } = experiment;
    const trained = { model, layout, parameters: trainer.state.parameters, seed: 0 };
    const [count, pixels] = [12, 169];
    const images = new Uint8Array(count * pixels);
    // 4^2 + 3^2 = 5^2: the black image of row 0 is as far from row 1 as from row 2; the others are far away.
    images.set([4, 3], pixels);
    images.set([5, 0], 2 * pixels);
    for (let row = 3; row < count; row++) images.fill(100 + row * row, row * pixels, (row + 1) * pixels);
    const table = { ...experiment.dataset, count, images, scale: 1 / 255 };
    const [input] = layerSpaces({ trained, table, device }, ["input"]);
    const { coordinates, ...shape } = await input!.rows();
    const found = nearestNeighbours({ ...shape, coordinates: Float64Array.from(coordinates) }, 2);
    expect([...found.indices.subarray(0, 2)]).toEqual([1, 2]);
    expect([...found.distances.subarray(0, 2)]).toEqual([5, 5]);

    const { input: values } = await recordLayers(trained, device, table, ["input"]);
    const inValues = nearestNeighbours(toPoints(values!, "values"), 2);
    expect([...inValues.indices.subarray(0, 2)]).toEqual([2, 1]);

    // The neighbour's rank is that of its row, and that there was another as near is counted.
    const spaces = layerSpaces({ trained, table, device }, ["input", "code"]);
    const arrows = [
      { from: 0, to: 0 },
      { from: 0, to: 1 },
    ];
    const { imbalances } = await measureSpaces(spaces, arrows, { device, queries: Int32Array.of(0, 3, 4) });
    expect(imbalances[0]!.rankSum).toBe(3);
    expect(imbalances.map((imbalance) => imbalance!.ties)).toEqual([1, 1]);
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
