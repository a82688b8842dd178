import { type Command, Option } from "commander";
import type { EncodedAs, EncodedRows } from "../../training/encode-run.js";
import { claimOutput } from "../claim-output.js";
import { grouped } from "../format.js";
import { type DeviceOptions, deviceOption, jsonOption, runsOption, threadsOption } from "../options.js";
import { printJson, printLine, warn } from "../output.js";

interface EncodeOptions extends DeviceOptions {
  readonly runs: string;
  readonly out: string;
  readonly rows: EncodedRows;
  readonly sample?: boolean;
  readonly mean?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

// Of training/encode-run.ts, which is not loaded for the help text.
const ROWS: readonly EncodedRows[] = ["all", "train", "validation", "test"];

/** `narrows encode RUN`. */
export function registerEncode(program: Command): void {
  program
    .command("encode")
    .description("write the codes of a run's own data with their labels, for classifiers on frozen codes")
    .argument("<run>", "name of an autoencoder's run, or path of its folder")
    .requiredOption(
      "--out <file>",
      "an .npz archive (arrays codes and labels) or a .csv table (codes, then labels)",
    )
    .addOption(new Option("--rows <which>", "which rows of its data").choices(ROWS).default("all"))
    .addOption(
      new Option("--sample", "one sample of the code an image, as the authors do (the default)").conflicts(
        "mean",
      ),
    )
    .option("--mean", "the code's centre instead: no noise")
    .option("--force", "replace the file if it exists")
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
All rows keep the order of the images, so that a configuration of classifiers splits them as the run did. The noise is
that of the run's seed: the same command writes the same numbers on one device. Nothing in the run's folder is changed.

Examples:
  narrows encode baseline-c10-s0 --out codes.npz
  narrows train configs/geometry-of-efficient-codes/frozen-codes.yaml --set data.codes.file=codes.npz
  narrows encode baseline-c10-s0 --out codes.csv --rows validation --mean`,
    )
    .action(encode);
}

async function encode(name: string, options: EncodeOptions): Promise<void> {
  const { runs, out, rows, mean = false, force = false, json = false } = options;
  const as: EncodedAs = mean ? "mean" : "sample";
  const [{ codesFormat, writeCodes }, { openRun }, { loadTrainedRun }, { encodeRun }, { nodeDevice }] =
    await Promise.all([
      import("../../data/codes/write.js"),
      import("../../runs/run.js"),
      import("../../training/trained-run.js"),
      import("../../training/encode-run.js"),
      import("../../onnx/node.js"),
    ]);
  codesFormat(out);
  claimOutput(out, force);
  const { batchProgress } = await import("../progress/batch-progress.js");
  const trained = loadTrainedRun(openRun(runs, name));
  for (const warning of trained.warnings) warn(warning);
  const device = await nodeDevice(options.device, options.threads);
  const progress = await batchProgress();
  const onBatch = (done: number, of: number) => progress.update("encoding", done, of);
  const encoded = await encodeRun(trained, device, { rows, as, onBatch }).finally(() => progress.stop());
  writeCodes(out, encoded);

  const [count, dimensions] = encoded.codes.shape as [number, number];
  const { run, state, experiment } = trained;
  const labelNames = encoded.labels ? experiment.dataset.labelNames : [];
  if (json) {
    return printJson({
      run: run.name,
      path: run.path,
      step: state.step,
      file: out,
      rows,
      as,
      codes: count,
      dimensions,
      labelNames,
      device: device.name,
      threads: device.threads,
    });
  }
  const labels = labelNames.length > 0 ? ` with the labels ${labelNames.join(", ")}` : ", without labels";
  printLine(
    `${out}: ${grouped(count)} codes of ${dimensions} dimensions${labels} (${as}, ${rows} rows, ${run.name} at step ${grouped(state.step)})`,
  );
}
