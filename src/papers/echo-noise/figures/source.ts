import type { Device } from "../../../onnx/devices.js";
import { openRun } from "../../../runs/run.js";
import type { DataLoader } from "../../../training/experiment.js";
import { loadTrainedRun, type TrainedRun } from "../../../training/trained-run.js";
import type { ImageData } from "../data.js";
import type { Recipe } from "../recipe.js";
import type { EchoResults, ImageResult } from "../results.js";

/** What figures are drawn from. */
export interface FigureSource {
  readonly results: EchoResults;
  readonly data: readonly ImageData[];
  readonly recipe: Recipe;
  /** Folder of the runs. */
  readonly runs: string;
  readonly device: Device;
  readonly load: DataLoader;
}

/** The first finished run of Echo at beta = 1 on a data set, and its result. */
export function echoRun(
  { results, runs, load }: FigureSource,
  { name }: ImageData,
): { readonly trained: TrainedRun; readonly result: ImageResult } | undefined {
  const found = results.images
    .filter((one) => one.method === "Echo" && one.data === name && one.beta === 1 && one.measures)
    .sort((a, b) => a.seed - b.seed);
  const [result] = found;
  return result && { trained: loadTrainedRun(openRun(runs, result.run!), load), result };
}

const LETTERS = "ABCDEFGH";

/** A, B, C and so on. */
export function letterOf(panel: number): string {
  return LETTERS[panel]!;
}
