import { refuse } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { type FigureSpec, figure, requireLength, requireSome } from "./figure.js";
import { labelText } from "./parts/heat-map.js";
import { imageTable } from "./parts/image-table.js";
import { type ImageOptions, requireImages } from "./parts/picture.js";
import { imagesOf, pictureGrid } from "./parts/picture-grid.js";

/** One panel of a figure `traversal`. */
export interface TraversalPanel {
  /** Which model: `C = 10 nats`, ... */
  readonly title: string;
  /**
   * [channels * values, height, width] or [channels * values, height, width, channels of colour] in [0, 1]: for one
   * latent channel after the other, what is decoded at each of the values.
   */
  readonly images: NumericArray;
}

/** What a figure `traversal` shows, as plain numbers and names. */
export interface TraversalData {
  readonly panels: readonly TraversalPanel[];
  /** Names of the latent channels, such as `z1`. */
  readonly channelNames: readonly string[];
  /** What the channel is set to, rising in equal steps. */
  readonly values: readonly number[];
}

/** How a figure `traversal` is drawn. */
export type TraversalOptions = ImageOptions;

const PICTURE_SIDE = 39;
const MAXIMUM_NAMES = 9;

/**
 * What each latent channel does to the image: a row for each channel, its value rising from left to right while all
 * others are 0.
 * @throws UserError when a panel does not hold an image for each channel and value, or the values do not rise in equal
 * steps.
 */
export function traversal(data: TraversalData, options: TraversalOptions = {}): FigureSpec {
  requireTraversal(data);
  const { channelNames, values, panels } = data;
  const named = namedColumns(values);
  return figure(
    "traversal",
    options,
    {
      title: "Latent traversal",
      caption: [
        "What is decoded when one channel of the code takes the value below and all others are 0; one row for each channel.",
      ],
    },
    {
      vconcat: panels.map(({ title, images }) =>
        pictureGrid(imagesOf(images), {
          columns: values.length,
          side: PICTURE_SIDE,
          convention: options.convention,
          title: panels.length === 1 ? undefined : title,
          rowNames: channelNames,
          under: {
            title: "value of the channel",
            columns: named,
            names: named.map((k) => labelText(values[k])),
          },
        }),
      ),
      spacing: 18,
    },
    imageTable(
      ["panel", "channel", "code"],
      panels.map(({ title, images }) => ({
        images,
        headOf: (index) => [
          title,
          channelNames[Math.floor(index / values.length)],
          values[index % values.length],
        ],
      })),
    ),
  );
}

/**
 * Checks what a traversal is drawn from.
 * @param data panels, channels and values.
 * @throws UserError naming the panel or the values.
 */
export function requireTraversal({ panels, channelNames, values }: TraversalData): void {
  requireSome(panels, "traversal", "panel of images");
  requireSome(channelNames, "traversal", "channel");
  const step = values[1] - values[0];
  const even = values.every((value, k) => Math.abs(value - (values[0] + k * step)) <= 1e-6 * step);
  if (values.length < 2 || !(step > 0) || !even) {
    refuse(
      "traversal, values",
      "the values do not rise in equal steps",
      "Give two or more values, each greater than the last by the same step",
    );
  }
  for (const { title, images } of panels) {
    const where = `traversal, ${title}`;
    requireImages(images, where);
    requireLength(images.shape[0], channelNames.length * values.length, where, "channels and values");
  }
}

/** Columns under which a number stands: all of a few; of many, those of whole numbers; of others, the ends and the middle. */
function namedColumns(values: readonly number[]): number[] {
  const all = values.map((_, k) => k);
  if (all.length <= MAXIMUM_NAMES) return all;
  const whole = all.filter((k) => Math.abs(values[k] - Math.round(values[k])) < 1e-9);
  if (whole.length >= 3 && whole.length <= MAXIMUM_NAMES) return whole;
  return [0, Math.floor((all.length - 1) / 2), all.length - 1];
}
