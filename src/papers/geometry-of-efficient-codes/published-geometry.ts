import type { NumericArray } from "../../numeric-array.js";
import type { ModelName } from "./models.js";

/** A class matrix of the paper, computed from the authors' latents (rule G5), classes in ascending order of their labels. */
interface PublishedClassMatrix {
  readonly capacityNats: number;
  readonly matrix: NumericArray<Float64Array>;
}

const square = (...values: readonly number[]): NumericArray<Float64Array> => ({
  shape: [Math.sqrt(values.length), Math.sqrt(values.length)],
  data: Float64Array.from(values),
});

/** Those matrices that are known as numbers: the latents of the other models were not published with the code. */
const CLASS_MATRICES: Partial<Record<ModelName, readonly PublishedClassMatrix[]>> = {
  E1M1: [
    { capacityNats: 10, matrix: square(0.12683421, -0.09419945, -0.09419945, 0.06885882) },
    { capacityNats: 0.3, matrix: square(0.05326196, -0.34260295, -0.34260295, 0.53557592) },
  ],
};

/** The published class matrix of a model; undefined where none is known. */
export function publishedClassMatrix(
  model: ModelName,
  capacityNats: number,
): NumericArray<Float64Array> | undefined {
  return CLASS_MATRICES[model]?.find((published) => published.capacityNats === capacityNats)?.matrix;
}

/** Channels of five whose code has a standard deviation above 0.1 over the stimuli, from the authors' latents. */
const CHANNELS_USED: Partial<Record<ModelName, Readonly<Record<number, number>>>> = {
  Baseline: { 10: 2, 0.3: 2 },
  E1M1: { 10: 4, 0.3: 2 },
};

/** How many channels the published model uses; undefined where it is not known. */
export function publishedChannelsUsed(model: ModelName, capacityNats: number): number | undefined {
  return CHANNELS_USED[model]?.[capacityNats];
}

/** Mean distortion ratio of the published code at 0.3 nats against that at 10 (rule G4), from the authors' latents. */
export const PUBLISHED_SQUEEZE = { Baseline: 0.526, E1M1: 0.365 } as const;
