import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { encodeNpz } from "../../../../src/data/arrays/index.js";
import { generateCorridors } from "../../../../src/data/corridors.js";
import { reproduction } from "../../../../src/papers/geometry-of-efficient-codes/index.js";
import { publishedAtlas } from "../../../../src/papers/geometry-of-efficient-codes/measures/atlas.js";
import {
  publishedCodeOf,
  publishedCodesDigest,
  readPublishedCodes,
} from "../../../../src/papers/geometry-of-efficient-codes/measures/published-codes.js";
import { MODEL_NAMES } from "../../../../src/papers/geometry-of-efficient-codes/recipe.js";
import { published } from "../../../geometry/published.js";

const COUNT = 30;
const table = generateCorridors({ samples: COUNT, seed: 5 });
const column = (k: number) => ({
  shape: [COUNT],
  data: Int32Array.from({ length: COUNT }, (_, row) => table.labels![2 * row + k]!),
});
const numbers = (columns: number) => ({
  shape: [COUNT, columns],
  data: Float32Array.from({ length: COUNT * columns }, (_, k) => Math.sin(k)),
});
const ARRAYS = {
  ...{ xU: column(0), xL: column(1), X: { shape: [COUNT, 13, 13], data: table.images as Uint8Array } },
  ...{ base_low_Z: numbers(5), base_high_Z: numbers(5), base_high_emb: numbers(2), task0_low_Z: numbers(5) },
};

const folder = mkdtempSync(join(tmpdir(), "narrows-published-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (arrays: object, name = "latents.npz") => {
  const file = join(folder, name);
  writeFileSync(file, encodeNpz(arrays as typeof ARRAYS));
  return file;
};

test("a file, or the folder that it is in, gives images, positions and the codes that it holds", () => {
  const file = write(ARRAYS);
  const found = readPublishedCodes(file);
  expect(found.stimuli.images.images).toEqual(table.images);
  expect(found.stimuli.positions[7]).toEqual([table.labels![14], table.labels![15]]);
  expect(found.codes.map(({ model, capacityNats, map }) => [model, capacityNats, map?.shape])).toEqual([
    ["Baseline", 0.3, undefined],
    ["Baseline", 10, [COUNT, 2]],
    ["E2M4", 0.3, undefined],
  ]);
  expect(Array.from(found.codes[2]!.points.coordinates)).toEqual(Array.from(ARRAYS.task0_low_Z.data));
  expect(publishedCodeOf(found, { model: "E2M4", capacityNats: 10 })).toBeUndefined();
  expect(publishedCodeOf(undefined, { model: "E2M4", capacityNats: 0.3 })).toBeUndefined();
  expect(readPublishedCodes(folder)).toEqual(found);
});

describe("what cannot be is refused in one line that names the array", () => {
  const { X } = ARRAYS;
  const inverted = { shape: X.shape, data: X.data.map((value) => 1 - value) };
  const wrong = (data: Float32Array, value: number) =>
    Float32Array.from(data, (x, k) => (k === 12 ? value : x));
  it.each([
    ["no positions", { ...ARRAYS, xL: undefined }, /holds no array named "xL"/],
    [
      "a position beyond the image",
      { ...ARRAYS, xL: { shape: [COUNT], data: column(1).data.fill(13, 3, 4) } },
      /npz:xL: entry 3 is 13\. Give columns from 0 to 12/,
    ],
    [
      "other images",
      { ...ARRAYS, X: inverted },
      /npz:X: image 0 has 1 in row \d+, column \d+ .* 1 \(black\)/,
    ],
    [
      "fewer codes",
      { ...ARRAYS, base_low_Z: { shape: [COUNT - 1, 5], data: numbers(5).data.subarray(5) } },
      /npz:base_low_Z: it has shape \[29, 5\] and \[30, 5\] is needed/,
    ],
    [
      "a code that is not finite",
      { ...ARRAYS, task0_low_Z: { shape: [COUNT, 5], data: wrong(numbers(5).data, Number.NaN) } },
      /npz:task0_low_Z, row 2, column 2 .*NaN/,
    ],
    [
      "a map that is not finite",
      {
        ...ARRAYS,
        base_high_emb: { shape: [COUNT, 2], data: wrong(numbers(2).data, Number.POSITIVE_INFINITY) },
      },
      /npz:base_high_emb, row 6, column 0 .*Infinity/,
    ],
    [
      "no code",
      { xU: ARRAYS.xU, xL: ARRAYS.xL, X },
      /it holds the code of no model\. Name the codes base_low_Z/,
    ],
    [
      "a model unknown",
      { ...ARRAYS, task9_low_Z: numbers(5) },
      /"task9_low_Z" is no code of a model of the paper/,
    ],
  ])("%s", (_, arrays, message) => {
    const given = Object.fromEntries(Object.entries(arrays).filter(([, array]) => array !== undefined));
    const file = write(given, "damaged.npz");
    expect(() => readPublishedCodes(file)).toThrow(message);
    // Before anything is trained.
    expect(() => reproduction.prepare({ preset: "quick", publishedCodes: file }, folder)).toThrow(message);
  });

  it("a file that is not there", () => {
    expect(() => readPublishedCodes(join(folder, "none.npz"))).toThrow(/none\.npz: no such file/);
  });
});

test("other codes have another digest", () => {
  const before = publishedCodesDigest(write(ARRAYS));
  expect(publishedCodesDigest(folder)).toBe(before);
  expect(publishedCodesDigest(write({ ...ARRAYS, task0_high_Z: numbers(5) }))).not.toBe(before);
});

describe.skipIf(published.missing)(`the authors' own file: ${published.title}`, () => {
  it("holds all eight models at both capacities, for 1,522 images of all pairs of positions", () => {
    const found = readPublishedCodes(published.path("."));
    expect(found.codes.map(({ model, capacityNats }) => `${model} ${capacityNats}`)).toEqual(
      MODEL_NAMES.flatMap((model) => [`${model} 0.3`, `${model} 10`]),
    );
    for (const { points, map } of found.codes) {
      expect([points.count, points.dimension, map?.shape]).toEqual([1522, 5, [1522, 2]]);
    }
    expect(new Set(found.stimuli.positions.map(String)).size).toBe(169);
    expect(found.pictured).toHaveLength(23);
    const atlas = publishedAtlas(found);
    expect(atlas.stimuli).toBe(found.stimuli);
    expect(atlas.codes.map(({ seed }) => seed)).toEqual(Array(16).fill(0));
  });
});
