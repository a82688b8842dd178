import type { NumericArray } from "../../numeric-array.js";
import { type LayerSpec, requireSameShape, requireSome } from "../figure.js";
import { type GreyConvention, imageUri, pictureMarks, pictureSize, requireImages } from "./picture.js";

/** A row of images under a name. */
export interface PictureRow {
  /** `input`, `C = 10 nats`, ... */
  readonly title: string;
  /** [images, height, width] or [images, height, width, channels] in [0, 1]; the same images in every row. */
  readonly images: NumericArray;
}

const GAP = 6;

/**
 * Checks that there are rows, and that all hold as many images of the same size.
 * @param where What the rows are drawn in, for the message.
 * @throws UserError when a row is not [images, height, width] or holds another number of images than the first.
 */
export function requirePictureRows(rows: readonly PictureRow[], where: string): void {
  requireSome(rows, where, "row of images");
  for (const { title, images } of rows) {
    requireImages(images, `${where}, ${title}`);
    requireSameShape(images, rows[0].images, `${where}, ${title}`, rows[0].title);
  }
}

/** Rows of images below each other, each named at its left; the longer side of an image takes about `side` units. */
export function pictureRows(
  rows: readonly PictureRow[],
  side: number,
  convention: GreyConvention,
): LayerSpec {
  const [{ images }] = rows;
  const [count] = images.shape;
  const { enlarge, ...picture } = pictureSize(images, side);
  const values = rows.flatMap((row) =>
    Array.from({ length: count }, (_, column) => ({
      row: row.title,
      column,
      picture: imageUri(row.images, column, convention, enlarge),
    })),
  );
  const band = { type: "ordinal" as const, scale: { padding: 0 }, sort: null };
  const axis = { domain: false, ticks: false, labelPadding: 8, labelFontSize: 12, title: null };
  return {
    width: count * (picture.width + GAP),
    height: rows.length * (picture.height + GAP),
    encoding: { x: { field: "column", ...band, axis: null }, y: { field: "row", ...band, axis } },
    layer: pictureMarks(values, picture),
  };
}
