import type { Command } from "commander";
import type { Distortion, Labels } from "../../../geometry/index.js";
import type { CsvFlags } from "../../csv-options.js";
import { printJson, printLine, warn } from "../../output.js";
import { labelText, nested, numberText, plainLabels, tableLines } from "./format.js";

interface DistortionOptions extends CsvFlags {
  readonly latents: string;
  readonly reference: string;
  readonly labels: string;
  readonly json?: boolean;
}

/** A larger matrix is no table for people. */
const MOST_CLASSES_SHOWN = 12;

export function registerDistortion(measure: Command): void {
  measure
    .command("distortion")
    .description("How a code stretches distances within and between classes, against a reference code.")
    .requiredOption("--latents <array>", "the code, one row a sample")
    .requiredOption("--reference <array>", "the code it is compared with, for the same samples")
    .requiredOption("--labels <array>", "a label a sample, or a row of numbers a sample (positions)")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Each entry is the mean ratio of distances for a pair of classes, minus the mean over all pairs: above 0 the code
stretches that pair more than its average, below 0 less (rules G4 and G5 of docs/definitions/geometry.md).

Examples:
  narrows measure distortion --latents Z.npy --reference Z0.npy --labels y.npy
  narrows measure distortion --latents all.npz:low --reference all.npz:high --labels positions.csv --json`,
    )
    .action(measureDistortion);
}

async function measureDistortion({
  latents,
  reference,
  labels,
  json,
  ...csv
}: DistortionOptions): Promise<void> {
  const [{ distortionMatrix }, { readLabels, readPoints }] = await Promise.all([
    import("../../../geometry/index.js"),
    import("./arguments.js"),
  ]);
  const classes = readLabels(labels, csv);
  const result = distortionMatrix(readPoints(latents, csv), readPoints(reference, csv), classes);
  const { ratio, pairs } = result;
  if (pairs.infinite > 0) {
    warn(
      `${reference}: ${pairs.infinite} of ${pairs.total} pairs coincide here but not in ${latents}; their ratio is infinite and left out of every mean`,
    );
  }
  if (pairs.coincidingInBoth > 0) {
    warn(
      `${latents}: ${pairs.coincidingInBoth} of ${pairs.total} pairs of different samples coincide here and in ${reference}; their ratio 0/0 counts as 1`,
    );
  }
  if (json) {
    return printJson({
      definition: "G5",
      units: "ratio of distances, less its mean",
      labels: plainLabels(classes.classes),
      matrix: nested(result.matrix),
      samplesPerLabel: Array.from(classes.sizes),
      ratio,
      pairs,
    });
  }
  describe(result, classes);
}

function describe({ matrix, ratio, pairs }: Distortion, { classes, count }: Labels): void {
  printLine(`distortion of ${count} samples in ${classes.length} classes; 0 is the code's average stretch`);
  printLine(
    `ratio of distances: mean ${numberText(ratio.mean)}, standard deviation ${numberText(ratio.standardDeviation)}, ` +
      `${numberText(ratio.min)} to ${numberText(ratio.max)} over ${pairs.total} pairs`,
  );
  printLine();
  const names = classes.map(labelText);
  const size = classes.length;
  if (size <= MOST_CLASSES_SHOWN) {
    const rows = names.map((name, a) => [
      name,
      ...Array.from(matrix.data.subarray(a * size, (a + 1) * size), numberText),
    ]);
    for (const line of tableLines([["", ...names], ...rows])) printLine(line);
    return;
  }
  for (const [word, better] of [
    ["least", (a: number, b: number) => a < b],
    ["most", (a: number, b: number) => a > b],
  ] as const) {
    const found = matrix.data.reduce((best, value, k) => (better(value, matrix.data[best]) ? k : best), 0);
    const pair = `${names[Math.floor(found / size)]} and ${names[found % size]}`;
    printLine(`${word} stretched: ${numberText(matrix.data[found])} between ${pair}`);
  }
  printLine(`All ${size} x ${size} entries: --json`);
}
