import { join } from "node:path";
import { expect, test } from "vitest";
import { writeArray } from "../../src/data/arrays/index.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("scales");
const SAMPLES = 60;
const COLUMNS = 3;
const stream = new PhiloxStream(3, "points at any scale");
const code = Float64Array.from({ length: SAMPLES * COLUMNS }, () => stream.normal());
const other = code.map((value, k) => value * value + 0.3 * code[(k * 7 + 1) % code.length]!);
const classes = Float64Array.from({ length: SAMPLES }, (_, row) => row % 3);
writeArray(join(folder, "y.npy"), { shape: [SAMPLES], data: classes });

const PAIR = ["--codes", "a.npy", "--reference", "b.npy", "--labels", "y.npy"];
const MEASURES: readonly (readonly string[])[] = [
  ["distortion-matrix", ...PAIR],
  ["distortion-indices", ...PAIR, "--resamples", "5"],
  ["information-imbalance", "--codes", "a.npy", "--codes", "b.npy"],
  ["intrinsic-dimension", "--codes", "a.npy"],
  ["mds", "--codes", "a.npy", "--starts", "1"],
  ["pca", "--codes", "a.npy"],
  ["feature-weights", "--codes", "a.npy", "--reference", "b.npy", "--steps", "5"],
  ["tuning", "--codes", "a.npy", "--labels", "y.npy"],
  ["total-correlation", "--codes", "a.npy"],
  ["mig", "--codes", "a.npy", "--labels", "y.npy"],
  ["factor-vae", "--codes", "a.npy", "--labels", "y.npy", "--active-deviation", "0", "--votes", "200"],
  ["quality", "--codes", "a.npy", "--reference", "b.npy", "--blocks", "5"],
];
/** A measure goes with a power of the scale, up to the cube of a squared one (the kernel distance, which tends to the first power of it). */
const POWERS = [0, 1, 2, -1, 4, 6];

/** What a measure says of points at a scale: its numbers, or its refusal. */
async function at(scale: number, args: readonly string[]): Promise<{ numbers: number[]; refusal: string }> {
  for (const [name, values] of Object.entries({ a: code, b: other })) {
    const data = values.map((value) => value * scale);
    writeArray(join(folder, `${name}.npy`), { shape: [SAMPLES, COLUMNS], data });
  }
  const { status, stdout, stderr } = await narrows("measure", ...args, "--json");
  expect([0, 2], stderr).toContain(status);
  if (status === 0) expect(stdout).not.toMatch(/NaN|Infinity/);
  const numbers: number[] = [];
  if (status === 0)
    JSON.parse(stdout, (_, value) => (typeof value === "number" ? numbers.push(value) : value));
  return { numbers, refusal: stderr.trim() };
}

test.each(MEASURES)(
  "measure %s: at any scale right, or refused with the factor to rescale by",
  async (...args) => {
    const plain = await at(1, args);
    expect(plain.refusal).toBe("");
    for (const scale of [1e-90, 1e-30, 1e30, 1e90]) {
      const { numbers, refusal } = await at(scale, args);
      if (refusal !== "") {
        // The kernel distance alone has a cube, and a scale of its own.
        expect(refusal).toMatch(
          /cubes leave float64\. Rescale the points: multiply all by 1e-90, of both sets\.$/,
        );
        continue;
      }
      expect(numbers).toHaveLength(plain.numbers.length);
      for (const [k, value] of numbers.entries()) {
        const expected = plain.numbers[k]!;
        const isRight = POWERS.some((power) => {
          const scaled = expected * scale ** power;
          return Math.abs(value - scaled) <= 1e-6 * Math.abs(scaled) + 1e-9 * scale ** power;
        });
        const isKernel = args[0] === "quality" && value !== 0;
        expect(isRight || isKernel, `${value} for ${expected} at ${scale}`).toBe(true);
      }
    }
    for (const scale of [1e-300, 1e-160]) {
      const { refusal } = await at(scale, args);
      expect(refusal).toMatch(
        /^narrows: a\.npy: all points lie within \S+ of each other, and squares of such/,
      );
      expect(refusal).toMatch(
        new RegExp(`Rescale the points: multiply all by 1e${Math.min(300, -Math.log10(scale))}\\.$`),
      );
    }
    for (const scale of [1e160, 1e300]) {
      expect((await at(scale, args)).refusal).toMatch(
        new RegExp(`^narrows: a\\.npy, row 0, column 0 .*multiply all by 1e-${Math.log10(scale)}, or look`),
      );
    }
  },
);
