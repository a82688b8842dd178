import { codesFormat, writeCodes } from "../../data/codes/write.js";
import { UserError } from "../../errors.js";
import { nodeDevice } from "../../onnx/node.js";
import { choice, flag, runName, text } from "../../settings/index.js";
import { ENCODED_ROWS, encodeRun } from "../../training/encode-run.js";
import { defineCommand } from "../command/define.js";
import { computing, force, RUN, runsAndData } from "../command/groups.js";
import { grouped } from "../format.js";
import { openTrained } from "../open-run.js";
import { claimOutput } from "../output.js";
import { batchProgress } from "../progress/batch-progress.js";

export default defineCommand({
  arguments: { run: runName({ about: RUN, required: true }) },
  settings: {
    out: text({
      about: "an .npz archive (arrays codes and labels) or a .csv table (codes, then labels)",
      placeholder: "file",
      required: true,
    }),
    split: choice(ENCODED_ROWS, { about: "part of the run's data", default: "all", was: ["rows"] }),
    mean: flag({ about: "write the mean of each code, without noise" }),
    sample: flag({ about: "write one sample of each code, as the authors do (by default)" }),
    ...force,
    ...runsAndData,
    ...computing,
  },
  details: `
All rows keep the order of the images, so that a configuration of classifiers splits them as the run did. The noise is
that of the run's seed: the same command writes the same numbers on one device. Another command, or another choice of rows,
draws other noise for the same image; --mean writes codes without noise. Nothing in the run's folder is changed.`,
  examples: [
    "narrows encode baseline-c10-s0 --out codes.npz",
    "narrows train configs/geometry-of-efficient-codes/frozen-codes.yaml --set data.codes.file=codes.npz",
    "narrows encode baseline-c10-s0 --out codes.csv --split validation --mean",
  ],
  async run({ run: name, out, split, mean, sample, force, ...options }) {
    if (mean && sample) {
      throw new UserError({
        where: "--mean --sample",
        what: "the two exclude each other",
        remedy: "Give one of them",
      });
    }
    codesFormat(out);
    claimOutput(out, force);
    const trained = openTrained(name, options);
    const device = await nodeDevice(options.device, options.threads);
    const progress = batchProgress();
    const as = mean ? "mean" : "sample";
    const encoded = await encodeRun(trained, device, {
      rows: split,
      as,
      onBatch: (done, of) => progress.update("encoding", done, of),
    }).finally(() => progress.stop());
    writeCodes(out, encoded);

    const [count, dimensions] = encoded.codes.shape as [number, number];
    const { run, state, experiment } = trained;
    const labelNames = encoded.labels ? experiment.dataset.labelNames : [];
    const labels = labelNames.length > 0 ? ` with the labels ${labelNames.join(", ")}` : ", without labels";
    return {
      json: {
        run: run.name,
        path: run.path,
        step: state.step,
        out,
        split,
        as,
        codes: count,
        dimensions,
        labelNames,
        device: device.name,
        threads: device.threads,
      },
      text: [
        `${out}: ${grouped(count)} codes of ${dimensions} dimensions${labels} (${as}, ${split} rows, ${run.name} at step ${grouped(state.step)})`,
      ],
    };
  },
});
