import { requireDataFile } from "./data-folder.js";
import type { ImageTable } from "./dataset.js";
import { idxTable } from "./images/read-idx.js";

/** The two halves of an MNIST-like data set, as their files are called. */
export type IdxPart = "train" | "t10k";

/** The names that a file of a part goes by: as published, and as some copies have them. */
export function idxNames(part: IdxPart, content: "images-idx3" | "labels-idx1"): readonly string[] {
  return [`${part}-${content}-ubyte`, `${part}-${content.replace("-", ".")}-ubyte`];
}

/** Where the files of a part lie, and how messages speak of them. */
export interface IdxPlace {
  readonly folder: string;
  readonly part: IdxPart;
  /** The name by which `narrows datasets get` knows the data. */
  readonly dataset: string;
  readonly labelName: string;
  /** A way on where the files are missing, besides getting them. */
  readonly otherwise?: string | undefined;
}

/**
 * Reads a part of an MNIST-like data set: grey images, a byte a pixel, and their labels, each in an idx file, packed with gzip or not.
 * @throws UserError when a file is missing, truncated, damaged or of another kind, and when there are not as many labels as
 * images.
 */
export function readIdxImages(place: IdxPlace): ImageTable & { readonly images: Uint8Array } {
  const { folder, part, dataset, labelName, otherwise } = place;
  const imageFile = requireDataFile(folder, idxNames(part, "images-idx3"), dataset, otherwise);
  const labelFile = requireDataFile(folder, idxNames(part, "labels-idx1"), dataset);
  return { ...idxTable(imageFile, labelFile), labelNames: [labelName] };
}
