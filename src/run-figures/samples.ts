import type { FigureSpec } from "../figures/figure.js";
import { type ImageGridOptions, imageGrid } from "../figures/image-grid.js";
import type { Device } from "../onnx/devices.js";
import { decodeCodes, sampleMarginal } from "../training/decode.js";
import { imageSizeOf, type Runs, requireAlike, titlesOf } from "./runs.js";

/** How many samples of the marginal are decoded. */
export interface SampleChoice extends ImageGridOptions {
  /** Default 144, as in the paper's code. */
  readonly count?: number;
  /** Keys the codes. Default: each run's own. */
  readonly seed?: number;
}

const COUNT = 144;

/**
 * What each run imagines: codes drawn from its marginal, decoded; the codes of equal places are the same
 * where runs agree in marginal, dimensions and seed.
 * @param runs one or several.
 * @param device where codes are decoded.
 * @param choice how many samples.
 * @throws UserError when the runs' images differ in size.
 */
export async function drawSamples(
  runs: Runs,
  device: Device,
  { count = COUNT, seed, ...options }: SampleChoice = {},
): Promise<FigureSpec> {
  requireAlike(runs, "image size", imageSizeOf);
  const titles = titlesOf(runs);
  const panels = [];
  for (const [index, run] of runs.entries()) {
    const codes = await sampleMarginal({ ...run, seed: seed ?? run.seed }, device, count);
    panels.push({ title: titles[index], images: await decodeCodes(run, device, codes) });
  }
  return imageGrid(
    { panels },
    { title: "Samples", caption: "Codes drawn from the marginal, decoded.", ...options },
  );
}
