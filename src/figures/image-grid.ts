import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { type FigureSpec, figure, type LayerSpec, requireSome } from "./figure.js";
import { imageTable } from "./parts/image-table.js";
import {
  CONVENTION,
  type GreyConvention,
  type ImageOptions,
  imageUri,
  pictureMarks,
  pictureSize,
  requireImages,
} from "./parts/picture.js";

export interface ImageGridPanel {
  /** `images`, `C = 10 nats`, ... */
  readonly title?: string;
  /** [images, height, width] or [images, height, width, channels] in [0, 1], in the order of reading. */
  readonly images: NumericArray;
}

export interface ImageGridData {
  /** Grids next to each other, the same images at the same places where they belong together. */
  readonly panels: readonly ImageGridPanel[];
}

export interface ImageGridOptions extends ImageOptions {
  /** Images in a row. Default 12. */
  readonly columns?: number;
}

const COLUMNS = 12;
const PICTURE_SIDE = 26;
const GAP = 4;

/**
 * Many small images in rows: samples of a prior, images next to their reconstructions.
 * @throws UserError when a panel holds no images or they are neither grey nor in colour, or `columns` is no number of
 * images.
 */
export function imageGrid({ panels }: ImageGridData, options: ImageGridOptions = {}): FigureSpec {
  requireSome(panels, "image-grid", "panel of images");
  const { columns = COLUMNS, convention = CONVENTION } = options;
  if (!Number.isInteger(columns) || columns < 1) {
    throw new UserError({
      where: "image-grid, columns",
      what: `${columns} images in a row are not possible`,
      remedy: "Give a whole number of at least 1",
    });
  }
  const nameOf = ({ title }: ImageGridPanel, index: number) => title ?? `panel ${index + 1}`;
  for (const [index, panel] of panels.entries())
    requireImages(panel.images, `image-grid, ${nameOf(panel, index)}`);
  return figure(
    "image-grid",
    options,
    { title: "Images", caption: [`Images in rows of ${columns}.`] },
    { hconcat: panels.map((panel) => panelSpec(panel, columns, convention)), spacing: 28 },
    imageTable(
      ["panel", "image"],
      panels.map((panel, index) => ({
        images: panel.images,
        headOf: (image) => [nameOf(panel, index), image],
      })),
    ),
  );
}

function panelSpec(
  { title, images }: ImageGridPanel,
  columns: number,
  convention: GreyConvention,
): LayerSpec {
  const [count] = images.shape;
  const { enlarge, ...picture } = pictureSize(images, PICTURE_SIDE);
  const values = Array.from({ length: count }, (_, index) => ({
    row: Math.floor(index / columns),
    column: index % columns,
    picture: imageUri(images, index, convention, enlarge),
  }));
  const place = { type: "ordinal" as const, scale: { padding: 0 }, axis: null };
  return {
    ...(title === undefined ? {} : { title }),
    width: Math.min(columns, count) * (picture.width + GAP),
    height: Math.ceil(count / columns) * (picture.height + GAP),
    encoding: { x: { field: "column", ...place }, y: { field: "row", ...place } },
    layer: pictureMarks(values, picture),
  };
}
