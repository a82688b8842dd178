import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { binarizeStatic } from "../../../src/data/binarize.js";
import { recognizeDataset } from "../../../src/data/sources/index.js";
import { withProcessorTime } from "../../support/processor-time.js";
import { folderWith, idx, load, meanOf, refusal, sharedData } from "../files.js";

const pixels = (count: number, offset: number) =>
  Uint8Array.from({ length: 4 * count }, (_, k) => (k + offset) % 256);
const labels = (count: number) => Uint8Array.from({ length: count }, (_, k) => k % 10);

/** 12 images of train and 10 of t10k, 2 x 2 pixels. */
const files = {
  "train-images-idx3-ubyte": idx([12, 2, 2], pixels(12, 0)),
  "train-labels-idx1-ubyte": idx([12], labels(12)),
  "t10k-images-idx3-ubyte.gz": gzipSync(idx([10, 2, 2], pixels(10, 100))),
  "t10k-labels-idx1-ubyte.gz": gzipSync(idx([10], labels(10))),
};
const { "t10k-images-idx3-ubyte.gz": testImages, "t10k-labels-idx1-ubyte.gz": testLabels } = files;
const testFiles = { "t10k-images-idx3-ubyte.gz": testImages, "t10k-labels-idx1-ubyte.gz": testLabels };

describe("D20: MNIST and its kin", () => {
  test("train and behind it t10k, with the split: five sixths, a sixth, t10k", () => {
    const folder = folderWith(files);
    for (const [name, label] of [
      ["mnist", "digit"],
      ["fashion-mnist", "article"],
    ] as const) {
      expect(load({ [name]: { folder } })).toMatchObject({
        name,
        count: 22,
        imageShape: [2, 2, 1],
        images: Uint8Array.of(...pixels(12, 0), ...pixels(10, 100)),
        scale: 1 / 255,
        labels: Int32Array.of(...labels(12), ...labels(10)),
        labelNames: [label],
        split: { train: [0, 10], validation: [10, 12], test: [12, 22] },
      });
    }
  });

  test("rows: fewer leave some unused, more take from the validation, all validate on t10k", () => {
    const folder = folderWith(files);
    const split = (options: object) => load({ "fashion-mnist": { folder, ...options } }).split;
    expect(split({ rows: 3 })).toEqual({ train: [0, 3], validation: [10, 12], test: [12, 22] });
    expect(split({ rows: 11 })).toEqual({ train: [0, 11], validation: [11, 12], test: [12, 22] });
    expect(split({ rows: 12 })).toEqual({ train: [0, 12], validation: [12, 22], test: [12, 22] });
    expect(split({ part: "train" })).toEqual({ train: [0, 10], validation: [10, 12], test: [10, 12] });
    expect(split({ part: "test" })).toEqual({ train: [0, 8], validation: [8, 10], test: [8, 10] });
    expect(split({ part: "test", rows: 4 })).toEqual({ train: [0, 4], validation: [8, 10], test: [8, 10] });
    expect(refusal(() => split({ rows: 13 }))).toBe(
      "data.fashion-mnist.rows: 13 rows for training are more than there are, if some are to be held out. Give at most 12.",
    );
    expect(refusal(() => split({ rows: 10, part: "test" }))).toMatch(/Give at most 9\.$/);
  });

  test("binarize: static draws each part with its own stream", () => {
    const folder = folderWith(files);
    const grey = load({ mnist: { folder, part: "test" } });
    const drawn = load({ mnist: { folder, part: "test", binarize: "static", seed: 7 } });
    expect(drawn.images).toEqual(binarizeStatic(grey, 7, "t10k").images);
    const all = load({ mnist: { folder, binarize: "static", seed: 7 } });
    expect(all.images.subarray(48)).toEqual(drawn.images);
    expect(all).toMatchObject({ scale: 1, labels: load({ mnist: { folder } }).labels });
  });

  test("the training files missing: t10k alone is taken only where that is said", () => {
    const folder = folderWith(testFiles);
    expect(refusal(() => load({ mnist: { folder } }), folder)).toBe(
      'train-images-idx3-ubyte: no such file, packed (.gz) or not. Get it with "narrows datasets get mnist --to FOLDER", or put it there yourself; or say part: test to use the images of t10k alone.',
    );
    expect(load({ mnist: { folder, part: "test" } }).count).toBe(10);
    expect(recognizeDataset(folder)).toEqual({ mnist: { folder, part: "test" } });
    const one = join(folder, "t10k-images-idx3-ubyte.gz");
    expect(recognizeDataset(one)).toEqual({ mnist: { folder, part: "test" } });
  });

  test("nothing there at all", () => {
    expect(refusal(() => load({ "fashion-mnist": { folder: "data/fashion-mnist" } }))).toBe(
      'data/fashion-mnist/train-images-idx3-ubyte: no such file, packed (.gz) or not. Get it with "narrows datasets get fashion-mnist", or put it there yourself.',
    );
  });

  test("files that do not belong together", () => {
    const counts = folderWith({ ...files, "train-labels-idx1-ubyte": idx([11], labels(11)) });
    expect(refusal(() => load({ mnist: { folder: counts } }), counts)).toBe(
      "train-labels-idx1-ubyte: it has 11 labels, and train-images-idx3-ubyte has 12 images. Copy or download the two again: they do not belong together.",
    );
    const shapes = folderWith({ ...files, "t10k-images-idx3-ubyte.gz": idx([10, 4, 1], pixels(10, 0)) });
    expect(refusal(() => load({ mnist: { folder: shapes } }), shapes)).toMatch(
      /^FOLDER: some images are 2 x 2 x 1, others 4 x 1 x 1\./,
    );
  });
});

const shared = sharedData("mnist-t10k");

describe.skipIf(!shared)("the 10,000 test images of MNIST", () => {
  test("are read in a moment", async () => {
    const { result: dataset, milliseconds } = await withProcessorTime(() =>
      load({ mnist: { folder: shared, part: "test" } }),
    );
    console.info(`10,000 MNIST images read in ${milliseconds.toFixed(0)} ms`);
    expect(milliseconds).toBeLessThan(2000); // 40 when measured alone
    expect(dataset).toMatchObject({ count: 10_000, imageShape: [28, 28, 1], scale: 1 / 255 });
    // The published mean of the test images' pixels.
    expect(meanOf(dataset.images) / 255).toBeCloseTo(0.1325, 4);
    expect([...dataset.labels!.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    expect(dataset.split).toEqual({ train: [0, 8000], validation: [8000, 10_000], test: [8000, 10_000] });
  });

  test("keep their mean when drawn binary", () => {
    const drawn = load({ mnist: { folder: shared, part: "test", binarize: "static" } });
    const mean = meanOf(drawn.images);
    expect(mean).toBeCloseTo(0.1325, 3);
    expect(drawn.images.every((byte) => byte <= 1)).toBe(true);
  });
});
