import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { type FigureSpec, requireLength } from "./figure.js";
import { imageTable } from "./parts/image-table.js";
import { type GreyConvention, imageUri, pictureSize, requireImages } from "./parts/picture.js";
import type { LayerSpec } from "./parts/vega-types.js";
import { STYLE } from "./theme.js";

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

export interface TraversalOptions {
  readonly title?: string;
  readonly caption?: string;
  /** Default `one-is-black`, as the Corridors are stored. */
  readonly convention?: GreyConvention;
}

const PICTURE_SIDE = 39;
const GAP = 5;
const MOST_TICKS = 9;

/**
 * What each latent channel does to the image: a row for each channel, its value rising from left to right while all
 * others are 0.
 * @throws UserError when a panel does not hold an image for each channel and value, or the values do not rise in equal
 * steps.
 */
export function traversal(data: TraversalData, options: TraversalOptions = {}): FigureSpec {
  requireTraversal(data);
  const { channelNames, values, panels } = data;
  return {
    name: "traversal",
    title: options.title ?? "Latent traversal",
    caption:
      options.caption ??
      "What is decoded when one channel of the code takes the value below and all others are 0; one row for each channel.",
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      vconcat: panels.map((panel) => panelSpec(panel, data, options.convention ?? "one-is-black")),
      spacing: 18,
    },
    table: imageTable(
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
  };
}

/**
 * Checks what a traversal is drawn from.
 * @throws UserError naming the panel or the values.
 */
export function requireTraversal({ panels, channelNames, values }: TraversalData): void {
  if (panels.length === 0 || channelNames.length === 0) {
    throw new UserError({
      where: "traversal",
      what: panels.length === 0 ? "no images given" : "no channels given",
      remedy: "Give at least one panel and one channel",
    });
  }
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
  const ends = [values[0] - step / 2, values.at(-1)! + step / 2];
  const axis = { domain: false, ticks: false, grid: false };
  return {
    ...(panels.length === 1 ? {} : { title }),
    width: values.length * (picture.width + GAP),
    height: channelNames.length * (picture.height + GAP),
    data: {
      values: Array.from({ length: images.shape[0] }, (_, index) => ({
        channel: channelNames[Math.floor(index / values.length)],
        value: values[index % values.length],
        picture: imageUri(images, index, convention, enlarge),
      })),
    },
    encoding: {
      x: {
        field: "value",
        type: "quantitative",
        title: "value of the channel",
        scale: { domain: ends, nice: false, zero: false },
        axis: { ...axis, ticks: true, values: tickValues(values), format: "~g" },
      },
      y: {
        field: "channel",
        type: "ordinal",
        sort: null,
        title: null,
        scale: { padding: 0 },
        axis: { ...axis, labelPadding: 8, labelFontSize: 12 },
      },
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

/** Values under which a number stands: all of a few; of many, whole ones; of others, the ends and the middle. */
function tickValues(values: readonly number[]): number[] {
  if (values.length <= MOST_TICKS) return [...values];
  const whole = values.filter((value) => Math.abs(value - Math.round(value)) < 1e-9).map(Math.round);
  if (whole.length >= 3 && whole.length <= MOST_TICKS) return whole;
  return [0, (values.length - 1) / 2, values.length - 1].map((k) => values[Math.floor(k)]);
}
