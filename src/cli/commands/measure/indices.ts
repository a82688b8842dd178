import type { Command } from "commander";
import type { CsvFlags } from "../../csv-options.js";
import { printJson } from "../../output.js";
import { describeIndices, plainIndices, warnOfUndefined } from "./format-indices.js";

interface IndicesCommandOptions extends CsvFlags {
  readonly latents: string;
  readonly reference: string;
  readonly labels: string;
  readonly seed: string;
  readonly resamples: string;
  readonly json?: boolean;
}

/** Names the stream of resamples: part of the result, never to be renamed. */
const STREAM = "measure indices";

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
  const labels = readLabels(options.labels, options);
  const stream = new PhiloxStream(seed, STREAM);
  const indices = distortionIndices(
    readPoints(options.latents, options),
    readPoints(options.reference, options),
    labels,
    {
      uniform: (count) => stream.fillUniform(new Float64Array(count)),
      resamples,
    },
  );
  warnOfUndefined(indices, options.latents);
  if (options.json) {
    return printJson({ ...plainIndices(indices, labels), seed, resamples });
  }
  describeIndices(indices, labels);
}
