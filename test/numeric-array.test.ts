import { expect, test } from "vitest";
import { decodeNpy, encodeCsv, encodeNpy, encodeNpz, imageTable } from "../src/data/index.js";
import { mutualInformationOfCounts, toFactors } from "../src/disentanglement/index.js";
import { toRows } from "../src/distances/index.js";
import { UserError } from "../src/errors.js";
import { pairOfArrays } from "../src/features/image-quality.js";
import { requireImages } from "../src/figures/parts/picture.js";
import { toLabels, toPoints } from "../src/geometry/index.js";
import {
  mutualInformationFromPosterior,
  toDiscreteSource,
  toPointSource,
  toProbabilities,
  totalCorrelationOfCovariance,
} from "../src/information/index.js";
import type { NumericArray } from "../src/numeric-array.js";
import { slicedWasserstein } from "../src/quality/index.js";

const half = { shape: [2], data: Float64Array.of(0.5, 0.5) };
const points = toPoints({ shape: [2, 2], data: Float64Array.of(0, 1, 2, 3) });

/** Every function of the library that takes an array from outside, each with one that it accepts. */
const DOORS: readonly (readonly [string, NumericArray, (array: NumericArray) => unknown])[] = [
  ["toPoints", table(2, 2), toPoints],
  ["toLabels", table(2, 2), toLabels],
  ["toRows", table(2, 2), (array) => toRows(array, "rows")],
  ["toFactors", table(2, 2), toFactors],
  ["toProbabilities", half, toProbabilities],
  ["toDiscreteSource, source", half, (array) => toDiscreteSource(array, table(2, 2))],
  ["toDiscreteSource, distortion", table(2, 2), (array) => toDiscreteSource(half, array)],
  ["toPointSource", table(2, 2), (array) => toPointSource(array, half)],
  ["means", table(2, 2), (array) => mutualInformationFromPosterior(array, table(2, 2), table(2, 2))],
  ["codes", table(2, 2), (array) => mutualInformationFromPosterior(table(2, 2), table(2, 2), array)],
  ["covariance", { shape: [2, 2], data: Float64Array.of(2, 1, 1, 2) }, totalCorrelationOfCovariance],
  ["counts", table(2, 2), mutualInformationOfCounts],
  ["directions", table(2, 2, 1), (projections) => slicedWasserstein(points, points, { projections })],
  ["encodeNpy", table(2, 2), (array) => encodeNpy(array)],
  ["encodeNpz", table(2, 2), (array) => encodeNpz({ array })],
  ["encodeCsv", table(2, 2), (array) => encodeCsv(array, "array.csv")],
  ["imageTable", { shape: [1, 2, 2], data: Uint8Array.of(0, 9, 99, 255) }, imageTable],
  ["pairOfArrays", table(2, 2), (array) => pairOfArrays(array, table(2, 2), ["made", "real"])],
  ["figures", image(), (array) => requireImages(array, "images")],
];

function table(rows: number, columns: number, first = 0): NumericArray {
  const data = Float64Array.from({ length: rows * columns }, (_, k) => first + k);
  return { shape: [rows, columns], data };
}

function image(): NumericArray {
  return { shape: [1, 2, 2], data: Float64Array.of(0, 0.5, 0.5, 1) };
}

test.each(DOORS)("%s: data and shape must fit each other", (_, array, take) => {
  expect(() => take(array)).not.toThrow();
  const refused = (wrong: object, message: RegExp) => {
    expect(() => take({ ...array, ...wrong })).toThrow(UserError);
    expect(() => take({ ...array, ...wrong })).toThrow(message);
  };
  const { shape, data } = array;
  refused(
    { data: data.subarray(1) },
    new RegExp(`its shape .* numbers, but its data holds ${data.length - 1}`),
  );
  refused({ data: Float64Array.of(...data, 1) }, new RegExp(`but its data holds ${data.length + 1}`));
  refused({ shape: [...shape, 2] }, new RegExp(`of ${2 * data.length} numbers, but its data holds`));
  refused({ shape: [...shape, 0.5, 2] }, /its shape is \[.*0.5, 2\], where whole numbers/);
  refused({ shape: [-1, ...shape, -1] }, /where whole numbers of at least 0/);
  refused({ shape: data.length }, /its shape is \[\d\], where whole numbers/);
  refused({ data: [...data] }, /its data is a plain array, not one of Float32Array, /);
  refused({ data: Array.from(data, String) }, /its data is a plain array/);
  refused({ data: BigInt64Array.from(data, () => 1n) }, /its data is of type BigInt64Array/);
  refused({ data: new Uint8ClampedArray(data.length) }, /its data is of type Uint8ClampedArray/);
  refused({ data: new DataView(new ArrayBuffer(data.length)) }, /its data is of type DataView/);
  refused({ data: undefined }, /its data is of type undefined/);
});

test("an array without numbers is one, and can be written", () => {
  const bytes = encodeNpy({ shape: [0, 3], data: new Float32Array() });
  expect(() => decodeNpy(bytes, "z.npy")).toThrow(/is empty/);
});
