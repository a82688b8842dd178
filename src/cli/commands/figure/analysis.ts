import { ANALYSIS_FIGURES } from "../../../analysis/figures.js";
import type { Command } from "../../command/define.js";
import { analyse, labelsSetting } from "../../run-page.js";
import { figureCommand } from "./define.js";

/** A figure that measures codes. */
const ofCodes = (name: keyof typeof ANALYSIS_FIGURES, ...examples: [string, ...string[]]): Command =>
  figureCommand({
    settings: labelsSetting,
    examples,
    draw: async (runs, device, { labels }, context) =>
      ANALYSIS_FIGURES[name](await analyse(runs, device, context, { labels })),
  });

export const latentMap = ofCodes(
  "latent-map",
  "narrows figure latent-map baseline-c10-s0 baseline-c0.3-s0 --out map.svg",
  "narrows figure latent-map coloured-c1 --labels digit,colour --out map.pdf",
);
export const tuningCurves = ofCodes(
  "tuning-curves",
  "narrows figure tuning-curves baseline-c10-s0 --out tuning.svg",
);
export const capacityDistortion = ofCodes(
  "capacity-distortion",
  "narrows figure capacity-distortion baseline-c10-s0 baseline-c0.3-s0 --out matrix.png",
);
export const capacityError = ofCodes(
  "capacity-error",
  "narrows figure capacity-error runs/baseline-c* --out error.csv",
);
