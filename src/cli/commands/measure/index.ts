import type { Command } from "commander";
import type { CommandGroup } from "../../command/tree.js";
import { takesCsv } from "../../csv-options.js";
import { registerDistortion } from "./distortion.js";
import { registerDistortions } from "./distortions.js";
import { registerFeatureWeights } from "./feature-weights.js";
import { registerIndices } from "./indices.js";
import { registerInformationImbalance } from "./information-imbalance.js";
import { registerIntrinsicDimension } from "./intrinsic-dimension.js";
import { registerLayers } from "./layers.js";
import { registerMds } from "./mds.js";
import { registerPca } from "./pca.js";
import { registerQuality } from "./quality.js";
import { registerTuning } from "./tuning.js";

/** A measure that is not on the kit yet. */
const legacy = (register: (measure: Command) => void) => ({
  register(measure: Command) {
    register(measure);
    const command = measure.commands.at(-1)!;
    if (command.options.some(({ flags }) => flags.includes("<array>"))) takesCsv(command);
  },
});

export const measure: CommandGroup = {
  about: "measure the geometry of any codes: arrays in, numbers out",
  details: `
Arrays: FILE.npy, FILE.npz:KEY, or a table (.csv, .tsv, .txt); one row a sample.
Definitions of all measures: docs/definitions/ (geometry, disentanglement, information, and others).`,
  examples: [
    "narrows measure distortion --latents Z.npy --reference Z0.npy --labels y.npy --json",
    "narrows measure mds --points run.npz:mu --seed 0 --out map.npy",
    "narrows measure mig --codes C.npy --labels F.npy",
  ],
  commands: {
    distortion: legacy(registerDistortion),
    indices: legacy(registerIndices),
    distortions: legacy(registerDistortions),
    tuning: legacy(registerTuning),
    mds: legacy(registerMds),
    pca: legacy(registerPca),
    mig: {
      about: "measure the mutual information gap: whether each factor has a dimension of its own",
      load: () => import("./mig.js"),
    },
    "factor-vae": {
      about: "measure the FactorVAE score: how well the dimensions identify the factors",
      load: () => import("./factor-vae.js"),
    },
    "total-correlation": {
      about: "measure the total correlation of the dimensions of a code, in nats, under a gaussian model",
      load: () => import("./total-correlation.js"),
    },
    "intrinsic-dimension": legacy(registerIntrinsicDimension),
    "information-imbalance": legacy(registerInformationImbalance),
    "feature-weights": legacy(registerFeatureWeights),
    layers: legacy(registerLayers),
    quality: legacy(registerQuality),
  },
};
