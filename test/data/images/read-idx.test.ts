import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { recognizeDataset } from "../../../src/data/sources/index.js";
import { folderWith, idx, load, refusal } from "../files.js";

const letters = idx([3, 2, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]);
const classes = idx([3], [7, 0, 26]);
const images = "emnist-letters-train-images-idx3-ubyte";
const labels = "emnist-letters-train-labels-idx1-ubyte";

describe("D30: idx files of any name", () => {
  test("images, with the labels of the file beside them, packed or not", () => {
    const expected = {
      count: 3,
      imageShape: [2, 2, 1],
      images: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255),
      scale: 1 / 255,
      labels: Int32Array.of(7, 0, 26),
      labelNames: ["label"],
    };
    const folder = folderWith({ [images]: letters, [`${labels}.gz`]: gzipSync(classes) });
    expect(load({ file: join(folder, images) })).toMatchObject(expected);
    const packed = folderWith({ [`${images}.gz`]: gzipSync(letters), [labels]: classes });
    const named = load({ file: join(packed, `${images}.gz`), labelNames: ["letter"], labels: 1 });
    expect(named).toMatchObject({ ...expected, labelNames: ["letter"] });
    expect(named.warnings ?? []).toEqual([]);
    const without = load({ file: join(folder, images), labels: 0 });
    expect(without).toMatchObject({ ...expected, labels: undefined, labelNames: [] });
    expect(without.warnings ?? []).toEqual([]);
  });

  test("a file is known by its first bytes: it may have any name, and other files with dots are still unknown", () => {
    const folder = folderWith({
      "kanji.v2": letters,
      "kanji.idx.GZ": gzipSync(letters),
      "notes.md": "# Notes",
    });
    expect(load({ file: join(folder, "kanji.v2") })).toMatchObject({ count: 3, labels: undefined });
    expect(load({ file: join(folder, "kanji.idx.GZ") }).count).toBe(3);
    expect(refusal(() => load({ file: join(folder, "notes.md") }), folder)).toMatch(
      /^notes\.md: no known format of images\. Give a folder of images, an idx file, or /,
    );
    expect(refusal(() => load({ file: join(folder, "gone-idx3-ubyte.gz") }), folder)).toMatch(
      /^gone-idx3-ubyte\.gz: no such file or folder\. /,
    );
  });

  test("a set beside MNIST is not taken for it", () => {
    const folder = folderWith({
      [images]: letters,
      [labels]: classes,
      "train-images-idx3-ubyte": idx([12, 2, 2], new Uint8Array(48)),
      "train-labels-idx1-ubyte": idx([12], new Uint8Array(12)),
    });
    expect(recognizeDataset(join(folder, images))).toEqual({ file: join(folder, images) });
    const mnist = { folder, part: "train" };
    expect(recognizeDataset(join(folder, "train-images-idx3-ubyte"))).toEqual({ mnist });
  });

  test("labels that are not there are said; those that do not fit, or were asked for, are refused", () => {
    const alone = folderWith({ [images]: letters });
    const path = join(alone, images);
    expect(load({ file: path }).warnings).toEqual([
      `${path}: the images have no labels: there is no ${labels} beside it`,
    ]);
    expect(refusal(() => load({ file: path, labels: 1 }), alone)).toBe(
      `${images}: the option labels is 1, and there is no file ${labels} beside it. Remove the option labels, or put the labels there.`,
    );
    const short = folderWith({ [images]: letters, [labels]: idx([2], [1, 2]) });
    expect(refusal(() => load({ file: join(short, images) }), short)).toBe(
      `${labels}: it has 2 labels, and ${images} has 3 images. Copy or download the two again: they do not belong together.`,
    );
    expect(refusal(() => load({ file: join(short, labels) }), short)).toBe(
      `${labels}: it has 1 axes, where images have 3. Check that the files of images and labels are not exchanged.`,
    );
    expect(refusal(() => load({ file: path, width: 4 }), alone)).toBe(
      `${images}: the option width has no meaning for an idx file. Remove it; options with a meaning: labels, labelNames.`,
    );
  });
});
