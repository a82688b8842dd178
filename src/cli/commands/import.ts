import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { AUTHORS_LABELS } from "../../configuration/authors-heads.js";
import { loadConfiguration } from "../../configuration/load.js";
import { UserError } from "../../errors.js";
import {
  type LightningFile,
  placeInExperiment,
  readLightningFile,
  writeImportedRun,
} from "../../import/import-run.js";
import { isAutoencoderSettings } from "../../model/kinds.js";
import { nodeDevice } from "../../onnx/node.js";
import { checkRunName } from "../../runs/names.js";
import { createRun, createRunNamedAfter } from "../../runs/run.js";
import { flag, text } from "../../settings/index.js";
import { versions } from "../../training/about-run.js";
import { evaluateRun } from "../../training/evaluate-run.js";
import { toleranceNats } from "../../training/verdict.js";
import { defineCommand } from "../command/define.js";
import { computing, overriding, runFolder } from "../command/groups.js";
import { warn } from "../output.js";
import { evaluationLine } from "../progress/training-progress.js";

export default defineCommand({
  arguments: {
    checkpoint: text({
      about: "a .ckpt file; nothing in it is executed, and foreign classes are refused",
      required: true,
    }),
  },
  settings: {
    config: text({
      about: "what it was trained with: the authors' YAML, their hparams.yaml, or ours",
      placeholder: "file",
    }),
    ...overriding,
    withoutHeads: flag({ about: "leave its classifiers out" }),
    run: text({ about: "name of the run", placeholder: "name", defaultText: "the file's name" }),
    ...runFolder,
    ...computing,
  },
  details: `
Layers, code dimensions and classifiers (as heads) are read from the weights. A checkpoint does not contain its data, its target
C and its gamma: give them with --config or --set; without them the data are the drawn Corridors images. The run is evaluated
once on the validation rows, and is then like any other, except that it cannot be resumed: Adam's state is not imported.`,
  examples: [
    "narrows import version_3/checkpoints/last.ckpt --config version_3/hparams.yaml --run authors-c10",
    "narrows import Latent_CLF_task1/version_0/checkpoints/last.ckpt --config clf_only.yaml",
    "narrows import last.ckpt --config hparams.yaml --set data.file=mazes.csv",
    "narrows import last.ckpt --set objective.capacity=0.3 --run authors-c0.3",
    "narrows import last.ckpt --set 'model.heads=[{name: E2M1, task: E2M1}]'",
  ],
  async run({ checkpoint: path, config, set, withoutHeads, run: wanted, runs, ...options }) {
    if (wanted !== undefined) refuseTaken(join(runs, checkRunName(wanted)));
    const file = readLightningFile(path);
    const { configuration, warnings } = configurationFor(file, config, set, !withoutHeads);
    for (const warning of warnings) warn(warning);
    const device = await nodeDevice(options.device, options.threads);
    const imported = placeInExperiment(file, configuration, !withoutHeads);
    const { experiment, state, epoch, headsLeftOut } = imported;
    if (!withoutHeads) {
      for (const { key, why } of headsLeftOut) warn(`${path}: its classifier ${key} is left out: ${why}`);
    }
    const evaluation = await evaluateRun(imported, device);

    const { name, fingerprint, labelNames } = experiment.dataset;
    const about = {
      // Through JSON, as the manifest will hold it: keys that are not set fall away.
      configuration: JSON.parse(JSON.stringify(experiment.configuration)),
      seed: experiment.configuration.seed,
      dataset: { name, fingerprint, labelNames: [...labelNames] },
      totalSteps: state.step,
      parameterCount: experiment.layout.size,
      importedFrom: path,
      versions: versions(),
    };
    const run =
      wanted === undefined
        ? createRunNamedAfter(runs, nameAfter(path), about)
        : createRun(runs, wanted, about);
    writeImportedRun(run, imported, evaluation);
    const { capacityNats, capacityGapNats } = evaluation;
    if (capacityNats !== undefined && Math.abs(capacityGapNats!) > Math.max(1, toleranceNats(capacityNats)))
      warn(`${run.name}: the rate is not that of the target C: was it trained with another?`);
    return {
      json: {
        run: run.name,
        path: run.path,
        step: state.step,
        epoch,
        parameterCount: experiment.layout.size,
        headsLeftOut: headsLeftOut.map(({ key }) => key),
        ...evaluation,
      },
      text: [
        `${run.name}: ${evaluationLine(evaluation)}`,
        `${run.name}: imported at step ${state.step}, epoch ${epoch + 1}: ${run.path}`,
      ],
    };
  },
});

/** Says before the work that there is a run of this name. */
function refuseTaken(path: string): void {
  if (!existsSync(path)) return;
  throw new UserError({
    where: path,
    what: "a run or folder of this name exists",
    remedy: "Choose another name with --run, or remove that one first",
  });
}

/** The configuration that a checkpoint belongs to, as far as the user tells; what is guessed is warned of. */
function configurationFor(
  { path, checkpoint, model }: LightningFile,
  config: string | undefined,
  set: readonly string[],
  withHeads: boolean,
) {
  const warnings: string[] = [];
  if (checkpoint.globalStep === undefined) {
    warnings.push(
      `${path}: it does not contain its number of steps: taken as trained to the end of the configuration`,
    );
  }
  const loaded = loadConfiguration(config, set, config === undefined ? "authors-code" : undefined);
  const configured = loaded.configuration.model;
  const dimensions = isAutoencoderSettings(configured) ? configured.channel.dimensions : undefined;
  if (config !== undefined && dimensions !== undefined && model.settings && dimensions !== model.dimensions) {
    throw new UserError({
      where: config,
      what: `its code has ${dimensions} dimensions, that of ${path} has ${model.dimensions}`,
      remedy: "Give the configuration of this very checkpoint",
    });
  }
  if (config === undefined && model.settings && !set.some((text) => /(^|\.)capacity=/.test(text))) {
    const hparams = [dirname(path), dirname(dirname(path))]
      .map((folder) => join(folder, "hparams.yaml"))
      .find((candidate) => existsSync(candidate));
    warnings.push(
      `${path}: a checkpoint does not contain its target C and its data: C = 10 nats and drawn Corridors images are assumed; ` +
        (hparams ? `give --config ${hparams}` : "give --config hparams.yaml, or --set objective.capacity=C"),
    );
  }
  const { data } = loaded.configuration;
  // Their files name no columns; without a configuration nothing else does, and the tasks of the classifiers need names.
  const unnamed = config === undefined && data.file !== undefined && data.labelNames === undefined;
  const configuration =
    unnamed && withHeads && model.heads.length > 0
      ? { ...loaded.configuration, data: { ...data, labelNames: [...AUTHORS_LABELS] } }
      : loaded.configuration;
  return { configuration, warnings: [...warnings, ...loaded.warnings] };
}

/** A run's name from a file's. */
function nameAfter(path: string): string {
  const stem = basename(path).replace(/\.[^.]*$/, "");
  return (
    stem
      .replace(/[^\p{L}\p{N}._+=,-]/gu, "-")
      .replace(/^[^\p{L}\p{N}]+/u, "")
      .slice(0, 90) || "imported"
  );
}
