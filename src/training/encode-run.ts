import type { LabelledCodes } from "../data/codes/write.js";
import type { Dataset } from "../data/dataset.js";
import { inSourceOrder } from "../data/shuffle.js";
import type { Device } from "../onnx/devices.js";
import { encodeTable } from "./encode.js";
import type { Experiment } from "./experiment.js";
import type { TrainedModel } from "./state.js";
import type { TrainedRun } from "./trained-run.js";

/** Which rows of its data a run encodes, as choices for people. */
export const ENCODED_ROWS = ["all", "train", "validation", "test"] as const;
/** One of {@link ENCODED_ROWS}. */
export type EncodedRows = (typeof ENCODED_ROWS)[number];

/**
 * What of the code is kept: one sample of it for each image, as the decoder and the heads see it, or its
 * centre.
 */
export const ENCODED_AS = ["sample", "mean"] as const;
/** One of {@link ENCODED_AS}. */
export type EncodedAs = (typeof ENCODED_AS)[number];

/** What {@link encodeRun} is to make. */
export interface EncodeOptions {
  /** All by default, so that the codes have the rows of the images, in the order of their source. */
  readonly rows?: EncodedRows;
  /** The sample by default, as in the authors' encoded data sets. */
  readonly as?: EncodedAs;
  /** Hears after each batch how many of how many are done. */
  readonly onBatch?: (done: number, of: number) => void;
}

/**
 * The codes of an autoencoder's own data with their labels (rule D15): a data set for classifiers on a code
 * that does not change. The noise of the samples depends on the run's seed and on an image's place among the
 * rows asked for, so that the same call gives the same codes on the same device.
 * @param trained the run.
 * @param device where it is encoded.
 * @param options which rows, and whether samples or centres.
 * @returns codes [N, D] and labels [N, L].
 * @throws UserError for test rows where the split leaves none, and for a single image where the channel makes
 * its noise of other images.
 */
export function encodeRun(
  trained: TrainedRun,
  device: Device,
  { rows = "all", ...options }: EncodeOptions = {},
): Promise<LabelledCodes> {
  return encodeLabelled(trained, device, rowsOf(trained.experiment, rows), options);
}

/** Rows of an experiment's data; all of them in the order of their source. */
export function rowsOf({ dataset, split }: Experiment, rows: EncodedRows): Dataset {
  return rows === "all" ? inSourceOrder(dataset) : split[rows];
}

/** The codes of any images with their labels, as {@link encodeRun} gives those of a run's own. */
export async function encodeLabelled(
  trained: TrainedModel,
  device: Device,
  table: Dataset,
  { as = "sample", onBatch }: Omit<EncodeOptions, "rows"> = {},
): Promise<LabelledCodes> {
  const { mean, code } = await encodeTable(trained, device, table, onBatch);
  const { count, labels, labelNames } = table;
  return {
    codes: as === "mean" ? mean : code,
    labels: labels && { shape: [count, labelNames.length], data: labels },
    labelNames,
  };
}
