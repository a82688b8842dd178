import { type CodeInformation, codeInformation } from "../../analysis/code-information.js";
import { encodeNpz } from "../../data/arrays/index.js";
import type { ImageTable } from "../../data/dataset.js";
import { UserError } from "../../errors.js";
import { writeFileAtomic } from "../../files/atomic.js";
import { isAutoencoder } from "../../model/kinds.js";
import { RATE_ESTIMATORS } from "../../model/parts.js";
import type { NumericArray } from "../../numeric-array.js";
import { nodeDevice } from "../../onnx/node.js";
import type { Buffers } from "../../onnx/session.js";
import { choice, runName, text } from "../../settings/index.js";
import { encodeTable } from "../../training/encode.js";
import type { Evaluation } from "../../training/evaluate.js";
import { evaluateRun } from "../../training/evaluate-run.js";
import { lengthOf } from "../../training/length.js";
import { rateVerdict } from "../../training/verdict.js";
import { defineCommand } from "../command/define.js";
import { computing, force, RUN, runsAndData } from "../command/groups.js";
import { decimal, grouped, metricEntries, OTHER_METRICS, ownMetricEntries, signed } from "../format.js";
import { headTable } from "../head-table.js";
import { openTrained, openTrainedOfAnyKind } from "../open-run.js";
import { claimOutput, warn } from "../output.js";
import { batchProgress } from "../progress/batch-progress.js";
import { definitionLines } from "../table.js";

export default defineCommand({
  arguments: { run: runName({ about: RUN, required: true }) },
  settings: {
    split: choice(["validation", "test", "train"], {
      about: "part of the run's data",
      default: "validation",
    }),
    out: text({
      about: "also write the codes that were evaluated: mean, code, rateNats, labels; one row per image",
      placeholder: "file.npz",
      was: ["encode"],
    }),
    ...force,
    ...runsAndData,
    ...computing,
  },
  details: `
The noise is that of the run's seed, so an evaluation repeats to the last digit on one device and number of threads.
Another command, such as encode, or another split draws other noise for the same image; the array mean of --out has none.
Nothing in the run's folder is changed. A classifier of given codes has only heads and a loss.`,
  examples: [
    "narrows evaluate baseline-c10-s0",
    "narrows evaluate baseline-c10-s0 --split test --json",
    "narrows evaluate baseline-c10-s0 --split test --out codes.npz",
    "narrows measure tuning --codes codes.npz:mean --labels codes.npz:labels",
  ],
  async run({ run: name, split, out, force, ...options }) {
    if (out !== undefined) checkArchive(out, force);
    const device = await nodeDevice(options.device, options.threads);
    // Only an autoencoder has codes to write.
    const trained = (out === undefined ? openTrainedOfAnyKind : openTrained)(name, options);
    const { run } = trained;
    const table = trained.experiment.split[split];
    const { configuration } = trained.experiment;

    const progress = batchProgress();
    const show = (phase: string) => (done: number, of: number) => progress.update(phase, done, of);
    let evaluation: Evaluation;
    let coded: CodeInformation | undefined;
    try {
      let images: Buffers = {};
      evaluation = await evaluateRun(trained, device, table, show("evaluating"), (made) => {
        images = made;
      });
      const { model } = trained;
      if (isAutoencoder(model)) {
        const encoding = await encodeTable({ ...trained, model }, device, table, show("encoding"));
        if (out !== undefined) writeCodes(out, table, encoding.mean, images);
        coded = codeInformation(model, encoding, evaluation, configuration, show("mutual information"));
      }
    } finally {
      progress.stop();
    }
    const length = lengthOf(trained.experiment);
    for (const warning of rateVerdict(evaluation, { model: configuration.model, length }).warnings) {
      warn(warning);
    }
    const heads = headTable(evaluation);
    const lines = definitionLines([
      ...(coded ? tradeEntries(evaluation, coded) : []),
      ...ownMetricEntries({ ...evaluation }, trained.model.ownMetrics),
      ["loss", decimal(evaluation.loss, 5)],
    ]);
    const { step } = trained.state;
    const rows = `${grouped(evaluation.images)} ${coded ? "images" : "codes"}`;
    return {
      json: {
        run: run.name,
        path: run.path,
        split,
        step,
        ...evaluation,
        ...coded,
        device: device.name,
        threads: device.threads,
        out,
      },
      text: [
        `${run.name} at step ${grouped(step)}, ${split} split: ${rows}`,
        ...lines.map((line) => `  ${line}`),
        ...(heads.length > 0 ? ["", ...heads.map((line) => `  ${line}`)] : []),
        ...(out === undefined ? [] : [`${out}: mean, code, rateNats${table.labels ? ", labels" : ""}`]),
      ],
    };
  },
});

/** The two sides of an autoencoder's trade. */
function tradeEntries(
  evaluation: Evaluation,
  { distortionUnit, rateEstimator, dimensionRateNats, mutualInformation, positionBound }: CodeInformation,
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
    ["", `${RATE_ESTIMATORS[rateEstimator].is}: ${RATE_ESTIMATORS[rateEstimator].by}`],
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
    ...metricEntries(
      evaluation,
      OTHER_METRICS.filter((name) => name !== "positionDistortion" && name !== "negativeElboNats"),
    ),
  ];
}

/** Checks before the work that codes can be written there. */
function checkArchive(path: string, force: boolean): void {
  if (!path.toLowerCase().endsWith(".npz")) {
    throw new UserError({
      where: `--out ${path}`,
      what: "the codes are several arrays, written as an .npz archive",
      remedy: "Give a name that ends in .npz",
    });
  }
  claimOutput(path, force);
}

/** Writes the codes that were evaluated, their centres and labels as one archive that `narrows measure` and numpy.load read. */
function writeCodes(
  path: string,
  { count, labels, labelNames }: ImageTable,
  mean: NumericArray<Float32Array>,
  { code, rateNats }: Buffers,
): void {
  const arrays = {
    mean,
    code: { shape: mean.shape, data: code! },
    rateNats: { shape: [count], data: rateNats! },
    ...(labels && { labels: { shape: [count, labelNames.length], data: labels } }),
  };
  writeFileAtomic(path, encodeNpz(arrays));
}
