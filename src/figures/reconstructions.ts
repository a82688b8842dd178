import type { FigureSpec } from "./figure.js";
import { imageTable } from "./parts/image-table.js";
import type { GreyConvention } from "./parts/picture.js";
import { type PictureRow, pictureRows, requirePictureRows } from "./parts/picture-rows.js";

export interface ReconstructionsData {
  readonly rows: readonly PictureRow[];
}

export interface ReconstructionsOptions {
  readonly title?: string;
  readonly caption?: string;
  /** Default `one-is-black`, as the Corridors are stored. */
  readonly convention?: GreyConvention;
}

const PICTURE_SIDE = 52;

/**
 * Images and under each what the models made of it.
 * @throws UserError when a row is not [images, height, width] or holds another number of images than the first.
 */
export function reconstructions(data: ReconstructionsData, options: ReconstructionsOptions = {}): FigureSpec {
  requirePictureRows(data.rows, "reconstructions");
  return {
    name: "reconstructions",
    title: options.title ?? "Reconstructions",
    caption: options.caption ?? "Images of the validation split, and under each its reconstruction.",
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      ...pictureRows(data.rows, { convention: options.convention ?? "one-is-black", side: PICTURE_SIDE }),
    },
    table: imageTable(
      ["row", "image"],
      data.rows.map((row) => ({ images: row.images, headOf: (index) => [row.title, index] })),
    ),
  };
}
