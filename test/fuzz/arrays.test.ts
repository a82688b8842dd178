/** Files of arrays from strangers: a value, or one line. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { readAmat } from "../../src/data/amat.js";
import { decodeNpy, decodeNpz, encodeNpy, encodeNpz } from "../../src/data/arrays/index.js";
import { openNpz } from "../../src/data/arrays/npz.js";
import { readNpzRows } from "../../src/data/arrays/npz-rows.js";
import { readIdx } from "../../src/data/idx.js";
import { readMatlab } from "../../src/data/matlab/read.js";
import { decodeSafetensors, encodeSafetensors } from "../../src/files/safetensors-format.js";
import { bytesSource } from "../../src/files/source.js";
import { openZip } from "../../src/files/zip.js";
import type { NumericArray } from "../../src/numeric-array.js";
import { folderWith, idx } from "../data/files.js";
import { matlabFile } from "../data/matlab/write.js";
import { fuzz } from "../support/fuzz.js";

const bytes = { shape: [3, 4], data: Uint8Array.from({ length: 12 }, (_, k) => k) };
const floats = { shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) };

test(".npy", () => {
  const refused = fuzz(
    [encodeNpy(bytes), encodeNpy(floats)],
    (file) => decodeNpy(file, "a.npy"),
    3000,
    "npy",
  );
  expect(refused).toBeGreaterThan(1000);
});

test(".npz, and some of its rows", () => {
  const stored = zipSync({ "a.npy": encodeNpy(bytes), "b.npy": encodeNpy(floats) }, { level: 0 });
  const files = [encodeNpz({ a: bytes, b: floats }), stored, new Uint8Array([80, 75, ...stored])];
  const rows = Uint32Array.of(2, 0);
  const readAll = (file: Uint8Array) => {
    const archive = openNpz(bytesSource(file, "a.npz"));
    readNpzRows(archive, "a", rows);
    decodeNpz(file, "b", "a.npz");
  };
  expect(fuzz(files, readAll, 1800, "npz")).toBeGreaterThan(600);
});

test("zip archives", () => {
  const content = Uint8Array.from({ length: 400 }, (_, k) => k % 7);
  const files = [zipSync({ a: content, "b/": new Uint8Array(0), "b/c": content })];
  const readAll = (file: Uint8Array) => {
    const archive = openZip(bytesSource(file, "a.zip"));
    for (const entry of archive.entries) expect(archive.read(entry)).toHaveLength(entry.size);
  };
  expect(fuzz(files, readAll, 1800, "zip")).toBeGreaterThan(600);
});

test("MATLAB's files", () => {
  const arrays = [
    { name: "a", shape: [2, 3], values: [1, 2, 3, 4, 5, 6] },
    { name: "b", shape: [1, 3], values: [1, 2, 3], type: 2 },
  ];
  const files = [true, false].flatMap((compressed) =>
    [true, false].map((littleEndian) => matlabFile(arrays, { compressed, littleEndian })),
  );
  expect(fuzz(files, (file) => readMatlab(file, ["a", "b"], "a.mat"), 1800, "mat")).toBeGreaterThan(600);
});

test("safetensors", () => {
  const [head, ...rest] = encodeSafetensors(
    new Map<string, NumericArray>([
      ["a", bytes],
      ["b", floats],
    ]),
    { note: "x" },
  );
  const file = new Uint8Array(Buffer.concat([head!, ...rest]));
  expect(fuzz([file], (damaged) => decodeSafetensors(damaged, "a"), 3000, "safetensors")).toBeGreaterThan(
    1000,
  );
});

test("idx and .amat, packed and not", () => {
  const folder = folderWith({});
  let files = 0;
  // A file that is written over again waits for the disk.
  const inFile = (read: (path: string) => void) => (file: Uint8Array) => {
    const path = join(folder, String(files++));
    writeFileSync(path, file);
    read(path);
  };
  const images = idx([3, 2, 2], bytes.data);
  const lines = new TextEncoder().encode("0 1 1 0\n1 1 0 0\n");
  const readImages = inFile((path) => readIdx(path, 3));
  expect(fuzz([images, gzipSync(images)], readImages, 400, "idx")).toBeGreaterThan(150);
  const readLines = inFile((path) => readAmat(path, 4));
  expect(fuzz([lines, gzipSync(lines)], readLines, 400, "amat")).toBeGreaterThan(150);
});
