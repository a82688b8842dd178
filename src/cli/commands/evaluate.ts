import { type Command, Option } from "commander";
import type { Configuration } from "../../configuration/schema.js";
import type { ImageTable } from "../../data/dataset.js";
import { UserError } from "../../errors.js";
import type { CorridorsBound, PosteriorInformation } from "../../information/index.js";
import type { RateEstimator } from "../../model/parts.js";
import type { Trainable } from "../../model/trainable.js";
import type { NumericArray } from "../../numeric-array.js";
import type { Encoding } from "../../training/encode.js";
import type { Evaluation } from "../../training/evaluate.js";
import type { TrainedRun } from "../../training/trained-run.js";
import { claimOutput } from "../claim-output.js";
import { decimal, grouped, signed } from "../format.js";
import { headTable } from "../head-table.js";
import { type DeviceOptions, deviceOption, jsonOption, runsOption, threadsOption } from "../options.js";
import { printJson, printLine, warn } from "../output.js";
import { definitionLines } from "../table.js";

const SPLITS = ["validation", "test", "train"] as const;

interface EvaluateOptions extends DeviceOptions {
  readonly runs: string;
  readonly split: (typeof SPLITS)[number];
  readonly encode?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

const ESTIMATORS: Readonly<Record<RateEstimator, string>> = {
  exact: "exact: the mutual information itself, rule R4",
  "upper-bound": "upper bound: divergence from the marginal in closed form, rule R1",
  "monte-carlo": "log q(z|x) - log m(z) at one sample an image, rule R2",
};

/** `narrows evaluate RUN`. */
export function registerEvaluate(program: Command): void {
  program
    .command("evaluate")
    .description("measure distortion, rate and heads of a run at its newest checkpoint")
    .argument("<run>", "name of a run, or path of its folder")
    .addOption(new Option("--split <name>", "which rows of its data").choices(SPLITS).default("validation"))
    .option("--encode <file.npz>", "also write the codes: mean, code, rateNats, labels; one row an image")
    .option("--force", "replace the .npz file if it exists")
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
The noise is that of the run's seed, so an evaluation repeats to the last digit on one device and number of threads.
Nothing in the run's folder is changed. A classifier of given codes has heads and a loss alone.

Examples:
  narrows evaluate baseline-c10-s0
  narrows evaluate baseline-c10-s0 --split test --json
  narrows evaluate baseline-c10-s0 --split test --encode codes.npz
  narrows measure tuning --latents codes.npz:mean --labels codes.npz:labels`,
    )
    .action(evaluate);
}

async function evaluate(name: string, options: EvaluateOptions): Promise<void> {
  const { runs, split, encode, force = false, json } = options;
  if (encode !== undefined) checkArchive(encode, force);
  const [{ openRun }, loading, { evaluateRun }, { encodeTable }, { nodeDevice }, kinds] = await Promise.all([
    import("../../runs/run.js"),
    import("../../training/trained-run.js"),
    import("../../training/evaluate-run.js"),
    import("../../training/encode.js"),
    import("../../onnx/node.js"),
    import("../../model/kinds.js"),
  ]);
  const { batchProgress } = await import("../progress/batch-progress.js");
  const { rateVerdict } = await import("../../training/verdict.js");
  const run = openRun(runs, name);
  const device = await nodeDevice(options.device, options.threads);
  // Only an autoencoder has codes to write.
  const trained = encode === undefined ? loading.loadRunOfAnyKind(run) : loading.loadTrainedRun(run);
  for (const warning of trained.warnings) warn(warning);
  const table = trained.experiment.split[split];

  const progress = await batchProgress();
  let evaluation: Evaluation;
  let coded: CodedRun | undefined;
  try {
    const show = (phase: string) => (done: number, of: number) => progress.update(phase, done, of);
    evaluation = await evaluateRun(trained, device, table, show("evaluating"));
    const { model } = trained;
    if (kinds.isAutoencoder(model)) {
      const encoding = await encodeTable({ ...trained, model }, device, table, show("encoding"));
      if (encode !== undefined) await writeCodes(encode, table, encoding);
      coded = {
        distortionUnit: model.likelihood.distortionUnit,
        rateEstimator: model.rateEstimator,
        dimensionRateNats: encoding.dimensionRateNats && columnMeans(encoding.dimensionRateNats),
        mutualInformation: await informationIn(encoding, show("mutual information")),
        positionBound: await boundBelow(evaluation, trained.experiment.configuration),
      };
    }
  } finally {
    progress.stop();
  }

  const { configuration } = trained.experiment;
  for (const warning of rateVerdict(evaluation, { model: configuration.model }).warnings) warn(warning);
  if (json) {
    return printJson({
      run: run.name,
      path: run.path,
      split,
      step: trained.state.step,
      ...evaluation,
      ...coded,
      device: device.name,
      threads: device.threads,
      encoded: encode,
    });
  }
  describe(trained, split, evaluation, coded);
  if (encode !== undefined) printLine(`${encode}: mean, code, rateNats${table.labels ? ", labels" : ""}`);
}

/** What an autoencoder's evaluation tells besides numbers of batches. */
interface CodedRun {
  readonly distortionUnit: string;
  readonly rateEstimator: RateEstimator;
  readonly dimensionRateNats: readonly number[] | undefined;
  /** Of images and codes, where the posterior has a density. */
  readonly mutualInformation: PosteriorInformation | undefined;
  /** The least position distortion at this rate, where the images are Corridors that were drawn. */
  readonly positionBound: CorridorsBound | undefined;
}

/** Codes that the mutual information is estimated with: the error of the mean is then a few hundredths of a nat. */
const INFORMATION_SAMPLES = 2000;
/** Posteriors in the mixture: the estimate cannot exceed the logarithm of their number. */
const INFORMATION_ROWS = 20_000;

async function informationIn(
  { posterior, code }: Encoding,
  onProgress: (done: number, of: number) => void,
): Promise<PosteriorInformation | undefined> {
  if (!posterior || code.shape[0]! < 2) return undefined;
  onProgress(0, 1);
  const { mutualInformationFromPosterior } = await import("../../information/index.js");
  const [rows, dimensions] = posterior.mean.shape as [number, number];
  const count = Math.min(rows, INFORMATION_ROWS);
  const first = ({ data }: NumericArray<Float32Array>) => ({
    shape: [count, dimensions],
    data: data.subarray(0, count * dimensions),
  });
  // The code of a flow tells as much as what the flow begins with, whose samples are drawn here from the posterior.
  const { samplePosterior } = await import("../../training/sample-posterior.js");
  return mutualInformationFromPosterior(
    first(posterior.mean),
    first(posterior.logVariance),
    samplePosterior(first(posterior.mean), first(posterior.logVariance), "mutual information"),
    { samples: INFORMATION_SAMPLES },
  );
}

async function boundBelow(
  { rateNats, positionDistortion }: Evaluation,
  { data }: Configuration,
): Promise<CorridorsBound | undefined> {
  if (!data.corridors || rateNats === undefined || positionDistortion === undefined) return undefined;
  const { size, sigma, bias } = data.corridors;
  const { corridorsBoundAt } = await import("../../information/index.js");
  return corridorsBoundAt(Math.max(0, rateNats), { size, sigma, ...(bias !== undefined && { bias }) });
}

function describe(
  { run, state }: TrainedRun<Trainable>,
  split: string,
  evaluation: Evaluation,
  coded: CodedRun | undefined,
): void {
  const { images, loss } = evaluation;
  const rows = `${grouped(images)} ${coded ? "images" : "codes"}`;
  printLine(`${run.name} at step ${grouped(state.step)}, ${split} split: ${rows}`);
  const lines = definitionLines([
    ...(coded ? tradeEntries(evaluation, coded) : []),
    ["loss", decimal(loss, 5)],
  ]);
  for (const line of lines) printLine(`  ${line}`);
  const heads = headTable(evaluation);
  if (heads.length > 0) printLine();
  for (const line of heads) printLine(`  ${line}`);
}

/** The two sides of an autoencoder's trade. */
function tradeEntries(
  evaluation: Evaluation,
  { distortionUnit, rateEstimator, dimensionRateNats, mutualInformation, positionBound }: CodedRun,
): (readonly [name: string, value: string])[] {
  const { squaredErrorPerPixel, squaredErrorPerImage, rateNats, rateBits } = evaluation;
  const { positionDistortion, negativeElboNats } = evaluation;
  const { capacityNats, capacityGapNats, distortion } = evaluation;
  return [
    ["MSE per pixel", decimal(squaredErrorPerPixel, 5)],
    ["squared error per image", decimal(squaredErrorPerImage, 4)],
    ["distortion in the loss", `${decimal(distortion, 5)} ${distortionUnit}`],
    ...(positionDistortion === undefined
      ? []
      : [
          [
            "position distortion",
            `${decimal(positionDistortion, 5)} per pixel${positionBound ? `; no code of this rate has less than ${decimal(positionBound.lowerPositionDistortion, 5)}` : ""}`,
          ] as const,
        ]),
    ["rate", `${decimal(rateNats, 3)} nats (${decimal(rateBits, 3)} bits)`],
    ["", ESTIMATORS[rateEstimator]],
    ...(mutualInformation
      ? [
          [
            "mutual information",
            `${decimal(mutualInformation.informationNats, 3)} +- ${decimal(mutualInformation.standardErrorNats, 3)} nats, from the aggregated posterior (at most ${decimal(mutualInformation.ceilingNats, 2)})`,
          ] as const,
        ]
      : []),
    ...(negativeElboNats === undefined
      ? []
      : [["-ELBO", `${decimal(negativeElboNats, 3)} nats: rate + distortion`] as const]),
    ...(dimensionRateNats
      ? [
          [
            "rate by dimension",
            `${dimensionRateNats.map((value) => decimal(value, 3)).join("  ")} nats`,
          ] as const,
        ]
      : []),
    ["target C", capacityNats === undefined ? "none" : `${capacityNats} nats`],
    ...(capacityNats === undefined ? [] : [["gap", `${signed(capacityGapNats)} nats`] as const]),
  ];
}

/** Checks before the work that codes can be written there. */
function checkArchive(path: string, force: boolean): void {
  if (!path.toLowerCase().endsWith(".npz")) {
    throw new UserError({
      where: `--encode ${path}`,
      what: "the codes are several arrays, written as an .npz archive",
      remedy: "Give a name that ends in .npz",
    });
  }
  claimOutput(path, force);
}

/** Writes codes and labels as one archive that `narrows measure` and numpy.load read. */
async function writeCodes(
  path: string,
  { count, labels, labelNames }: ImageTable,
  { mean, code, rateNats }: Encoding,
): Promise<void> {
  const [{ encodeNpz }, { writeFileAtomic }] = await Promise.all([
    import("../../data/arrays/index.js"),
    import("../../files/atomic.js"),
  ]);
  writeFileAtomic(
    path,
    encodeNpz({
      mean,
      code,
      rateNats,
      ...(labels && { labels: { shape: [count, labelNames.length], data: labels } }),
    }),
  );
}

/** The mean of each column of a table [N, D]. */
function columnMeans({ shape, data }: NumericArray): number[] {
  const [rows, columns] = shape as [number, number];
  const sums = new Array<number>(columns).fill(0);
  data.forEach((value, k) => {
    sums[k % columns]! += value;
  });
  return sums.map((sum) => sum / rows);
}
