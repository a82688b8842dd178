import { join } from "node:path";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { binarizeStatic } from "../../../src/data/binarize.js";
import { folderWith, greyPng, load, meanOf, png, refusal, sharedData } from "../files.js";
import { matlabFile, type WrittenArray } from "../matlab/write.js";

/** Images of 2 x 2: the file has columns [a, b, c, d], upright they are [[a, c], [b, d]]. */
function chardata(values: readonly number[], changes: Partial<Record<string, Partial<WrittenArray>>> = {}) {
  const arrays: WrittenArray[] = [
    { name: "data", shape: [4, 2], values: [...values, 0, 1, 1, 0] },
    { name: "target", shape: [3, 2], values: [0, 0, 1, 1, 0, 0], type: 2 },
    { name: "targetchar", shape: [1, 2], values: [7, 1] },
    { name: "testdata", shape: [4, 1], values: [1, 1, 0, 0] },
    { name: "testtarget", shape: [3, 1], values: [0, 1, 0] },
    { name: "testtargetchar", shape: [1, 1], values: [3] },
  ];
  return matlabFile(
    arrays.map((array) => ({ ...array, ...changes[array.name] })),
    { compressed: true },
  );
}

describe("D21: chardata.mat", () => {
  test("images upright, labels from 0, train before test", () => {
    const folder = folderWith({ "chardata.mat": chardata([0, 0.25, 0.5, 1]) });
    const expected = {
      count: 3,
      imageShape: [2, 2, 1],
      images: Float32Array.of(0, 0.5, 0.25, 1, 0, 1, 1, 0, 1, 0, 1, 0),
      scale: 1,
      labels: Int32Array.of(2, 6, 0, 0, 1, 2),
      labelNames: ["alphabet", "character"],
      split: { train: [0, 2], validation: [2, 3], test: [2, 3] },
    };
    expect(load({ omniglot: { path: folder, size: 2 } })).toMatchObject(expected);
    expect(load({ omniglot: { path: join(folder, "chardata.mat"), size: 2 } })).toMatchObject(expected);
  });

  test("binary values are bytes; static binarization draws the others", () => {
    const binary = folderWith({ "chardata.mat": chardata([0, 1, 1, 1]) });
    expect(load({ omniglot: { path: binary, size: 2 } }).images).toEqual(
      Uint8Array.of(0, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 0),
    );
    const grey = folderWith({ "chardata.mat": chardata([0, 0.25, 0.5, 1]) });
    const raw = load({ omniglot: { path: grey, size: 2 } });
    const drawn = load({ omniglot: { path: grey, size: 2, binarize: "static", seed: 4 } });
    expect(drawn.images.subarray(0, 8)).toEqual(binarizeStatic(raw, 4, "data").images.subarray(0, 8));
  });

  test("another size by area means", () => {
    const path = join(folderWith({ "a.mat": chardata([0, 0.25, 0.5, 1]) }), "a.mat");
    const small = load({ omniglot: { path, size: 1 } });
    expect(small).toMatchObject({ imageShape: [1, 1, 1], images: Float32Array.of(0.4375, 0.5, 0.5) });
  });

  test("what is wrong is told in one line", () => {
    const message = (changes: Parameters<typeof chardata>[1]) => {
      const folder = folderWith({ "chardata.mat": chardata([0, 0.25, 0.5, 1], changes) });
      return refusal(() => load({ omniglot: { path: folder, size: 2 } }), folder);
    };
    expect(message({ data: { name: "images" } })).toMatch(/^chardata\.mat: it holds no array data\. /);
    expect(message({ data: { values: [0, 0.5, 2, 0, 0, 0, 0, 0] } })).toMatch(
      /^chardata\.mat, array data, image 1: a pixel of 2, where pixels are/,
    );
    expect(message({ testdata: { shape: [1, 4] } })).toMatch(
      /^chardata\.mat, array testtarget: it has shape \[3, 1\], where \[50, 4\] is expected/,
    );
    expect(message({ testdata: { shape: [2, 2] } })).toMatch(
      /array testdata: it has shape \[2, 2\], where \[784, images\]/,
    );
    expect(message({ targetchar: { shape: [1, 1], values: [7] } })).toMatch(
      /array targetchar: it has shape \[1, 1\]/,
    );
    const none = folderWith({});
    expect(refusal(() => load({ omniglot: { path: join(none, "x") } }), none)).toBe(
      'x/chardata.mat: no such file, packed (.gz) or not. Get it with "narrows datasets get omniglot --to x", or put it there yourself.',
    );
  });
});

