/** What a channel's noise looks like beside what it transmits, as in Figure 1 of "Exact Rate-Distortion in Autoencoders via Echo Noise". */
import type { NumericArray } from "../numeric-array.js";
import { type FigureSpec, requireFinite, requireLength, requireShape } from "./figure.js";
import { finiteExtent } from "./parts/extent.js";
import type { LayerSpec } from "./parts/vega-types.js";
import { CATEGORY_COLOURS } from "./theme.js";

/** Both [points, 2]. */
export interface NoisyCloud {
  /** The noise as it is added, before it is scaled. */
  readonly noise: NumericArray;
  /** What comes out of the channel. */
  readonly output: NumericArray;
}

export interface NoiseCloudsData {
  /** [points, 2]: what goes into both channels. */
  readonly source: NumericArray;
  readonly gaussian: NoisyCloud;
  readonly echo: NoisyCloud;
}

export interface NoiseCloudsOptions {
  readonly title?: string;
  readonly caption?: string;
  /** Side of a panel in pixels. Default 170. */
  readonly side?: number;
  /** Of a larger cloud so many points are drawn, evenly chosen. Default 1000. */
  readonly maxPoints?: number;
}

const SIDE = 170;
const MAX_POINTS = 1000;
const MARGIN = 0.05;
const [ECHO, GAUSSIAN, , , , , , SOURCE] = CATEGORY_COLOURS;

/**
 * A two-dimensional source beside the noise and the output of a gaussian channel (upper row) and of an Echo channel (lower
 * row), all in the same scale: Echo's noise and its output are clouds of one shape.
 * @throws UserError when an array is not [points, 2], is empty, or holds a number that is not finite.
 */
export function noiseClouds(
  { source, gaussian, echo }: NoiseCloudsData,
  options: NoiseCloudsOptions = {},
): FigureSpec {
  const clouds: readonly Cloud[] = [
    { title: "source", points: source, colour: SOURCE },
    { title: "gaussian noise", points: gaussian.noise, colour: GAUSSIAN },
    { title: "gaussian output", points: gaussian.output, colour: GAUSSIAN },
    { title: "Echo noise", points: echo.noise, colour: ECHO },
    { title: "Echo output", points: echo.output, colour: ECHO },
  ];
  for (const cloud of clouds) requireCloud(cloud);
  const domains = commonDomains(clouds.map(({ points }) => points));
  const [first, ...others] = clouds.map((cloud) => panelSpec(cloud, domains, options));
  return {
    name: "noise-clouds",
    title: options.title ?? "Noise and output of two channels",
    caption:
      options.caption ??
      "A source in two dimensions, and the noise and the output of a gaussian channel and of an Echo channel, all in the same scale. Echo's noise is made of other samples of the source, so its cloud has the shape of the output.",
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      hconcat: [first, { vconcat: [{ hconcat: others.slice(0, 2) }, { hconcat: others.slice(2) }] }],
    },
    table: {
      columns: ["cloud", "point", "x", "y"],
      rows: clouds.flatMap(({ title, points }) =>
        Array.from({ length: points.shape[0] }, (_, k) => [
          title,
          k,
          points.data[2 * k],
          points.data[2 * k + 1],
        ]),
      ),
    },
  };
}

interface Cloud {
  readonly title: string;
  readonly points: NumericArray;
  readonly colour: string;
}

function requireCloud({ title, points }: Cloud): void {
  const where = `noise-clouds, ${title}`;
  requireShape(points, ["points", "2"], where);
  requireLength(points.shape[1], 2, `${where}, coordinates`, "axes");
  requireFinite(points.data, where);
}

type Domain = [least: number, greatest: number];

/** A square around all clouds: a unit is as long to the right as it is upwards. */
function commonDomains(clouds: readonly NumericArray[]): readonly [x: Domain, y: Domain] {
  const extents = [0, 1].map(
    (axis) => finiteExtent(clouds.flatMap(({ data }) => Array.from(data).filter((_, k) => k % 2 === axis)))!,
  );
  const reach = (0.5 + MARGIN) * (Math.max(...extents.map(([least, greatest]) => greatest - least)) || 1);
  const [x, y] = extents.map(([least, greatest]): Domain => {
    const middle = (least + greatest) / 2;
    return [middle - reach, middle + reach];
  });
  return [x, y];
}

function panelSpec(
  { title, points, colour }: Cloud,
  [x, y]: readonly [Domain, Domain],
  options: NoiseCloudsOptions,
): LayerSpec {
  const side = options.side ?? SIDE;
  const [count] = points.shape;
  const shown = Math.min(count, options.maxPoints ?? MAX_POINTS);
  const axis = { grid: false, tickCount: 3, title: null };
  const place = (domain: Domain) => ({
    type: "quantitative" as const,
    scale: { domain, nice: false as const, zero: false as const },
    axis,
  });
  return {
    title,
    width: side,
    height: side,
    data: {
      values: Array.from({ length: shown }, (_, k) => {
        const point = Math.floor((k * count) / shown);
        return { x: points.data[2 * point], y: points.data[2 * point + 1] };
      }),
    },
    encoding: { x: { field: "x", ...place(x) }, y: { field: "y", ...place(y) } },
    layer: [{ mark: { type: "circle", size: 9, opacity: 0.45, color: colour } }],
  };
}
