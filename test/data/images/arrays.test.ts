import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { encodeNpy, encodeNpz } from "../../../src/data/arrays/index.js";
import { fillBatch } from "../../../src/data/batches.js";
import { selectRows, sliceDataset } from "../../../src/data/split.js";
import type { NumericArray, NumericData } from "../../../src/numeric-array.js";
import { folderWith, load, refusal } from "../files.js";

const array = (shape: readonly number[], data: NumericData): NumericArray => ({ shape, data });
const counted = (length: number) => Uint8Array.from({ length }, (_, k) => k);

function loadNpy(images: NumericArray, options: object = {}) {
  return load({ file: join(folderWith({ "a.npy": encodeNpy(images) }), "a.npy"), ...options });
}

function loadNpz(arrays: Readonly<Record<string, NumericArray>>, options: object = {}) {
  return load({ file: join(folderWith({ "a.npz": encodeNpz(arrays) }), "a.npz"), ...options });
}

describe("D19: arrays of images", () => {
  test("[N, H, W], [N, H, W, C] and [N, D]", () => {
    const data = counted(24);
    expect(loadNpy(array([2, 3, 4], data))).toMatchObject({
      count: 2,
      imageShape: [3, 4, 1],
      images: data,
      scale: 1 / 255,
    });
    expect(loadNpy(array([2, 2, 2, 3], data))).toMatchObject({
      count: 2,
      imageShape: [2, 2, 3],
      images: data,
    });
    expect(loadNpy(array([6, 4], data))).toMatchObject({ count: 6, imageShape: [2, 2, 1] });
    expect(loadNpy(array([2, 12], data), { channels: 3 })).toMatchObject({ imageShape: [2, 2, 3] });
    expect(loadNpy(array([2, 12], data), { height: 3, width: 4 })).toMatchObject({ imageShape: [3, 4, 1] });
  });

  test("whole numbers of any type become bytes, fractions from 0 to 1 stay float32", () => {
    const shape = [2, 1, 2];
    expect(loadNpy(array(shape, Float64Array.of(0, 1, 1, 0)))).toMatchObject({
      images: Uint8Array.of(0, 1, 1, 0),
      scale: 1,
    });
    expect(loadNpy(array(shape, Int32Array.of(0, 1, 255, 0)))).toMatchObject({
      images: Uint8Array.of(0, 1, 255, 0),
      scale: 1 / 255,
    });
    expect(loadNpy(array(shape, Float64Array.of(0, 0.1, 1, 0)))).toMatchObject({
      images: Float32Array.of(0, 0.1, 1, 0),
      scale: 1,
    });
  });

  test("an archive's images and labels", () => {
    const images = array([3, 1, 2], counted(6));
    expect(loadNpz({ images, labels: array([3], Int32Array.of(2, 0, 1)) })).toMatchObject({
      images: counted(6),
      labels: Int32Array.of(2, 0, 1),
      labelNames: ["label"],
    });
    const two = {
      x: images,
      other: array([1], counted(1)),
      labels: array([3, 2], Float64Array.of(1, 2, 3, 4, 5, 6.5)),
    };
    expect(loadNpz(two, { array: "x", labelNames: ["a", "b"] })).toMatchObject({
      labels: Float64Array.of(1, 2, 3, 4, 5, 6.5),
      labelNames: ["a", "b"],
    });
    expect(loadNpz({ x: images })).toMatchObject({ count: 3, labels: undefined, labelNames: [] });
    expect(loadNpz({ images, labels: images }, { labels: 0 }).labels).toBeUndefined();
  });

  test("labels of another name; other arrays without labels are said not to be read", () => {
    const given = { x_train: array([3, 1, 2], counted(6)), y_train: array([3], Int32Array.of(2, 0, 1)) };
    expect(loadNpz(given, { array: "x_train", labelArray: "y_train" })).toMatchObject({
      labels: Int32Array.of(2, 0, 1),
    });
    expect(loadNpz(given, { array: "x_train" })).toMatchObject({
      labels: undefined,
      warnings: [expect.stringMatching(/the images have no labels: y_train not read; the option labelArray/)],
    });
    expect(loadNpz(given, { array: "x_train", labels: 0 }).warnings).toBeUndefined();
    expect(() => loadNpz(given, { array: "x_train", labelArray: "y" })).toThrow(/no array named "y"|y/);
    expect(() => loadNpy(array([3, 1, 2], counted(6)), { labelArray: "y" })).toThrow(
      /the option labelArray \("y"\) has no meaning for a file of one array/,
    );
  });

  test("float32 images fill batches, have a fingerprint, and can be sliced and selected", () => {
    const values = Float32Array.of(0, 0.25, 0.5, 0.75, 1, 0.125);
    const dataset = loadNpy(array([3, 1, 2], values));
    const out = new Float32Array(4);
    fillBatch(dataset, Uint32Array.of(2, 0), out);
    expect(out).toEqual(Float32Array.of(1, 0.125, 0, 0.25));
    expect(dataset.fingerprint).not.toBe(
      loadNpy(
        array(
          [3, 1, 2],
          values.map((v) => v / 2),
        ),
      ).fingerprint,
    );
    expect(sliceDataset(dataset, [1, 3]).images).toEqual(values.subarray(2));
    expect(selectRows(dataset, [2, 2]).images).toEqual(Float32Array.of(1, 0.125, 1, 0.125));
  });
});

