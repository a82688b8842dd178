/** The published numbers, from configs/geometry-of-efficient-codes/published.csv, which says what has to be known of each. */
import type { NumericArray } from "../../numeric-array.js";
import { findPublished, publishedNumbers } from "../../reproduction/published.js";
import type { ModelName } from "./recipe.js";

/** All published numbers, in the order of the file. */
export const allPublished = publishedNumbers("geometry-of-efficient-codes");

/** Looks up a published number; undefined where the paper has none. */
export const published = findPublished(allPublished);

/** Squared error per pixel of a model (Fig. 3); undefined where none is published. */
export function publishedMse(model: ModelName, capacityNats: number): number | undefined {
  return published("squaredErrorPerPixel", { model, capacityNats })?.value;
}

/**
 * F1 (rule C3), from 0 to 1, of a model's own classifier for a task (Fig. 6B and 6C); undefined where none is
 * published.
 */
export function publishedF1(model: ModelName, task: string, capacityNats: number): number | undefined {
  return published("f1Joint", { model, task, capacityNats })?.value;
}

/**
 * F1 (rule C3), from 0 to 1, of a classifier for a task on the frozen code of a model (Fig. 6A and 6D);
 * undefined where none is published.
 */
export function publishedFrozenF1(model: ModelName, task: string, capacityNats: number): number | undefined {
  return published("f1Frozen", { model, task, capacityNats })?.value;
}

/** Class matrix of a model against the Baseline (rule G5), [2, 2]. */
export function publishedClassMatrix(
  model: ModelName,
  capacityNats: number,
): NumericArray<Float64Array> | undefined {
  const entries = ["0-0", "0-1", "1-0", "1-1"].flatMap(
    (classes) => published("classDistortion", { model, classes, capacityNats })?.value ?? [],
  );
  return entries.length === 0 ? undefined : { shape: [2, 2], data: Float64Array.from(entries) };
}

/** Channels of five that a model uses. */
export function publishedChannelsUsed(model: ModelName, capacityNats: number): number | undefined {
  return published("channelsUsed", { model, capacityNats })?.value;
}

/** Mean distortion ratio of the code of a model at 0.3 nats against that at 10 (rule G4). */
export function publishedSqueeze(model: ModelName): number | undefined {
  return published("meanDistortionRatio", { model })?.value;
}
