import type { Command } from "commander";
import type { CsvFlags } from "../../csv-options.js";
import { printJson, printLine, warn } from "../../output.js";
import { nested, numberText, tableLines } from "./format.js";

interface MdsCommandOptions extends CsvFlags {
  readonly points: string;
  readonly seed: string;
  readonly dimensions: string;
  readonly starts: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Names the stream of random starts: part of the result, never to be renamed. */
const STREAM = "measure mds";

export function registerMds(measure: Command): void {
  measure
    .command("mds")
    .description("A map of points that keeps their distances: metric multidimensional scaling.")
    .requiredOption("--points <array>", "one row a point")
    .option("--seed <n>", "of the random starts", "0")
    .option("--dimensions <n>", "of the map", "2")
    .option("--starts <n>", "random starts beside the classical solution", "4")
    .option("--out <file>", "write the map here: .npy, .npz:KEY or .csv")
    .option("--force", "replace the file if it exists")
    .option("--json", "print JSON, with the map where no --out is given")
    .addHelpText(
      "after",
      `
SMACOF from the classical solution and from random starts; the map of lowest raw stress is kept (rules G7 and G8 of
docs/definitions/geometry.md).

Examples:
  narrows measure mds --points Z.npy --seed 0 --out map.npy
  narrows measure mds --points run.npz:mu --dimensions 3 --json`,
    )
    .action(measureMds);
}

async function measureMds(options: MdsCommandOptions): Promise<void> {
  const [{ metricMds }, { claimArrayOutput, readPoints, wholeNumber }, { writeArray }, { PhiloxStream }] =
    await Promise.all([
      import("../../../geometry/index.js"),
      import("./arguments.js"),
      import("../../../data/arrays/index.js"),
      import("../../../random/stream.js"),
    ]);
  const { points, out, force, json } = options;
  const seed = wholeNumber("seed", options.seed, 0);
  const dimensions = wholeNumber("dimensions", options.dimensions, 1);
  const randomStarts = wholeNumber("starts", options.starts, 0);
  claimArrayOutput(out, force);
  const stream = new PhiloxStream(seed, STREAM);
  const result = metricMds(
    readPoints(points, options),
    (count) => stream.fillUniform(new Float64Array(count)),
    {
      dimensions,
      randomStarts,
    },
  );
  const { embedding, stress, stress1, starts } = result;
  for (const { start, converged, iterations } of starts) {
    if (!converged) warn(`the ${start} start had not converged after ${iterations} iterations`);
  }
  if (out !== undefined) writeArray(out, embedding);
  if (json) {
    return printJson({
      definition: "G8",
      units: "squared units of the points (stress), share (stress1)",
      stress,
      stress1,
      seed,
      starts,
      ...(out === undefined ? { embedding: nested(embedding) } : { out }),
    });
  }
  printLine(`raw stress ${numberText(stress)}, stress-1 ${numberText(stress1)} (0 is a perfect map)`);
  printLine();
  const rows = starts.map(({ start, stress: reached, iterations }) => [
    start,
    numberText(reached),
    String(iterations),
  ]);
  for (const line of tableLines([["start", "raw stress", "iterations"], ...rows])) printLine(line);
  if (out !== undefined) {
    printLine();
    printLine(`The map of ${embedding.shape[0]} points is in ${out}`);
  }
}