describe("what is refused, in one line", () => {
  const images = array([3, 1, 2], counted(6));
  const message = (arrays: Readonly<Record<string, NumericArray>>, options: object = {}) =>
    refusal(() => loadNpz(arrays, options)).replace(/^.*a\.npz/, "a.npz");

  test("an array that is not there, or not told from others", () => {
    expect(message({ x: images, y: images })).toBe(
      'a.npz: it holds no array named "images". Name the array of the images with the option array (--array): x, y.',
    );
    expect(message({ x: images }, { array: "z" })).toMatch(/no array named "z"/);
    expect(refusal(() => loadNpy(images, { array: "x" }))).toMatch(/the option array \("x"\) has no meaning/);
  });

  test("numbers that are no pixels", () => {
    const of = (...values: number[]) => ({ images: array([3, 1, 2], Float64Array.from(values)) });
    expect(message(of(0, 0.5, 1, 1.5, 0, 0))).toMatch(
      /^a\.npz:images, image 2: a pixel of 1\.5, where pixels are/,
    );
    expect(message(of(0, 1, 2, 3, 256, 0))).toMatch(/^a\.npz:images, image 3: a pixel of 256,/);
    expect(message(of(0, 1, 0, 0, Number.NaN, 0))).toMatch(/image 3: a pixel of NaN/);
    expect(message(of(0, -1, 0, 0, 0, 0))).toMatch(/image 1: a pixel of -1/);
  });

  test("shapes", () => {
    expect(message({ images: array([1, 3, 8, 8], counted(192)) })).toMatch(
      /^a\.npz:images: an array of shape \[1, 3, 8, 8\] seems to have its channels first\. Put them last/,
    );
    expect(loadNpz({ images: array([1, 3, 8, 8], counted(192)) }, { channels: 8 }).imageShape).toEqual([
      3, 8, 8,
    ]);
    expect(message({ images: array([6], counted(6)) })).toMatch(/shape \[6\] is no array of images/);
    expect(message({ images }, { height: 2 })).toMatch(/holds no images of 2 x 2 x 1/);
    expect(message({ images: array([2, 3], counted(6)) })).toMatch(/3 columns are no square image/);
  });

  test("labels for other images", () => {
    expect(message({ images, labels: array([2], counted(2)) })).toBe(
      "a.npz:labels: it has shape [2], where [3, labels] is expected. Give as many rows of labels as there are images.",
    );
    expect(message({ images }, { labels: 1 })).toMatch(/there is no such array, and 1 labels are asked for/);
    const labels = array([3, 1], Float64Array.of(1, Number.NaN, 2));
    expect(message({ images, labels })).toMatch(/^a\.npz:labels, row 2: a label of NaN/);
    expect(message({ images, labels: array([3], counted(3)) }, { labelNames: ["a", "b"] })).toMatch(
      /2 label names for 1 labels/,
    );
  });
});
