import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readIdx } from "../../src/data/idx.js";
import { folderWith, idx, refusal } from "./files.js";

const images = idx([2, 2, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]);

/** Writes one file and reads it. */
function read(content: Uint8Array, axes = 3) {
  return readIdx(join(folderWith({ a: content }), "a"), axes);
}

function message(content: Uint8Array, axes = 3): string {
  const folder = folderWith({ a: content });
  return refusal(() => readIdx(join(folder, "a"), axes), folder);
}

test("D20: an idx file is the same array, packed or not", () => {
  const expected = { shape: [2, 2, 3], data: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255) };
  expect(read(images)).toEqual(expected);
  expect(read(gzipSync(images))).toEqual(expected);
  expect(read(idx([3], [5, 0, 4]), 1)).toEqual({ shape: [3], data: Uint8Array.of(5, 0, 4) });
});

test("what is wrong with a file is told in one line", () => {
  const other = images.slice();
  other[0] = 1;
  expect(message(other)).toMatch(/^a: this is not an idx file: its first two bytes are not 0\. /);
  expect(message(new Uint8Array(0))).toMatch(/not an idx file/);
  const floats = images.slice();
  floats[2] = 0x0d;
  expect(message(floats)).toMatch(
    /^a: its elements are of idx type 0x0d, and only bytes \(0x08\) are read\./,
  );
  expect(message(images, 1)).toMatch(/^a: it has 3 axes, where labels have 1\. .*not exchanged\.$/);
  expect(message(idx([1], [1]))).toMatch(/^a: it has 1 axes, where images have 3\./);
  expect(message(idx([0, 2, 3], []))).toMatch(/^a: an array of shape \[0, 2, 3\] is empty\./);
});

test("every cut of a file, packed or not, is refused", () => {
  for (let length = 4; length < images.length; length++) {
    expect(message(images.slice(0, length))).toMatch(
      /^a: .*It is truncated or damaged: copy or download it again\.$/,
    );
  }
  const packed = gzipSync(images);
  for (let length = 2; length < packed.length; length++) {
    expect(message(packed.subarray(0, length))).toMatch(
      /^a: (it cannot be unpacked \(.+\)|the file ends within its header)\. It is truncated|not an idx file/,
    );
  }
  const flipped = Buffer.from(packed);
  flipped[flipped.length - 6] ^= 1;
  expect(message(flipped)).toMatch(/^a: it cannot be unpacked/);
});
