/**
 * dSprites of Matthey, Higgins, Hassabis and Lerchner (2017): 737,280 binary images of 64 x 64 pixels, one for every combination of
 * shape, scale, orientation and position, in the archive that they published.
 */
import { refuse } from "../../errors.js";
import type { NumericData } from "../../numeric-array.js";
import { readNpy } from "../arrays/npy.js";
import { type NpzArchive, openNpz } from "../arrays/npz.js";
import { readNpzRows } from "../arrays/npz-rows.js";
import type { ImageTable } from "../dataset.js";
import { unpackedSource } from "../gzip.js";
import { chooseRows, type RowChoice } from "./choose-rows.js";
import { gridFactors, gridLength, SPRITE_FACTORS } from "./grid.js";

/** The archive's arrays: bytes [N, height, width], and the factors' values [N, 6], the constant colour first. */
const IMAGES = "imgs";
const CLASSES = "latents_classes";

/**
 * Reads images of dSprites and the values of their factors (rule D22). The archive is unpacked as a stream: the memory is that of the
 * chosen images, 4 kB each (3.0 GB for all of them), and some 100 MB.
 * @param path the published `.npz` file, or a smaller grid in its form.
 * @returns binary images `[64, 64, 1]`, 1 within the sprite, and the labels `shape`, `scale`, `orientation`, `posX`, `posY`.
 * @throws UserError when the file cannot be read, is damaged or is no grid of factors, or the choice fits it not.
 */
export function readDsprites(path: string, choice: RowChoice = {}): ImageTable {
  const archive = openNpz(unpackedSource(path));
  const missing = [IMAGES, CLASSES].find((key) => !archive.keys.includes(key));
  if (missing !== undefined) {
    refuse(path, `it holds no array ${missing}`, "Give the file as it was published");
  }
  const sizes = gridSizes(archive, path);
  const rows = chooseRows(sizes, choice, "dsprites rows");
  const { shape, data: images } = readNpzRows(archive, IMAGES, rows);
  const [, height, width, ...more] = shape;
  if (width === undefined || more.length > 0) {
    refuse(
      `${path}:${IMAGES}`,
      `each row has the shape [${shape.slice(1).join(", ")}], not [height, width]`,
      "Give the file as it was published",
    );
  }
  return {
    count: rows.length,
    imageShape: [height, width, 1],
    images,
    scale: isBinary(images) ? 1 : 1 / 255,
    labels: gridFactors(rows, sizes),
    labelNames: SPRITE_FACTORS,
  };
}

/** Whether an archive has the arrays of dSprites. */
export function looksLikeDsprites(path: string): boolean {
  const { keys } = openNpz(unpackedSource(path));
  return [IMAGES, CLASSES].every((key) => keys.includes(key));
}

/** How many values each factor has; the rows must be the whole grid in its order, as the subsets are given by row. */
function gridSizes(archive: NpzArchive, path: string): number[] {
  const { shape, data } = readNpy(archive.stream(CLASSES));
  const [count, columns = 0] = shape;
  const first = columns - SPRITE_FACTORS.length;
  if (shape.length === 2 && first >= 0) {
    const sizes = SPRITE_FACTORS.map((_, factor) => {
      let size = 0;
      for (let at = first + factor; at < data.length; at += columns) size = Math.max(size, data[at] + 1);
      return size;
    });
    if (gridLength(sizes) === count && isGrid(data, columns, sizes)) return sizes;
  }
  refuse(
    `${path}:${CLASSES}`,
    `its rows are not every combination of ${SPRITE_FACTORS.join(", ")} once, in order`,
    "Give the file as it was published",
  );
}

/** Whether the last columns of a table are the factors of a grid in its order. */
function isGrid(table: NumericData, columns: number, sizes: readonly number[]): boolean {
  const rows = Uint32Array.from({ length: gridLength(sizes) }, (_, row) => row);
  const first = columns - sizes.length;
  return gridFactors(rows, sizes).every((value, k) => {
    const row = Math.floor(k / sizes.length);
    return value === table[row * columns + first + (k % sizes.length)];
  });
}

function isBinary(images: Uint8Array): boolean {
  for (let k = 0; k < images.length; k++) {
    if (images[k] > 1) return false;
  }
  return true;
}
