import type { Command } from "commander";
import type { DistortionIndex, DistortionIndices, Labels } from "../../../geometry/index.js";
import { printJson, printLine, warn } from "../../output.js";
import { labelText, numberText, plainLabels, tableLines } from "./format.js";

interface IndicesCommandOptions {
  readonly latents: string;
  readonly reference: string;
  readonly labels: string;
  readonly seed: string;
  readonly resamples: string;
  readonly json?: boolean;
}

/** Names the stream of resamples: part of the result, never to be renamed. */
const STREAM = "measure indices";

/** More classes are no table for people. */
const MOST_CLASSES_SHOWN = 40;

export function registerIndices(measure: Command): void {
  measure
    .command("indices")
    .description("Prototypization, specialization and orthogonalization of a code against a reference code.")
    .requiredOption("--latents <array>", "the code, one row a sample")
    .requiredOption("--reference <array>", "the code it is compared with, for the same samples")
    .requiredOption("--labels <array>", "a label a sample, or a row of numbers a sample (positions)")
    .option("--seed <n>", "of the bootstrap resamples", "0")
    .option("--resamples <n>", "bootstrap resamples of the samples", "200")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
All are 0 for an undistorted code, however it is rotated, moved or scaled (rules G10 to G14 of
docs/definitions/geometry.md). Above 0:
  prototypization    distances within classes shrank against those between classes
  specialization     the class got more room than the other classes
  orthogonalization  classes vary less along what tells them apart
Natural logarithms of ratios: 0.69 is a factor of 2. Intervals: 95 %, percentile bootstrap over samples.

Examples:
  narrows measure indices --latents Z.npy --reference Z0.npy --labels y.npy
  narrows measure indices --latents all.npz:low --reference all.npz:high --labels y.csv --seed 1 --json`,
    )
    .action(measureIndices);
}

async function measureIndices(options: IndicesCommandOptions): Promise<void> {
  const [{ distortionIndices }, { readLabels, readPoints, wholeNumber }, { PhiloxStream }] =
    await Promise.all([
      import("../../../geometry/index.js"),
      import("./arguments.js"),
      import("../../../random/stream.js"),
    ]);
  const seed = wholeNumber("seed", options.seed, 0);
  const resamples = wholeNumber("resamples", options.resamples, 0);
  const labels = readLabels(options.labels);
  const stream = new PhiloxStream(seed, STREAM);
  const indices = distortionIndices(readPoints(options.latents), readPoints(options.reference), labels, {
    uniform: (count) => stream.fillUniform(new Float64Array(count)),
    resamples,
  });
  warnOfUndefined(indices, options.latents);
  if (options.json) {
    const { prototypization, specialization, orthogonalization, confidence } = indices;
    return printJson({
      definition: {
        prototypization: "G11",
        specialization: "G12",
        orthogonalization: "G13",
        interval: "G14",
      },
      units: "natural logarithm of a ratio",
      labels: plainLabels(labels.classes),
      samplesPerLabel: Array.from(labels.sizes),
      prototypization: { ...plain(prototypization), byClass: prototypization.byClass.map(plain) },
      specialization: { byClass: specialization.byClass.map(plain) },
      orthogonalization: plain(orthogonalization),
      seed,
      resamples,
      confidence,
    });
  }
  describe(indices, labels);
}

/** JSON has no NaN and no infinity: undefined is null, infinite a word. */
function plainNumber(value: number): number | string | null {
  if (Number.isNaN(value)) return null;
  return Number.isFinite(value) ? value : String(value);
}

function plain({ value, low, high, inCode, inReference, resamples }: DistortionIndex): object {
  return {
    value: plainNumber(value),
    low: plainNumber(low),
    high: plainNumber(high),
    inCode: plainNumber(inCode),
    inReference: plainNumber(inReference),
    resamples,
  };
}

function warnOfUndefined(
  { prototypization, specialization, orthogonalization }: DistortionIndices,
  code: string,
): void {
  for (const [name, { value }] of Object.entries({ prototypization, orthogonalization })) {
    if (Number.isNaN(value))
      warn(`${code}: ${name} is undefined: all samples, or all class means, of a code coincide`);
  }
  const undefinedClasses = specialization.byClass.filter(({ value }) => Number.isNaN(value)).length;
  if (undefinedClasses > 0) {
    warn(
      `${code}: specialization is undefined for ${undefinedClasses} of ${specialization.byClass.length} classes: they hold one sample, or a code collapsed`,
    );
  }
}

function describe(indices: DistortionIndices, { classes, count, sizes }: Labels): void {
  const { prototypization, specialization, orthogonalization, confidence, resamples } = indices;
  printLine(`distortion of ${count} samples in ${classes.length} classes; 0 is undistorted`);
  printLine(`intervals: ${Math.round(100 * confidence)} %, ${resamples} resamples of the samples`);
  printLine();
  const overall = [
    ["", "value", "low", "high"],
    ["prototypization", ...cells(prototypization)],
    ["orthogonalization", ...cells(orthogonalization)],
  ];
  for (const line of tableLines(overall)) printLine(line);
  printLine();
  if (classes.length > MOST_CLASSES_SHOWN) {
    printLine(`All ${classes.length} classes: --json`);
    return;
  }
  const rows = classes.map((label, k) => [
    labelText(label),
    String(sizes[k]),
    ...cells(specialization.byClass[k]),
    ...cells(prototypization.byClass[k]),
  ]);
  const header = ["class", "samples", "specialization", "low", "high", "prototypization", "low", "high"];
  for (const line of tableLines([header, ...rows])) printLine(line);
}

function cells({ value, low, high }: DistortionIndex): string[] {
  return [value, low, high].map((number) => (Number.isNaN(number) ? "-" : numberText(number)));
}
