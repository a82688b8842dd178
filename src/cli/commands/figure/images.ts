import { drawReconstructionGrid, drawReconstructions, drawSamples } from "../../../run-figures/index.js";
import { whole } from "../../../settings/index.js";
import { conventionFor, figureCommand, oneSetting } from "./define.js";

const seed = (about: string) => ({
  seed: whole({ about, minimum: 0, defaultText: "the run's own" }),
});
const count = (standard: number) => ({
  count: whole({ about: "number of images", minimum: 1, defaultText: String(standard) }),
  ...oneSetting,
});
const columns = { columns: whole({ about: "images in a row", minimum: 1, default: 12 }) };
const noise = seed("which images, and the noise of the channel");

export const reconstructions = figureCommand({
  settings: { ...count(8), ...noise },
  examples: ["narrows figure reconstructions baseline-c10-s0 baseline-c0.3-s0 --count 10 --out pairs.png"],
  draw: (runs, device, choice) =>
    drawReconstructions(runs, device, { ...choice, convention: conventionFor(choice, runs) }),
});

export const reconstructionGrid = figureCommand({
  settings: { ...count(36), ...columns, ...noise },
  examples: ["narrows figure reconstruction-grid my-vae --count 100 --columns 10 --out grid.png"],
  draw: (runs, device, choice) =>
    drawReconstructionGrid(runs, device, { ...choice, convention: conventionFor(choice, runs) }),
});

export const samples = figureCommand({
  settings: { ...count(144), ...columns, ...seed("which codes") },
  details: "The first of many samples are those of few; runs of one seed are shown the same codes.",
  examples: [
    "narrows figure samples baseline-c10-s0 baseline-c0.3-s0 --count 36 --columns 6 --out samples.png",
  ],
  draw: (runs, device, choice) =>
    drawSamples(runs, device, { ...choice, convention: conventionFor(choice, runs) }),
});
