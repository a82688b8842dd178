import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { type FigureSpec, figure, type LayerSpec, requireLength, requireSome } from "./figure.js";
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

export interface TraversalPanel {
  /** Which model: `C = 10 nats`, ... */
  readonly title: string;
  /**
   * [channels * values, height, width] or [channels * values, height, width, channels of colour] in [0, 1]: for one
   * latent channel after the other, what is decoded at each of the values.
   */
  readonly images: NumericArray;
}

export interface TraversalData {
  readonly panels: readonly TraversalPanel[];
  /** Names of the latent channels, such as `z1`. */
  readonly channelNames: readonly string[];
  /** What the channel is set to, rising in equal steps. */
  readonly values: readonly number[];
}

export type TraversalOptions = ImageOptions;

const PICTURE_SIDE = 39;
const GAP = 5;
const MAXIMUM_TICKS = 9;

/**
 * What each latent channel does to the image: a row for each channel, its value rising from left to right while all
 * others are 0.
 * @throws UserError when a panel does not hold an image for each channel and value, or the values do not rise in equal
 * steps.
 */
export function traversal(data: TraversalData, options: TraversalOptions = {}): FigureSpec {
  requireTraversal(data);
  const { channelNames, values, panels } = data;
  return figure(
    "traversal",
    options,
    {
      title: "Latent traversal",
      caption: [
        "What is decoded when one channel of the code takes the value below and all others are 0; one row for each channel.",
      ],
    },
    { vconcat: panels.map((panel) => panelSpec(panel, data, options.convention ?? CONVENTION)), spacing: 18 },
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
 * @throws UserError naming the panel or the values.
 */
export function requireTraversal({ panels, channelNames, values }: TraversalData): void {
  requireSome(panels, "traversal", "panel of images");
  requireSome(channelNames, "traversal", "channel");
  const step = values[1] - values[0];
  const even = values.every((value, k) => Math.abs(value - (values[0] + k * step)) <= 1e-6 * step);
  if (values.length < 2 || !(step > 0) || !even) {
    throw new UserError({
      where: "traversal, values",
      what: "the values do not rise in equal steps",
      remedy: "Give two or more values, each greater than the last by the same step",
    });
  }
  for (const { title, images } of panels) {
    const where = `traversal, ${title}`;
    requireImages(images, where);
    requireLength(images.shape[0], channelNames.length * values.length, where, "channels and values");
  }
}

function panelSpec(
  { title, images }: TraversalPanel,
  { channelNames, values, panels }: TraversalData,
  convention: GreyConvention,
): LayerSpec {
  const { enlarge, ...picture } = pictureSize(images, PICTURE_SIDE);
  const step = values[1] - values[0];
  const rows = Array.from({ length: images.shape[0] }, (_, index) => ({
    channel: channelNames[Math.floor(index / values.length)],
    value: values[index % values.length],
    picture: imageUri(images, index, convention, enlarge),
  }));
  const axis = { domain: false, grid: false };
  return {
    ...(panels.length === 1 ? {} : { title }),
    width: values.length * (picture.width + GAP),
    height: channelNames.length * (picture.height + GAP),
    encoding: {
      x: {
        field: "value",
        type: "quantitative",
        title: "value of the channel",
        scale: { domain: [values[0] - step / 2, values.at(-1)! + step / 2], nice: false, zero: false },
        axis: { ...axis, values: tickValues(values), format: "~g" },
      },
      y: {
        field: "channel",
        type: "ordinal",
        sort: null,
        title: null,
        scale: { padding: 0 },
        axis: { ...axis, ticks: false, labelPadding: 8, labelFontSize: 12 },
      },
    },
    layer: pictureMarks(rows, picture),
  };
}

/** Values under which a number stands: all of a few; of many, whole ones; of others, the ends and the middle. */
function tickValues(values: readonly number[]): number[] {
  if (values.length <= MAXIMUM_TICKS) return [...values];
  const whole = values.filter((value) => Math.abs(value - Math.round(value)) < 1e-9).map(Math.round);
  if (whole.length >= 3 && whole.length <= MAXIMUM_TICKS) return whole;
  return [0, (values.length - 1) / 2, values.length - 1].map((k) => values[Math.floor(k)]);
}
