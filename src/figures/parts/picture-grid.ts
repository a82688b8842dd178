import type { NumericArray } from "../../numeric-array.js";
import { type LayerSpec, requireSameShape, requireSome } from "../figure.js";
import { STYLE } from "../theme.js";
import { type GreyConvention, imageUri, pictureMarks, pictureSize, requireImages } from "./picture.js";
import { plane, text } from "./plane.js";

/** A row of images under a name. */
export interface PictureRow {
  /** `input`, `C = 10 nats`, ... */
  readonly title: string;
  /** [images, height, width] or [images, height, width, channels] in [0, 1]; the same images in every row. */
  readonly images: NumericArray;
}

interface Grid {
  readonly columns: number;
  /** The longer side of an image takes about this many units. */
  readonly side: number;
  readonly convention: GreyConvention | undefined;
  readonly title?: string | undefined;
  /** Under each image. */
  readonly names?: readonly string[] | undefined;
  /** At the left of each row. */
  readonly rowNames?: readonly string[];
  /** Under some of the columns, and what they are. */
  readonly under?: {
    readonly title: string | null;
    readonly columns: readonly number[];
    readonly names: readonly string[];
  };
}

const GAP = 5;
/** Height of a name under an image. */
const NAME = 14;

/** One image of an array. */
interface Cell {
  readonly images: NumericArray;
  readonly index: number;
}

/** All images of an array. */
export function imagesOf(images: NumericArray): Cell[] {
  return Array.from({ length: images.shape[0] }, (_, index) => ({ images, index }));
}

/** Images of one size in rows, in the order of reading. */
export function pictureGrid(
  images: readonly Cell[],
  { columns, side, convention, title, names, rowNames, under }: Grid,
): LayerSpec {
  const { enlarge, ...picture } = pictureSize(images[0].images, side);
  const cells = images.map(({ images, index }, k) => ({
    x: k % columns,
    value: Math.floor(k / columns),
    picture: imageUri(images, index, convention, enlarge),
  }));
  const across = Math.min(columns, cells.length);
  const down = Math.ceil(cells.length / columns);
  const height = picture.height + GAP + (names ? NAME : 0);
  const named = names ? cells.map(({ x, value }, k) => ({ x, value, text: names[k] })) : [];
  const row = { title: null, domain: [down - 0.5, -0.5] as const, bare: true };
  const column = { title: under?.title ?? null, domain: [-0.5, across - 0.5] as const, bare: true };
  return plane(
    { width: across * (picture.width + GAP), height: down * height, title },
    under ? { ...column, ticks: under.columns, names: under.names } : { ...column, hidden: true },
    rowNames ? { ...row, ticks: rowNames.map((_, k) => k), names: rowNames } : { ...row, hidden: true },
    [
      ...pictureMarks(cells, picture),
      ...text(named, { style: STYLE.annotation, baseline: "top", dy: picture.height / 2 + 3 }),
    ],
  );
}

/** Rows of images below each other, each named at its left. */
export function pictureRows(
  rows: readonly PictureRow[],
  side: number,
  convention: GreyConvention | undefined,
  title?: string,
) {
  const [columns] = rows[0].images.shape;
  const rowNames = rows.map((row) => row.title);
  return pictureGrid(
    rows.flatMap(({ images }) => imagesOf(images)),
    { columns, side, convention, rowNames, title },
  );
}

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
