import type { DeviceName } from "../onnx/devices.js";
import { batchProgress } from "./progress/batch-progress.js";

/** What the command lines share by which papers on published images are reproduced; lists and numbers still as text. */
export interface ImageReproductionOptions {
  readonly preset: "quick" | "paper";
  readonly data?: string;
  readonly seeds?: string;
  readonly epochs?: string;
  readonly networks?: NetworkSize;
  readonly small: string;
  readonly workers: string;
  readonly device: DeviceName;
  readonly runs: string;
  readonly out: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Which networks are trained on images: those of the paper, or smaller ones. */
export const NETWORK_SIZES = ["paper", "small"] as const;
export type NetworkSize = (typeof NETWORK_SIZES)[number];

/** More is a slip of the hand. */
export const MOST_EPOCHS = 10_000;

/** Measures runs while a progress is shown, unless there shall be none. */
export async function whileMeasuring<Results>(
  quiet: boolean,
  measure: (onMeasured: (done: number, of: number) => void) => Promise<Results>,
): Promise<Results> {
  const progress = quiet ? undefined : await batchProgress();
  try {
    return await measure((done, of) => progress?.update("measuring", done, of));
  } finally {
    progress?.stop();
  }
}
