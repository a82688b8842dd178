import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import type { FigureSpec } from "./figure.js";
import { imageTable } from "./parts/image-table.js";
import { type GreyConvention, imageUri, pictureSize, requireImages } from "./parts/picture.js";
import type { LayerSpec } from "./parts/vega-types.js";
import { STYLE } from "./theme.js";

export interface ImageGridPanel {
  /** `images`, `C = 10 nats`, ... */
  readonly title?: string;
  /** [images, height, width] or [images, height, width, channels] in [0, 1], in the order of reading. */
  readonly images: NumericArray;
}

export interface ImageGridData {
  /** Grids beside each other, the same images at the same places where they belong together. */
  readonly panels: readonly ImageGridPanel[];
}

export interface ImageGridOptions {
  readonly title?: string;
  readonly caption?: string;
  /** Images in a row. Default 12. */
  readonly columns?: number;
  /** Default `one-is-black`, as the Corridors are stored. */
  readonly convention?: GreyConvention;
}

const COLUMNS = 12;
const PICTURE_SIDE = 26;
const GAP = 4;

/**
 * Many small images in rows: samples of a prior, images beside their reconstructions.
 * @throws UserError when a panel holds no images or they are neither grey nor in colour, or `columns` is no number of
 * images.
 */
export function imageGrid(data: ImageGridData, options: ImageGridOptions = {}): FigureSpec {
  if (data.panels.length === 0) {
    throw new UserError({ where: "image-grid", what: "no images given", remedy: "Give at least one panel" });
  }
  const columns = options.columns ?? COLUMNS;
  if (!Number.isInteger(columns) || columns < 1) {
    throw new UserError({
      where: "image-grid, columns",
      what: `${columns} images cannot stand in a row`,
      remedy: "Give a whole number of at least 1",
    });
  }
  for (const [index, panel] of data.panels.entries()) {
    requireImages(panel.images, `image-grid, ${nameOf(panel, index)}`);
  }
  const convention = options.convention ?? "one-is-black";
  return {
    name: "image-grid",
    title: options.title ?? "Images",
    caption: options.caption ?? `Images in rows of ${columns}.`,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      hconcat: data.panels.map((panel) => panelSpec(panel, columns, convention)),
      spacing: 28,
    },
    table: imageTable(
      ["panel", "image"],
      data.panels.map((panel, index) => ({
        images: panel.images,
        headOf: (image) => [nameOf(panel, index), image],
      })),
    ),
  };
}

function nameOf({ title }: ImageGridPanel, index: number): string {
  return title ?? `panel ${index + 1}`;
}

function panelSpec(
  { title, images }: ImageGridPanel,
  columns: number,
  convention: GreyConvention,
): LayerSpec {
  const [count] = images.shape;
  const { enlarge, ...picture } = pictureSize(images, PICTURE_SIDE);
  const filled = Math.min(columns, count);
  const place = { type: "ordinal" as const, scale: { padding: 0 }, axis: null };
  return {
    ...(title === undefined ? {} : { title }),
    width: filled * (picture.width + GAP),
    height: Math.ceil(count / columns) * (picture.height + GAP),
    data: {
      values: Array.from({ length: count }, (_, index) => ({
        row: Math.floor(index / columns),
        column: index % columns,
        picture: imageUri(images, index, convention, enlarge),
      })),
    },
    encoding: { x: { field: "column", ...place }, y: { field: "row", ...place } },
    layer: [
      {
        mark: { type: "image", ...picture, aspect: false },
        encoding: { url: { field: "picture", type: "nominal" } },
      },
      { mark: { type: "rect", style: STYLE.pictureFrame, ...picture } },
    ],
  };
}
