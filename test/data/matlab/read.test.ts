import { expect, test } from "vitest";
import { readMatlab } from "../../../src/data/matlab/read.js";
import { UserError } from "../../../src/errors.js";
import { refusal } from "../files.js";
import { matlabFile, type WrittenArray } from "./write.js";

const arrays: readonly WrittenArray[] = [
  { name: "data", shape: [2, 3], values: [0, 0.25, 0.5, 0.75, 1, 1.5] },
  { name: "bytes", shape: [1, 3], values: [1, 2, 255], type: 2 },
  { name: "a_rather_long_name", shape: [5, 1], values: [1, 2, 3, 4, 65_535], type: 4 },
  { name: "cells", shape: [1, 1], values: [7], kind: 1 },
  { name: "single", shape: [1, 2], values: [0.1, -3], type: 7, kind: 7 },
];
const NAMES = ["data", "bytes", "a_rather_long_name", "single", "absent"];
const read = (bytes: Uint8Array) => readMatlab(bytes, NAMES, "a.mat");

test.each([
  [false, true],
  [true, true],
  [false, false],
  [true, false],
])("arrays come back as they are stored, compressed %s, little-endian %s", (compressed, littleEndian) => {
  const found = read(matlabFile(arrays, { compressed, littleEndian }));
  expect([...found.keys()].sort()).toEqual(["a_rather_long_name", "bytes", "data", "single"]);
  expect(found.get("data")).toEqual({ shape: [2, 3], data: Float64Array.of(0, 0.25, 0.5, 0.75, 1, 1.5) });
  expect(found.get("bytes")).toEqual({ shape: [1, 3], data: Uint8Array.of(1, 2, 255) });
  expect(found.get("a_rather_long_name")!.data).toEqual(Uint16Array.of(1, 2, 3, 4, 65_535));
  expect(found.get("single")!.data).toEqual(Float32Array.of(0.1, -3));
});

test("what is no full array of real numbers is refused where it is wanted, and passed over where not", () => {
  const cell = matlabFile([{ name: "data", shape: [1, 1], values: [7], kind: 1 }]);
  expect(refusal(() => read(cell))).toMatch(/^a\.mat, array data: it is not a full array of real numbers/);
  const complex = matlabFile([{ name: "data", shape: [1, 1], values: [7], flags: 0x0800 }]);
  expect(refusal(() => read(complex))).toMatch(/not a full array of real numbers/);
  const short = matlabFile([{ name: "data", shape: [2, 2], values: [1, 2, 3] }]);
  expect(refusal(() => read(short))).toMatch(/^a\.mat, array data: 3 numbers for a shape of \[2, 2\]/);
  expect(readMatlab(cell, ["other"], "a.mat").size).toBe(0);
});

test("other files are told apart", () => {
  expect(refusal(() => read(new Uint8Array(0)))).toMatch(/^a\.mat: this is not a MATLAB 5 file/);
  expect(refusal(() => read(new Uint8Array(500)))).toMatch(/this is not a MATLAB 5 file/);
  expect(refusal(() => read(matlabFile(arrays, { version: 0x0200 })))).toMatch(
    /version 7\.3, which is HDF5 inside\. Save it with -v7\.$/,
  );
});

test.each([false, true])("every cut is refused or leaves whole arrays, compressed %s", (compressed) => {
  const bytes = matlabFile(arrays, { compressed });
  const whole = read(bytes);
  let refused = 0;
  for (let length = 0; length < bytes.length; length++) {
    try {
      for (const [name, array] of read(bytes.subarray(0, length))) expect(array).toEqual(whole.get(name));
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      refused += 1;
    }
  }
  // Only a cut between two arrays can go unseen.
  expect(refused).toBeGreaterThanOrEqual(bytes.length - arrays.length);
});

test("a flipped bit in a compressed array is refused", () => {
  const bytes = matlabFile(arrays.slice(0, 1), { compressed: true });
  bytes[bytes.length - 3] ^= 4;
  expect(refusal(() => read(bytes))).toMatch(/^a\.mat: it cannot be unpacked \(.+\)\. It is truncated/);
});
