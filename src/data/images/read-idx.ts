import { basename, dirname, join } from "node:path";
import { refuse } from "../../errors.js";
import { findDataFile } from "../data-folder.js";
import { type ImageTable, labelNamesFor } from "../dataset.js";
import type { ImageIdxOptions } from "../file-keys.js";
import { readIdx } from "../idx.js";

/**
 * Grey images, a byte a pixel, from an idx file of any name (rule D30), packed with gzip or not, with the labels of the file beside it:
 * `emnist-letters-train-labels-idx1-ubyte` for `emnist-letters-train-images-idx3-ubyte`.
 * @throws UserError when a file is missing, truncated, damaged or of another kind, and when there are not as many labels as images.
 */
export function readImageIdx(
  path: string,
  { labels: wanted, labelNames }: ImageIdxOptions = {},
): ImageTable & { readonly images: Uint8Array } {
  const nameOfLabels = labelFileOf(basename(path));
  const isWanted = wanted !== 0 && nameOfLabels !== undefined;
  const found = isWanted ? findDataFile(dirname(path), [nameOfLabels]) : undefined;
  const width = found ? 1 : 0;
  if (wanted !== undefined && wanted !== width) {
    const place = nameOfLabels && join(dirname(path), nameOfLabels);
    refuse(
      path,
      `the option labels is ${wanted}, and ${found ? `${found} has one` : `there is no file ${place ?? "of labels"} beside it`}`,
      `Remove the option labels${found || !place ? "" : ", or put the labels there"}`,
    );
  }
  const names = labelNamesFor(width, path, labelNames);
  const warning = `${path}: the images have no labels: there is no ${nameOfLabels} beside it`;
  return {
    ...idxTable(path, found),
    labelNames: names,
    ...(isWanted && !found && { warnings: [warning] }),
  };
}

/**
 * Images of one idx file and labels of another.
 * @param labelFile where there are labels.
 * @throws UserError as {@link readImageIdx}.
 */
export function idxTable(
  imageFile: string,
  labelFile: string | undefined,
): Omit<ImageTable, "labelNames"> & { readonly images: Uint8Array } {
  const images = readIdx(imageFile, 3);
  const labels = labelFile === undefined ? undefined : readIdx(labelFile, 1);
  const [count, height, width] = images.shape as [number, number, number];
  if (labelFile !== undefined && labels && labels.data.length !== count) {
    refuse(
      labelFile,
      `it has ${labels.data.length} labels, and ${imageFile} has ${count} images`,
      "Copy or download the two again: they do not belong together",
    );
  }
  return {
    count,
    imageShape: [height, width, 1],
    images: images.data,
    scale: 1 / 255,
    labels: labels && Int32Array.from(labels.data),
  };
}

/** What the labels of a file of images are called, packed or not; undefined where its name does not say that it holds images. */
function labelFileOf(name: string): string | undefined {
  const labels = name.replace(/\.gz$/i, "").replace(/images([-.]idx)3/, "labels$11");
  return labels.includes("labels") ? labels : undefined;
}
