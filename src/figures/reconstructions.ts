import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import type { FigureSpec } from "./figure.js";
import { imageTable } from "./parts/image-table.js";
import { type GreyConvention, imageUri, pictureSize, requireImages } from "./parts/picture.js";
import { STYLE } from "./theme.js";

export interface ReconstructionsRow {
  /** `input`, `C = 10 nats`, ... */
  readonly title: string;
  /** [images, height, width] or [images, height, width, channels] in [0, 1]; the same images in every row. */
  readonly images: NumericArray;
}

export interface ReconstructionsData {
  readonly rows: readonly ReconstructionsRow[];
}

export interface ReconstructionsOptions {
  readonly title?: string;
  readonly caption?: string;
  /** Default `one-is-black`, as the Corridors are stored. */
  readonly convention?: GreyConvention;
}

const PICTURE_SIDE = 52;
const GAP = 6;

/**
 * Images and under each what the models made of it.
 * @throws UserError when a row is not [images, height, width] or holds another number of images than the first.
 */
export function reconstructions(data: ReconstructionsData, options: ReconstructionsOptions = {}): FigureSpec {
  const [first] = data.rows;
  if (!first)
    throw new UserError({
      where: "reconstructions",
      what: "no images given",
      remedy: "Give at least one row",
    });
  for (const row of data.rows) requireAlike(row, first);
  const [count] = first.images.shape;
  const convention = options.convention ?? "one-is-black";
  const { enlarge, ...picture } = pictureSize(first.images, PICTURE_SIDE);
  const values = data.rows.flatMap((row) =>
    Array.from({ length: count }, (_, index) => ({
      row: row.title,
      column: index,
      picture: imageUri(row.images, index, convention, enlarge),
    })),
  );
  const band = { scale: { padding: 0 }, sort: null };
  const axis = { domain: false, ticks: false, labelPadding: 8, labelFontSize: 12, title: null };
  return {
    name: "reconstructions",
    title: options.title ?? "Reconstructions",
    caption: options.caption ?? "Images of the validation split, and under each its reconstruction.",
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      width: count * (picture.width + GAP),
      height: data.rows.length * (picture.height + GAP),
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
    },
    table: imageTable(
      ["row", "image"],
      data.rows.map((row) => ({ images: row.images, headOf: (index) => [row.title, index] })),
    ),
  };
}

function requireAlike(row: ReconstructionsRow, first: ReconstructionsRow): void {
  const where = `reconstructions, ${row.title}`;
  requireImages(row.images, where);
  if (row.images.shape.join() === first.images.shape.join()) return;
  throw new UserError({
    where,
    what: `shape [${row.images.shape.join(", ")}] differs from [${first.images.shape.join(", ")}] of ${first.title}`,
    remedy: "Give the same number of images of the same size in every row",
  });
}
