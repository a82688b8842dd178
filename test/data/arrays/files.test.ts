import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseReference, readArray, writeArray } from "../../../src/data/arrays/index.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-arrays-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

test("tables are written with commas, so as .csv only", () => {
  const array = { shape: [1, 2], data: Float64Array.of(1, 2) };
  expect(() => writeArray(at("a.tsv"), array)).toThrow(
    /Give FILE\.npy, FILE\.npz:KEY or a table: FILE\.csv\.$/,
  );
});

describe("the name of an array", () => {
  test.each([
    ["a.npy", { path: "a.npy", format: "npy" }],
    ["C:\\data\\A.NPY", { path: "C:\\data\\A.NPY", format: "npy" }],
    ["x.npz/y.csv", { path: "x.npz/y.csv", format: "csv" }],
    ["R's table.TSV", { path: "R's table.TSV", format: "csv" }],
    ["numpy's.txt", { path: "numpy's.txt", format: "csv" }],
    ["b.npz", { path: "b.npz", format: "npz" }],
    ["b.npz:", { path: "b.npz", format: "npz" }],
    ["d.x/b.npz:mu/0:1", { path: "d.x/b.npz", format: "npz", key: "mu/0:1" }],
  ])("%s", (reference, expected) => expect(parseReference(reference)).toEqual(expected));

  test.each(["a.dat", "a", "", "a.npy:key", "dir.npy/"])("%j is refused", (reference) => {
    expect(() => parseReference(reference)).toThrow(
      /Give FILE\.npy, FILE\.npz:KEY or a table: FILE\.csv, FILE\.tsv, FILE\.txt/,
    );
  });
});

test("every kind of file comes back, and leaves no other file behind", () => {
  const array = { shape: [2, 2], data: Float64Array.of(1, 2.5, -3, 1e-300) };
  for (const name of ["a.npy", "a.npz:Z", "a.npz", "new/folder/a.csv"]) {
    writeArray(at(name), array);
    expect(readArray(at(name))).toEqual(array);
  }
  expect(readdirSync(folder).sort()).toEqual(["a.npy", "a.npz", "new"]);
});

test("what is not there, or is a folder, is named", () => {
  mkdirSync(at("folder.npy"));
  expect(() => readArray(at("none.npy"))).toThrow(/none\.npy: no such file or folder/);
  expect(() => readArray(at("folder.npy"))).toThrow(/folder\.npy: this is a folder, not a file/);
  writeFileSync(at("empty.npy"), "");
  expect(() => readArray(at("empty.npy"))).toThrow(/empty\.npy: this is not a \.npy file/);
});
