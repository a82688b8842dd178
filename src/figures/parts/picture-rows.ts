import { UserError } from "../../errors.js";
import type { NumericArray } from "../../numeric-array.js";
import { STYLE } from "../theme.js";
import { type GreyConvention, imageUri, pictureSize, requireImages } from "./picture.js";
import type { LayerSpec } from "./vega-types.js";

/** A row of images under a name. */
export interface PictureRow {
  /** `input`, `C = 10 nats`, ... */
  readonly title: string;
  /** [images, height, width] or [images, height, width, channels] in [0, 1]; the same images in every row. */
  readonly images: NumericArray;
}

export interface PictureRowsOptions {
  readonly convention: GreyConvention;
  /** About how long the longer side of an image is, in the figure's units. */
  readonly side: number;
}

const GAP = 6;

/**
 * Checks that there are rows, and that all hold as many images of the same size.
 * @param where What the rows are drawn in, for the message.
 * @throws UserError when a row is not [images, height, width] or holds another number of images than the first.
 */
export function requirePictureRows(rows: readonly PictureRow[], where: string): void {
  const [first] = rows;
  if (!first) throw new UserError({ where, what: "no images given", remedy: "Give at least one row" });
  for (const row of rows) {
    requireImages(row.images, `${where}, ${row.title}`);
    if (row.images.shape.join() === first.images.shape.join()) continue;
    throw new UserError({
      where: `${where}, ${row.title}`,
      what: `shape [${row.images.shape.join(", ")}] differs from [${first.images.shape.join(", ")}] of ${first.title}`,
      remedy: "Give the same number of images of the same size in every row",
    });
  }
}

/** Rows of images below each other, each named at its left. */
export function pictureRows(
  rows: readonly PictureRow[],
  { convention, side }: PictureRowsOptions,
): LayerSpec {
  const { images } = rows[0];
  const [count] = images.shape;
  const { enlarge, ...picture } = pictureSize(images, side);
  const values = rows.flatMap((row) =>
    Array.from({ length: count }, (_, index) => ({
      row: row.title,
      column: index,
      picture: imageUri(row.images, index, convention, enlarge),
    })),
  );
  const band = { scale: { padding: 0 }, sort: null };
  const axis = { domain: false, ticks: false, labelPadding: 8, labelFontSize: 12, title: null };
  return {
    width: count * (picture.width + GAP),
    height: rows.length * (picture.height + GAP),
    data: { values },
    encoding: {
      x: { field: "column", type: "ordinal", ...band, axis: null },
      y: { field: "row", type: "ordinal", ...band, axis },
    },
    layer: [
      {
        mark: { type: "image", ...picture, aspect: false },
        encoding: { url: { field: "picture", type: "nominal" } },
      },
      { mark: { type: "rect", style: STYLE.pictureFrame, ...picture } },
    ],
  };
}
