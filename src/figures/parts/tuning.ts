import type { NumericArray } from "../../numeric-array.js";
import { type LayerSpec, requireLength, requireShape } from "../figure.js";
import { STYLE } from "../theme.js";
import type { SeriesColour } from "./curve-marks.js";
import { labelText } from "./heat-map.js";
import { type Axis, type Domain, finiteExtent, plane, unit } from "./plane.js";

/** A label, a latent dimension or a principal axis over which codes are averaged. */
export interface TuningAxis {
  /** What stands at the axis. */
  readonly name: string;
  /** In the order of the array's axis: numbers (of a label, or the middles of bins) or categories. */
  readonly values: readonly (number | string)[];
}

/** What one channel does along one axis, a line (numbers) or dots (categories) for each series. */
export interface TuningLine {
  readonly series: string;
  /** One for each value of the axis; NaN where no sample fell. */
  readonly means: ArrayLike<number>;
}

interface Look {
  readonly title?: LayerSpec["title"];
  readonly width: number;
  readonly height: number;
  readonly domain: Domain;
  readonly yTitle: string | null;
  /** The axis has no title. */
  readonly untitled?: boolean;
  readonly color: SeriesColour;
}

/** A small plane for one channel: its means along an axis. */
export function tuningLines(
  lines: readonly TuningLine[],
  { name, values }: TuningAxis,
  { domain, yTitle, untitled = false, color, ...size }: Look,
): LayerSpec {
  const isNumeric = values.every((value) => typeof value === "number");
  const at = (k: number) => (isNumeric ? Number(values[k]) : k);
  const rows = lines.flatMap(({ series, means }) =>
    Array.from(means, (value, k) => ({ series, x: at(k), [name]: values[k], value })).filter(({ value }) =>
      Number.isFinite(value),
    ),
  );
  const [minimum, maximum] = finiteExtent(values.map((_, k) => at(k))) ?? [0, 1];
  const margin = isNumeric ? 0.04 * (maximum - minimum) || 0.5 : 0.5;
  const texts = values.map(labelText);
  const upright = texts.some((text) => 6.2 * text.length > size.width / texts.length);
  const categories = { ticks: values.map((_, k) => k), names: texts, upright, overlap: "greedy" as const };
  const x: Axis = {
    title: untitled ? null : name,
    domain: [minimum - margin, maximum + margin],
    ...(isNumeric ? { ticks: 4 } : categories),
  };
  const zero = domain[0] < 0 && domain[1] > 0 ? [{ value: 0 }] : [];
  const mark = isNumeric
    ? ({ type: "line", strokeWidth: 1.6 } as const)
    : ({ type: "circle", size: 36 } as const);
  return plane(size, x, { title: yTitle, domain, ticks: 3 }, [
    ...unit(zero, { type: "rule", style: STYLE.zeroLine }, { x: { value: 0 }, x2: { value: "width" } }),
    ...unit(rows, { ...mark, opacity: 1, tooltip: { content: "data" } }, { color }),
  ]);
}

/** The part of channel or dimension `k` of [channels, ...axes]. */
export function partOf({ shape: [, ...shape], data }: NumericArray, k: number): NumericArray {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return { shape, data: data.subarray(k * size, (k + 1) * size) };
}

/**
 * Checks that means are [channels, ...axes] with as many values as each axis has, and a name for each channel.
 * @returns the names: by default `z1`, `z2`, ...
 * @throws UserError naming `where` and the axis.
 */
export function requireMeans(
  means: NumericArray,
  axes: readonly TuningAxis[],
  where: string,
  given?: readonly string[],
): readonly string[] {
  requireShape(means, ["channels", ...axes.map(({ name }) => name)], where);
  for (const [k, { name, values }] of axes.entries())
    requireLength(means.shape[k + 1], values.length, `${where}, axis ${name}`, "values");
  const names = given ?? Array.from({ length: means.shape[0] }, (_, k) => `z${k + 1}`);
  requireLength(names.length, means.shape[0], `${where}, channel names`, "channels");
  return names;
}

/** The mean of channel `channel` at each place of the axes; of none where no sample fell. */
export function cellsOf(means: NumericArray, axes: readonly TuningAxis[], channel: number) {
  const { shape, data } = partOf(means, channel);
  const strides = axes.map((_, k) => shape.slice(k + 1).reduce((product, extent) => product * extent, 1));
  return Array.from(data, (mean, k) => ({
    at: axes.map(({ values }, axis) => values[Math.floor(k / strides[axis]) % values.length]),
    mean,
  })).filter(({ mean }) => Number.isFinite(mean));
}
