import { expect, test } from "vitest";
import { generateCorridors } from "../../src/data/corridors.js";
import type { ImageTable } from "../../src/data/dataset.js";
import { asDataset } from "../../src/data/fingerprint.js";
import { summarize } from "../../src/data/inspect.js";
import { previewImages } from "../../src/data/preview.js";

const tiny: ImageTable = {
  count: 2,
  imageShape: [2, 3, 1],
  images: Uint8Array.of(0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0),
  scale: 1,
  labels: Int32Array.of(4, -1, 3, 7),
  labelNames: ["a", "b"],
};

test("a summary counts values and labels", () => {
  expect(summarize(asDataset("tiny", tiny))).toMatchObject({
    name: "tiny",
    count: 2,
    columns: 8,
    values: [
      { value: 0, pixels: 6 },
      { value: 1, pixels: 6 },
    ],
    labels: [
      { name: "a", min: 3, max: 4, distinct: 2 },
      { name: "b", min: -1, max: 7, distinct: 2 },
    ],
    cells: [
      { labels: [3, 7], images: 1 },
      { labels: [4, -1], images: 1 },
    ],
  });
});

test("the cells of Corridors add up to the images; a thousand kinds are too many to list", () => {
  const corridors = summarize(asDataset("c", generateCorridors({ samples: 3000 })));
  expect(corridors.cells).toHaveLength(169);
  expect(corridors.cells!.reduce((sum, cell) => sum + cell.images, 0)).toBe(3000);
  const real = {
    ...tiny,
    count: 1001,
    images: new Uint8Array(1001 * 6),
    labels: Float64Array.from({ length: 2002 }, (_, i) => Math.sqrt(i)),
  };
  expect(summarize(asDataset("real", real)).cells).toBeUndefined();
  expect(summarize(asDataset("none", { ...tiny, labels: undefined, labelNames: [] }))).toMatchObject({
    labels: [],
    cells: undefined,
  });
});

test("a preview draws black as dark, two letters a pixel, and thins what is too wide", () => {
  expect(previewImages(tiny, 5, 80)).toEqual(["  @@@@   @@@@@@", "    @@"]);
  expect(previewImages(tiny, 1, 80)).toEqual(["  @@@@", "    @@"]);
  expect(previewImages(tiny, 5, 4)).toEqual(["  @@"]);
});

test("float32 numbers have a range instead of counts, and a split is told", () => {
  const images = Float32Array.of(0, 0.5, 1, 0.25, 0.25, 0, 0, 0, 0, 0, 0, 0.5);
  const split = { train: [0, 1], validation: [1, 2], test: [1, 2] } as const;
  const summary = summarize({ ...asDataset("grey", { ...tiny, images }), split });
  expect(summary).toMatchObject({ values: [], range: { min: 0, max: 1, mean: 2.5 / 12 }, split });
  expect(summarize(asDataset("tiny", tiny))).toMatchObject({ range: undefined, split: undefined });
});
