import { type FigureSpec, figure } from "./figure.js";
import { imageTable } from "./parts/image-table.js";
import type { ImageOptions } from "./parts/picture.js";
import { type PictureRow, pictureRows, requirePictureRows } from "./parts/picture-grid.js";

/** What a figure `reconstructions` shows, as plain numbers and names. */
export interface ReconstructionsData {
  readonly rows: readonly PictureRow[];
}

/** How a figure `reconstructions` is drawn. */
export type ReconstructionsOptions = ImageOptions;

const PICTURE_SIDE = 52;

/**
 * Images, and under each what the models made of it.
 * @param data a row for the images and for each model.
 * @param options how it is drawn.
 * @throws UserError when a row is not [images, height, width] or holds another number of images than the
 * first.
 */
export function reconstructions(
  { rows }: ReconstructionsData,
  options: ReconstructionsOptions = {},
): FigureSpec {
  requirePictureRows(rows, "reconstructions");
  return figure(
    "reconstructions",
    options,
    { title: "Reconstructions", caption: ["Images, and under each its reconstruction."] },
    pictureRows(rows, PICTURE_SIDE, options.convention),
    imageTable(
      ["row", "image"],
      rows.map(({ title, images }) => ({ images, headOf: (index) => [title, index] })),
    ),
  );
}
