/** What a channel's noise looks like next to what it transmits, as in Figure 1 of "Exact Rate-Distortion in Autoencoders via Echo Noise". */
import type { NumericArray } from "../numeric-array.js";
import {
  type FigureOptions,
  type FigureSpec,
  figure,
  requireFinite,
  requireLength,
  requireShape,
  requireSome,
} from "./figure.js";
import { type Domain, finiteExtent, plane, unit } from "./parts/plane.js";
import { tableOf } from "./table.js";
import { CATEGORY_COLOURS, GREY } from "./theme.js";

/** A channel with points of its noise and of its output, in two dimensions. */
export interface NoisyChannel {
  /** Such as `gaussian`. */
  readonly name: string;
  /** [points, 2], the noise as it is added, before it is scaled. */
  readonly noise: NumericArray;
  /** [points, 2], what comes out of the channel. */
  readonly output: NumericArray;
}

/** What a figure `noise-clouds` shows, as plain numbers and names. */
export interface NoiseCloudsData {
  /** [points, 2], what goes into every channel. */
  readonly source: NumericArray;
  readonly channels: readonly NoisyChannel[];
}

/** How a figure `noise-clouds` is drawn. */
export interface NoiseCloudsOptions extends FigureOptions {
  /** Side of a panel in pixels. Default 170. */
  readonly side?: number;
  /** Of a larger cloud this many points are drawn, evenly chosen. Default 1000. */
  readonly maxPoints?: number;
}

const SIDE = 170;
const MAX_POINTS = 1000;
const MARGIN = 0.05;

interface Cloud {
  readonly cloud: string;
  readonly points: NumericArray;
  readonly colour: string;
}

/**
 * A two-dimensional source next to the noise and the output of some channels, a row for each, all in the same
 * scale.
 * @param data points of the source, and of each channel.
 * @param options how it is drawn.
 * @throws UserError when an array is not [points, 2], is empty, or holds a number that is not finite.
 */
export function noiseClouds(
  { source, channels }: NoiseCloudsData,
  options: NoiseCloudsOptions = {},
): FigureSpec {
  requireSome(channels, "noise-clouds", "channel");
  const rows = channels.map(({ name, noise, output }, k) => {
    const colour = CATEGORY_COLOURS[k % CATEGORY_COLOURS.length];
    return [
      { cloud: `${name} noise`, points: noise, colour },
      { cloud: `${name} output`, points: output, colour },
    ];
  });
  const clouds: Cloud[] = [{ cloud: "source", points: source, colour: GREY }, ...rows.flat()];
  for (const cloud of clouds) requireCloud(cloud);
  const domains = commonDomains(clouds.map(({ points }) => points));
  const panel = (cloud: Cloud) => panelSpec(cloud, domains, options);
  const names = channels.map(({ name }) => `a ${name} channel`).join(" and of ");
  return figure(
    "noise-clouds",
    options,
    {
      title: "Noise and output",
      caption: [
        `A source in two dimensions, and the noise and the output of ${names}, all in the same scale.`,
      ],
    },
    { hconcat: [panel(clouds[0]), { vconcat: rows.map((row) => ({ hconcat: row.map(panel) })) }] },
    tableOf(
      clouds.flatMap(({ cloud, points: { shape, data } }) =>
        Array.from({ length: shape[0] }, (_, k) => ({ cloud, point: k, x: data[2 * k], y: data[2 * k + 1] })),
      ),
      { cloud: "cloud", point: "point", x: "x", y: "y" },
    ),
  );
}

function requireCloud({ cloud, points }: Cloud): void {
  const where = `noise-clouds, ${cloud}`;
  requireShape(points, ["points", "2"], where);
  requireLength(points.shape[1], 2, `${where}, coordinates`, "axes");
  requireFinite(points.data, where);
}

/** A square around all clouds: a unit is as long to the right as it is upwards. */
function commonDomains(clouds: readonly NumericArray[]): readonly Domain[] {
  const extents = [0, 1].map(
    (axis) => finiteExtent(clouds.flatMap(({ data }) => Array.from(data).filter((_, k) => k % 2 === axis)))!,
  );
  const reach = (0.5 + MARGIN) * (Math.max(...extents.map(([low, high]) => high - low)) || 1);
  return extents.map(([low, high]) => [(low + high) / 2 - reach, (low + high) / 2 + reach]);
}

function panelSpec({ cloud, points, colour }: Cloud, [x, y]: readonly Domain[], options: NoiseCloudsOptions) {
  const { side = SIDE, maxPoints = MAX_POINTS } = options;
  const [count] = points.shape;
  const shown = Math.min(count, maxPoints);
  const dots = Array.from({ length: shown }, (_, k) => {
    const point = Math.floor((k * count) / shown);
    return { x: points.data[2 * point], value: points.data[2 * point + 1] };
  });
  const axis = { title: null, ticks: 3, grid: false };
  return plane({ title: cloud, width: side, height: side }, { ...axis, domain: x }, { ...axis, domain: y }, [
    ...unit(dots, { type: "circle", size: 9, opacity: 0.45, color: colour }),
  ]);
}
