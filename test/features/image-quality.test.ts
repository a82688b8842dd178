import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { readArray } from "../../src/data/arrays/index.js";
import { encodeNpy } from "../../src/data/arrays/npy.js";
import { UserError } from "../../src/errors.js";
import { imageQuality, onnxFeatures, pairOfArrays } from "../../src/features/index.js";
import { Scope } from "../../src/nn/scope.js";
import type { NumericData } from "../../src/numeric-array.js";
import { compileProgram } from "../../src/onnx/compile.js";
import { multiply } from "../../src/tensor/operations/elementwise.js";
import { reshape } from "../../src/tensor/operations/layout.js";
import { folderWith } from "../data/files.js";

const SHAPE = [12, 3, 3];

/** Grey images of bytes, reproducible, the second set lighter than the first. */
const greys = (shift: number) => Uint8Array.from({ length: 108 }, (_, k) => ((k * 7919) % 200) + shift);

/** The same images in the forms that people have them in. */
function forms(bytes: Uint8Array): Record<string, NumericData> {
  return {
    uint8: bytes,
    int32: Int32Array.from(bytes),
    float255: Float32Array.from(bytes),
    float01: Float32Array.from(bytes, (value) => value / 255),
    minus1to1: Float32Array.from(bytes, (value) => value / 127.5 - 1),
    half255: Float32Array.from(bytes, (value) => value + 0.5),
  };
}

let folder: string;

beforeEach(() => {
  const doubling = (batch: number) => ({
    doubled: reshape(multiply(new Scope().batch("pixels", [batch, 3, 3, 1]), 2), [batch, 9]),
  });
  const arrays = [greys(0), greys(40)].flatMap((bytes, set) =>
    Object.entries(forms(bytes)).map(
      ([name, data]) => [`${"xy"[set]}-${name}.npy`, encodeNpy({ shape: SHAPE, data })] as const,
    ),
  );
  folder = folderWith({
    "features.onnx": compileProgram(doubling(1), { openBatch: doubling(2) }).bytes,
    ...Object.fromEntries(arrays),
  });
});

/** The Fréchet distance of two files, or the line that refuses them. */
async function quality(x: string, y: string, onnx = true): Promise<number | string> {
  const [made, real] = [join(folder, `x-${x}.npy`), join(folder, `y-${y}.npy`)];
  try {
    const pair = pairOfArrays(readArray(made), readArray(real), [made, real]);
    const features = onnx ? await onnxFeatures(join(folder, "features.onnx"), { threads: 1 }) : undefined;
    const found = await imageQuality(pair, { features, blocks: 2, projections: 2, seed: 0 });
    await features?.release();
    return found.frechet.distance;
  } catch (error) {
    if (error instanceof UserError) return error.message.replaceAll(`${folder}/`, "");
    throw error;
  }
}

test("D19: whole numbers from 0 to 255 in any type are bytes, and as far apart as values from 0 to 1", async () => {
  const bytes = await quality("uint8", "uint8");
  // All pixels are 40 / 255 lighter, which the features double; nothing else changes.
  expect(bytes).toBeCloseTo(9 * (80 / 255) ** 2, 5);
  for (const form of ["int32", "float255", "float01"])
    expect(await quality(form, form)).toBeCloseTo(bytes as number, 5);
  expect(await quality("float255", "uint8")).toBe(bytes);
});

test.each([
  [
    "minus1to1",
    "minus1to1",
    /^x-minus1to1\.npy, image 1: a pixel of -1, .*\. Bring -1 to 1 into 0 to 1, as float32: \(x \+ 1\) \/ 2\.$/,
  ],
  ["float01", "minus1to1", /^y-minus1to1\.npy, image 1: .*\(x \+ 1\) \/ 2\.$/],
  ["half255", "uint8", /^x-half255\.npy, image 1: .*Divide all by 255, as float32\.$/],
  [
    "uint8",
    "float01",
    /^x-uint8\.npy, y-float01\.npy: x-uint8\.npy holds whole numbers up to 255, the other numbers from 0 to 1\. .*divide x-uint8\.npy by 255/,
  ],
  ["float01", "int32", /: y-int32\.npy holds whole numbers up to 255/],
])("D19: %s against %s is refused, with features and without", async (x, y, line) => {
  expect(await quality(x, y)).toMatch(line);
  expect(await quality(x, y, false)).toMatch(line);
});
