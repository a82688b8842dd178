import type { Command } from "commander";
import type { CsvFlags } from "../../csv-options.js";
import { printJson, printLine } from "../../output.js";
import { nested, numberText, tableLines } from "./format.js";

interface PcaOptions extends CsvFlags {
  readonly points: string;
  readonly components?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function registerPca(measure: Command): void {
  measure
    .command("pca")
    .description("Directions of greatest variance, and the points along them.")
    .requiredOption("--points <array>", "one row a point")
    .option("--components <n>", "how many (default: 2, or as many as there are)")
    .option("--out <file>", "write the points along the components here: .npy, .npz:KEY or .csv")
    .option("--force", "replace the file if it exists")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Variances are divided by samples - 1; each component's entry of greatest magnitude is positive (rule G9 of
docs/definitions/geometry.md).

Examples:
  narrows measure pca --points Z.npy --components 5
  narrows measure pca --points run.npz:mu --components 2 --out projected.csv --json`,
    )
    .action(measurePca);
}

async function measurePca({
  points: reference,
  components,
  out,
  force,
  json,
  ...csv
}: PcaOptions): Promise<void> {
  const [{ principalComponents }, { claimArrayOutput, readPoints, wholeNumber }, { writeArray }] =
    await Promise.all([
      import("../../../geometry/index.js"),
      import("./arguments.js"),
      import("../../../data/arrays/index.js"),
    ]);
  const asked = components === undefined ? undefined : wholeNumber("components", components, 1);
  claimArrayOutput(out, force);
  const points = readPoints(reference, csv);
  const result = principalComponents(points, asked ?? Math.min(2, points.count, points.dimension));
  if (out !== undefined) writeArray(out, result.projection);
  if (json) {
    return printJson({
      definition: "G9",
      units: "squared units of the points (variance), share (ratio)",
      mean: Array.from(result.mean),
      components: nested(result.components),
      explainedVariance: Array.from(result.explainedVariance),
      explainedVarianceRatio: Array.from(result.explainedVarianceRatio),
      ...(out === undefined ? {} : { out }),
    });
  }
  const rows = Array.from(result.explainedVariance, (variance, c) => [
    String(c),
    numberText(variance),
    `${(100 * result.explainedVarianceRatio[c]).toFixed(2)} %`,
  ]);
  for (const line of tableLines([["component", "variance", "share"], ...rows])) printLine(line);
  if (out !== undefined) {
    printLine();
    printLine(`The points along the components are in ${out}`);
  }
}
