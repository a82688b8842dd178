import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { loadConfiguration } from "../../../src/configuration/load.js";
import { datasetSchema, datasetSources, recognizeDataset } from "../../../src/data/sources/index.js";
import { folderWith, load, refusal } from "../files.js";

describe("D20: static binary MNIST", () => {
  const bits = (row: number) => Uint8Array.from({ length: 784 }, (_, k) => Number((k * (row + 3)) % 7 < 2));
  const text = (start: number, count: number) =>
    Array.from({ length: count }, (_, k) => `${bits(start + k).join(" ")}\n`).join("");
  const files = {
    "binarized_mnist_train.amat": text(0, 3),
    "binarized_mnist_valid.amat": text(3, 2),
    "binarized_mnist_test.amat.gz": gzipSync(text(5, 1)),
  };

  test("three files, one after the other, with their split", () => {
    const folder = folderWith(files);
    expect(load({ "binary-mnist": { folder } })).toMatchObject({
      count: 6,
      imageShape: [28, 28, 1],
      images: Uint8Array.from(Array.from({ length: 6 }, (_, row) => [...bits(row)]).flat()),
      scale: 1,
      labels: undefined,
      split: { train: [0, 3], validation: [3, 5], test: [5, 6] },
    });
    expect(recognizeDataset(folder)).toEqual({ "binary-mnist": { folder } });
  });

  test("a missing and a cut file", () => {
    const { "binarized_mnist_valid.amat": _, ...others } = files;
    const missing = folderWith(others);
    expect(refusal(() => load({ "binary-mnist": { folder: missing } }), missing)).toBe(
      'binarized_mnist_valid.amat: no such file, packed (.gz) or not. Get it with "narrows datasets get binary-mnist --to FOLDER", or put it there yourself.',
    );
    const cut = folderWith({ ...files, "binarized_mnist_train.amat": text(0, 2).slice(0, -9) });
    expect(refusal(() => load({ "binary-mnist": { folder: cut } }), cut)).toMatch(
      /^binarized_mnist_train\.amat, line 2: it has 780 values, where an image has 784\./,
    );
  });
});

describe("D20: CIFAR-10", () => {
  /** A class, then the planes of red, green and blue: 1, 2 and 3 times the class. */
  const batch = (...classes: number[]) =>
    Uint8Array.from(
      classes.flatMap((c) => [c, ...[1, 2, 3].flatMap((times) => new Array(1024).fill(times * c))]),
    );
  const files = Object.fromEntries(
    [1, 2, 3, 4, 5].map((number) => [`data_batch_${number}.bin`, batch(number, 9)] as const),
  );
  const whole = { ...files, "test_batch.bin": batch(7, 8, 0) };

  test("batches in order, channels last, with nine tenths of them to train on", () => {
    const folder = folderWith(whole);
    const dataset = load({ cifar10: { folder } });
    expect(dataset).toMatchObject({
      count: 13,
      imageShape: [32, 32, 3],
      scale: 1 / 255,
      labels: Int32Array.of(1, 9, 2, 9, 3, 9, 4, 9, 5, 9, 7, 8, 0),
      labelNames: ["class"],
      split: { train: [0, 9], validation: [9, 10], test: [10, 13] },
    });
    expect([...dataset.images.subarray(2 * 3072, 2 * 3072 + 6)]).toEqual([2, 4, 6, 2, 4, 6]);
  });

  test("also in the folder that the archive makes", () => {
    const nested = Object.entries(whole).map(
      ([name, bytes]) => [`cifar-10-batches-bin/${name}`, bytes] as const,
    );
    const folder = folderWith(Object.fromEntries(nested));
    expect(load({ cifar10: { folder } }).count).toBe(13);
    expect(recognizeDataset(folder)).toEqual({ cifar10: { folder } });
  });

  test("a missing, a cut and another file", () => {
    const missing = folderWith(files);
    expect(refusal(() => load({ cifar10: { folder: missing } }), missing)).toMatch(
      /^test_batch\.bin: no such file, .*"narrows datasets get cifar10 --to FOLDER"/,
    );
    const cut = folderWith({ ...whole, "data_batch_3.bin": batch(1).subarray(0, 3000) });
    expect(refusal(() => load({ cifar10: { folder: cut } }), cut)).toMatch(
      /^data_batch_3\.bin: its 3000 bytes are no whole number of records of 3073 bytes/,
    );
    const other = folderWith({ ...whole, "data_batch_2.bin": batch(4, 11) });
    expect(refusal(() => load({ cifar10: { folder: other } }), other)).toMatch(
      /^data_batch_2\.bin, record 2: a class of 11, where there are 10/,
    );
  });
});

test("no row that trains is in the validation or test rows of any published split", () => {
  const inside = (row: number, [start, end]: readonly [number, number]) => row >= start && row < end;
  const cases = [
    load({ cifar10: { folder: folderWith(cifarOf(20)) } }),
    load({ cifar10: { folder: folderWith(cifarOf(1)) } }),
  ];
  for (const { count, split } of cases) {
    for (let row = 0; row < count; row++) {
      const held = inside(row, split!.validation) || inside(row, split!.test);
      expect(held && inside(row, split!.train)).toBe(false);
    }
    expect(split!.test[1]).toBe(count);
  }
});

/** Batches of so many black images. */
function cifarOf(perBatch: number): Record<string, Uint8Array> {
  const names = [...[1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`), "test_batch.bin"];
  return Object.fromEntries(names.map((name) => [name, new Uint8Array(3073 * perBatch)]));
}

describe("what a path looks like", () => {
  test("codes by their array or their first number, everything else a file", () => {
    const folder = folderWith({
      "codes.csv": "-0.25,3,1\n",
      "images.csv": "0,1,1,0\n",
      "header.csv": "a,b\n",
    });
    const at = (name: string) => join(folder, name);
    expect(recognizeDataset(at("codes.csv"))).toEqual({ codes: { file: at("codes.csv") } });
    for (const name of ["images.csv", "header.csv", "x.npy", "pictures"]) {
      expect(recognizeDataset(at(name))).toEqual({ file: at(name) });
    }
    expect(recognizeDataset("chardata.mat")).toEqual({ omniglot: { path: "chardata.mat" } });
  });

  test("every source has its defaults: an empty choice is a whole one", () => {
    for (const { name } of datasetSources) {
      if (name === "file" || name === "codes") continue;
      expect(datasetSchema.safeParse({ [name]: {} }).error).toBeUndefined();
    }
  });
});

test("a folder of data is found beside the configuration that names it", () => {
  const folder = folderWith({
    "my.yaml": "data: {cifar10: {folder: batches}}\n",
    "batches/test_batch.bin": "",
  });
  const { configuration } = loadConfiguration(join(folder, "my.yaml"));
  expect(configuration.data).toEqual({ cifar10: { folder: join(folder, "batches") } });
  const absent = folderWith({ "my.yaml": "data: {omniglot: {path: nowhere.mat}}\n" });
  expect(loadConfiguration(join(absent, "my.yaml")).configuration.data.omniglot?.path).toBe("nowhere.mat");
});