describe("D21: the drawings", () => {
  const drawing = (value: number) => greyPng(4, 4, value);

  test("by drawer, each once, strokes 1, with the split between drawer 16 and 17", () => {
    const folder = folderWith({
      "a.zip": zipSync({
        "set1/Latin/character02/0900_01.png": drawing(255),
        "set1/Latin/character02/0900_17.png": drawing(0),
        "set1/Greek/character01/0400_16.png": drawing(51),
      }),
      "b.zip": zipSync({
        "set2/Latin/character02/0900_17.png": drawing(0),
        "set2/Tagalog/character10/0960_01.png": drawing(102),
      }),
      "notes/readme.png": drawing(9),
    });
    expect(load({ omniglot: { path: folder, size: 2 } })).toMatchObject({
      count: 4,
      imageShape: [2, 2, 1],
      images: Uint8Array.from([0, 153, 204, 255].flatMap((value) => new Array(4).fill(value))),
      scale: 1 / 255,
      // Greek, Latin, Tagalog: 0, 1, 2.
      labels: Int32Array.of(1, 1, 2, 9, 0, 0, 1, 1),
      split: { train: [0, 3], validation: [3, 4], test: [3, 4] },
    });
    expect(
      load({ omniglot: { path: join(folder, "b.zip"), size: 1, binarize: "static" } }).images.length,
    ).toBe(2);
  });

  test("area means of what is not paper", () => {
    const rows = [[0b01110000], [0b11110000], [0b11110000], [0b11100000]];
    const file = png({ width: 4, height: 4, depth: 1, colorType: 0, rows });
    const path = folderWith({ "Greek/character01/0001_01.png": file });
    expect(load({ omniglot: { path, size: 2 } }).images).toEqual(Uint8Array.of(64, 0, 0, 64));
    expect(load({ omniglot: { path, size: 4 } }).images[0]).toBe(255);
  });

  test("no drawings, and sizes that differ", () => {
    const none = folderWith({ "a.png": drawing(1) });
    expect(refusal(() => load({ omniglot: { path: none } }), none)).toMatch(
      /^FOLDER: there are no Omniglot drawings/,
    );
    const two = folderWith({
      "Greek/character01/0001_01.png": drawing(1),
      "Greek/character01/0001_02.png": greyPng(5, 4, 1),
    });
    expect(refusal(() => load({ omniglot: { path: two } }), two)).toMatch(
      /^Greek\/character01\/0001_02\.png: it has 5 x 4 pixels \(height x width\), where the first image, .*0001_01\.png, has 4 x 4/,
    );
  });
});

const shared = sharedData("omniglot-small");

describe.skipIf(!shared)("the two small sets of Omniglot", () => {
  test("hold 4,840 different drawings of 8 alphabets by 20 people", () => {
    const started = performance.now();
    const dataset = load({ omniglot: { path: shared } });
    console.info(`4,840 Omniglot drawings read in ${((performance.now() - started) / 1000).toFixed(2)} s`);
    expect(dataset).toMatchObject({ count: 4840, imageShape: [28, 28, 1], scale: 1 / 255 });
    expect(dataset.split).toEqual({ train: [0, 3872], validation: [3872, 4840], test: [3872, 4840] });
    const alphabets = new Set(dataset.labels!.filter((_, k) => k % 2 === 0));
    expect([...alphabets].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    // Strokes are few and light: the paper is 0.
    const mean = meanOf(dataset.images) / 255;
    expect(mean).toBeGreaterThan(0.03);
    expect(mean).toBeLessThan(0.15);
    expect(dataset.images[0]).toBe(0);
  });

  test("are 2,720 images of one size when read as anyone's archive", () => {
    const path = join(shared!, "images_background_small1.zip");
    const dataset = load({ file: path });
    expect(dataset).toMatchObject({ count: 2720, imageShape: [105, 105, 1], labelNames: ["folder"] });
    expect(Math.max(...dataset.labels!)).toBe(135);
  });
});
