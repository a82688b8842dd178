import type { Command } from "commander";
import { takesCsv } from "../../csv-options.js";
import { registerDistortion } from "./distortion.js";
import { registerDistortions } from "./distortions.js";
import { registerFactorVae } from "./factor-vae.js";
import { registerFeatureWeights } from "./feature-weights.js";
import { registerIndices } from "./indices.js";
import { registerInformationImbalance } from "./information-imbalance.js";
import { registerIntrinsicDimension } from "./intrinsic-dimension.js";
import { registerLayers } from "./layers.js";
import { registerMds } from "./mds.js";
import { registerMig } from "./mig.js";
import { registerPca } from "./pca.js";
import { registerQuality } from "./quality.js";
import { registerTotalCorrelation } from "./total-correlation.js";
import { registerTuning } from "./tuning.js";

/** One file a measure: each adds itself as a subcommand. */
const measures: readonly ((measure: Command) => void)[] = [
  registerDistortion,
  registerIndices,
  registerDistortions,
  registerTuning,
  registerMds,
  registerPca,
  registerMig,
  registerFactorVae,
  registerTotalCorrelation,
  registerIntrinsicDimension,
  registerInformationImbalance,
  registerFeatureWeights,
  registerLayers,
  registerQuality,
];

export function registerMeasure(program: Command): void {
  const measure = program
    .command("measure")
    .description("Measure the geometry of anyone's latents: arrays in, numbers out.")
    .addHelpText(
      "after",
      `
Arrays: FILE.npy, FILE.npz:KEY, or a table (.csv, .tsv, .txt); one row a sample.
Definitions of all measures: docs/definitions/ (geometry, disentanglement, information, and others).

Examples:
  narrows measure distortion --latents Z.npy --reference Z0.npy --labels y.npy --json
  narrows measure mds --points run.npz:mu --seed 0 --out map.npy
  narrows measure mig --codes C.npy --factors F.npy`,
    );
  for (const register of measures) register(measure);
  for (const command of measure.commands) {
    if (command.options.some(({ flags }) => flags.includes("<array>"))) takesCsv(command);
  }
}
