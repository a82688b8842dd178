import { refuse } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { type FigureSpec, figure, requireLength, requireSome } from "./figure.js";
import { imageTable } from "./parts/image-table.js";
import { type ImageOptions, requireImages } from "./parts/picture.js";
import { imagesOf, pictureGrid } from "./parts/picture-grid.js";

/** One panel of a figure `image-grid`. */
export interface ImageGridPanel {
  /** `images`, `C = 10 nats`, ... */
  readonly title?: string;
  /** [images, height, width] or [images, height, width, channels] in [0, 1], in the order of reading. */
  readonly images: NumericArray;
  /** What stands under each image. Default: nothing. */
  readonly names?: readonly string[];
}

/** What a figure `image-grid` shows, as plain numbers and names. */
export interface ImageGridData {
  /** Grids next to each other, the same images at the same places where they belong together. */
  readonly panels: readonly ImageGridPanel[];
}

/** How a figure `image-grid` is drawn. */
export interface ImageGridOptions extends ImageOptions {
  /** Images in a row. Default 12. */
  readonly columns?: number;
  /** About how long the longer side of an image is, in pixels. Default 26. */
  readonly side?: number;
}

const COLUMNS = 12;
const PICTURE_SIDE = 26;

/**
 * Many small images in rows: samples of a prior, images next to their reconstructions.
 * @param data images for each panel.
 * @param options how it is drawn.
 * @throws UserError when a panel holds no images or they are neither grey nor in colour, or `columns` is no
 * number of images.
 */
export function imageGrid({ panels }: ImageGridData, options: ImageGridOptions = {}): FigureSpec {
  requireSome(panels, "image-grid", "panel of images");
  const { columns = COLUMNS, side = PICTURE_SIDE, convention } = options;
  if (!Number.isInteger(columns) || columns < 1) {
    refuse(
      "image-grid, columns",
      `${columns} images in a row are not possible`,
      "Give a whole number of at least 1",
    );
  }
  const nameOf = ({ title }: ImageGridPanel, index: number) => title ?? `panel ${index + 1}`;
  for (const [index, panel] of panels.entries()) {
    const where = `image-grid, ${nameOf(panel, index)}`;
    requireImages(panel.images, where);
    if (panel.names) requireLength(panel.names.length, panel.images.shape[0], `${where}, names`, "images");
  }
  return figure(
    "image-grid",
    options,
    { title: "Images", caption: [`Images in rows of ${columns}.`] },
    {
      hconcat: panels.map(({ title, images, names }) =>
        pictureGrid(imagesOf(images), { columns, side, convention, title, names }),
      ),
      spacing: 28,
    },
    imageTable(
      ["panel", "image"],
      panels.map((panel, index) => ({
        images: panel.images,
        headOf: (image) => [nameOf(panel, index), image],
      })),
    ),
  );
}
