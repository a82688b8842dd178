import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readAmat } from "../../src/data/amat.js";
import { folderWith, refusal } from "./files.js";

const read = (text: string | Uint8Array) => readAmat(join(folderWith({ a: text }), "a"), 4);

function message(text: string | Uint8Array): string {
  const folder = folderWith({ a: text });
  return refusal(() => readAmat(join(folder, "a"), 4), folder);
}

test("D20: zeros and ones, an image a line, whatever the blanks", () => {
  const expected = { shape: [2, 4], data: Uint8Array.of(0, 1, 1, 0, 1, 1, 0, 0) };
  expect(read("0 1 1 0\n1 1 0 0\n")).toEqual(expected);
  expect(read(" 0  1\t1 0 \r\n1 1 0 0")).toEqual(expected);
  expect(read(gzipSync("0 1 1 0\n\n1 1 0 0\n"))).toEqual(expected);
});

test("a bad line is named", () => {
  expect(message("0 1 1 0\n1 1 2 0\n")).toBe(
    'a, line 2: "2" is neither 0 nor 1. Give the file as it was published: values 0 and 1 separated by spaces, one image per line.',
  );
  expect(message("0 1 1 0.5\n")).toMatch(/^a, line 1: "0\.5" is neither 0 nor 1\./);
  expect(message("0 1 1 0\n\n1 1\n")).toBe(
    "a, line 3: it has 2 values, where an image has 4. The file is truncated or damaged: copy or download it again.",
  );
  expect(message("0 1 1 0 1\n")).toMatch(/^a, line 1: it has 5 values/);
  expect(message("0 1 1 0 1 1 0 0\n")).toMatch(/^a, line 1: it has 8 values/);
  expect(message("0 1 1 0\n1 1")).toMatch(/^a, line 2: it has 2 values/);
  expect(message("\n")).toMatch(/^a: it holds no images\./);
  expect(message(gzipSync("0 1 1 0\n").subarray(0, 14))).toMatch(/^a: it cannot be unpacked/);
});
