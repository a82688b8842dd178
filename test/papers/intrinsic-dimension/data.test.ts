import { join } from "node:path";
import { expect, test } from "vitest";
import { smallCifar10 } from "../../../src/papers/intrinsic-dimension/data.js";
import { folderWith, refusal } from "../../data/files.js";

test("CIFAR-10 in small: 8,000 training images and the first test images, where its binary batches are", () => {
  const folder = folderWith({ "cifar-10-batches-bin/data_batch_1.bin": new Uint8Array(1) });
  expect(smallCifar10(folder, 2000)).toMatchObject({
    source: { cifar10: { folder: join(folder, "cifar-10-batches-bin") } },
    split: { train: [0, 8000], test: [50_000, 52_000] },
    label: "class",
    reduction: "8000 training images alone",
  });
});

test("CIFAR-10 as image files comes sorted by class: an order is drawn", () => {
  const folder = folderWith({ "my-cifar10/train.zip": new Uint8Array(1) });
  expect(smallCifar10(folder, 2000)).toMatchObject({
    source: { file: join(folder, "my-cifar10", "train.zip") },
    split: { train: [0, 8000], test: [8000, 10_000], order: "shuffled" },
    label: "folder",
    reduction: "8000 training images alone, as image files; 2000 others of them are measured",
  });
});

test("other archives of the name train.zip are not CIFAR-10", () => {
  const folder = folderWith({ "faces/train.zip": new Uint8Array(1) });
  expect(refusal(() => smallCifar10(folder, 2000), folder)).toBe(
    '--folder FOLDER: it holds neither data_batch_1.bin (CIFAR-10) nor a train.zip in a folder with cifar in its name. Name the folder that holds one of them, or get it with "narrows datasets get cifar10".',
  );
});
