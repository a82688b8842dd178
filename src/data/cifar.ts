import { refuse } from "../errors.js";
import type { ImageTable } from "./dataset.js";
import { readUnpacked } from "./gzip.js";

const SIDE = 32;
const CHANNELS = 3;
const PLANE = SIDE * SIDE;
const IMAGE_BYTES = CHANNELS * PLANE;
const RECORD_BYTES = 1 + IMAGE_BYTES;
const CLASSES = 10;

/**
 * Reads a binary batch of CIFAR-10: for each image a byte for its class, then the planes of red, green and blue, 32 x 32 bytes
 * each. Source: Krizhevsky, *Learning multiple layers of features from tiny images*, and the data's page.
 * @returns colour images, channels last, with the label `class`.
 * @throws UserError when the file cannot be read, is not a whole number of such records, or has a class above 9.
 */
export function readCifarBatch(path: string): ImageTable {
  const bytes = readUnpacked(path);
  const count = bytes.length / RECORD_BYTES;
  if (count === 0 || !Number.isInteger(count)) {
    refuse(
      path,
      `its ${bytes.length} bytes are no whole number of records of ${RECORD_BYTES} bytes, a class and an image`,
      "It is truncated, or not of the binary version: copy or download it again",
    );
  }
  const images = new Uint8Array(count * IMAGE_BYTES);
  const labels = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const start = row * RECORD_BYTES;
    labels[row] = bytes[start];
    if (bytes[start] >= CLASSES) {
      refuse(
        `${path}, record ${row + 1}`,
        `a class of ${bytes[start]}, where there are ${CLASSES}, from 0`,
        "The file is damaged, or not of CIFAR-10: copy or download it again",
      );
    }
    for (let channel = 0; channel < CHANNELS; channel++) {
      const plane = start + 1 + channel * PLANE;
      const into = row * IMAGE_BYTES + channel;
      for (let k = 0; k < PLANE; k++) images[into + CHANNELS * k] = bytes[plane + k];
    }
  }
  return {
    count,
    imageShape: [SIDE, SIDE, CHANNELS],
    images,
    scale: 1 / 255,
    labels,
    labelNames: ["class"],
  };
}
