/** A thin grammar of figures in a plane: two axes, and marks that stand on them. Every row has its place in `x` and `value`. */
import type { LayerSpec, UnitSpec } from "../figure.js";
import { STYLE } from "../theme.js";

/** The ends of an axis. */
export type Domain = readonly [minimum: number, maximum: number];

export interface Axis {
  /** The quantity with its unit. */
  readonly title: string | null;
  readonly domain: Domain;
  /** Logarithmic; a number is the base of its ticks. */
  readonly log?: boolean | number;
  /** Where ticks stand, or how many. Default: by the domain. */
  readonly ticks?: number | readonly number[];
  /** What stands at each of the ticks. Default: its number. */
  readonly names?: readonly string[];
  /** Names are written upwards. */
  readonly upright?: boolean;
  /** Ticks may be left out where their texts would overlap. Default: all stand. */
  readonly overlap?: "greedy";
  /** Lines across the plane. Default: those of the vertical axis on the left. */
  readonly grid?: boolean;
  readonly right?: boolean;
  /** Colour of its title. */
  readonly tint?: string;
  /** Names alone, without a line. */
  readonly bare?: boolean;
  /** Nothing of it is drawn. */
  readonly hidden?: boolean;
}

/** Width and height of the plane, in pixels. */
export interface Size {
  readonly width?: number;
  readonly height?: number;
}

/** The size that the options of a figure ask for, or that of its kind. */
export function sizeOf(
  { width, height }: Size,
  kind: Required<Size> = { width: 380, height: 270 },
): Required<Size> {
  return { width: width ?? kind.width, height: height ?? kind.height };
}

/** Marks on common axes. */
export function plane(
  { width, height, title }: Required<Size> & { readonly title?: LayerSpec["title"] | undefined },
  x: Axis,
  y: Axis,
  layer: readonly UnitSpec[],
): LayerSpec {
  return {
    ...(title === undefined ? {} : { title }),
    width,
    height,
    encoding: { x: channel("x", x, false), y: channel("value", y, true) },
    layer: [...layer],
  };
}

/** A plane of its own pixels, from the lower left corner, without axes. */
export function page({ width, height }: Required<Size>, layer: readonly UnitSpec[]): LayerSpec {
  const axis = (extent: number): Axis => ({ title: null, domain: [0, extent], hidden: true });
  return plane({ width, height }, axis(width), axis(height), layer);
}

function channel(field: string, axis: Axis, vertical: boolean) {
  const { title, domain, log = false, bare = false } = axis;
  const scale = log ? { type: "log" as const, ...(log === true ? {} : { base: log }) } : { zero: false };
  return {
    field,
    type: "quantitative" as const,
    title,
    scale: { domain: [...domain], nice: false, ...scale },
    axis: axis.hidden
      ? null
      : {
          ...ticksOf(axis),
          ...(axis.right ? { orient: "right" as const } : {}),
          ...(axis.tint === undefined ? {} : { titleColor: axis.tint }),
          ...(bare ? { ticks: false, domain: false, labelPadding: 6 } : {}),
          grid: axis.grid ?? (vertical && !axis.right && !bare),
        },
  };
}

function ticksOf({ domain, log = false, ticks, names, upright = false, overlap }: Axis) {
  const format = ",~r";
  if (typeof ticks !== "object") return { ...tickChoice(domain, log, ticks), ...(log ? { format } : {}) };
  const byPlace = names && Object.fromEntries(names.map((name, k) => [String(ticks[k]), name]));
  return {
    values: [...ticks],
    ...(byPlace ? { labelExpr: `${JSON.stringify(byPlace)}[toString(datum.value)]` } : { format }),
    labelAngle: upright ? -90 : 0,
    labelOverlap: overlap ?? false,
  };
}

const LOG_STEPS = [1, 2, 5];

/**
 * Ticks of an axis: of a logarithmic one at powers of ten, and at twice and five times these where there are few, or at equal
 * distances where there are still fewer than three.
 */
export function tickChoice([minimum, maximum]: Domain, log: boolean | number, count = 6) {
  if (log === false) return { tickCount: count };
  const first = Math.floor(Math.log10(minimum));
  const exponents = Array.from({ length: Math.ceil(Math.log10(maximum)) - first + 1 }, (_, k) => first + k);
  const within = (value: number) => value >= minimum && value <= maximum;
  const powers = exponents.map((exponent) => 10 ** exponent).filter(within);
  if (powers.length > 2) return { values: powers };
  const finer = exponents
    .flatMap((exponent) => LOG_STEPS.map((step) => step * 10 ** exponent))
    .filter(within);
  return { values: finer.length > 2 ? finer : evenTicks(minimum, maximum) };
}

/** At most eight places at equal distances, a power of ten or two or five times one, for a part of a decade. */
function evenTicks(minimum: number, maximum: number): number[] {
  const power = 10 ** Math.floor(Math.log10((maximum - minimum) / 4));
  const step =
    LOG_STEPS.map((times) => times * power).find((one) => (maximum - minimum) / one < 8) ?? 10 * power;
  const first = Math.ceil(minimum / step);
  return Array.from({ length: Math.floor(maximum / step) - first + 1 }, (_, k) => (first + k) * step);
}

/** Smallest and largest of the finite values; `undefined` when there is none. */
export function finiteExtent(values: Iterable<number>): [minimum: number, maximum: number] | undefined {
  let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return minimum <= maximum ? [minimum, maximum] : undefined;
}

type Bar = readonly [mean: number, low: number, high: number];

/**
 * The ends of bars that an axis has to hold: a bar that is cut looks like a smaller one. On a logarithmic axis a bar that comes near
 * to 0, or reaches it, has to be cut: at a tenth of its mean.
 */
export function barEnds(bars: readonly Bar[], log = false): number[] {
  return bars.flatMap(([mean, low, high]) => [log ? Math.max(low, mean / 10) : low, high]);
}

interface Extents {
  /** Means with the ends of their bars, which lie within (see {@link barEnds}). */
  readonly bars?: readonly Bar[];
  /** Values that must lie within. */
  readonly values?: readonly number[];
  readonly log?: boolean;
}

/** Ends of an axis that hold some values, with a margin; 0 is an end where nothing lies beyond it, unless `zero` is false. */
export function domainOf({ bars = [], values = [], log = false }: Extents, zero = true): Domain {
  const extent = finiteExtent([...bars.map(([mean]) => mean), ...values]);
  if (!extent) return log ? [0.1, 1] : [0, 1];
  const [low, high] = finiteExtent([...extent, ...barEnds(bars, log)])!;
  if (log) return [0.8 * low, 1.25 * high];
  if (!zero) {
    const margin = 0.06 * (high - low) || Math.abs(high) / 2 || 1;
    return [low - margin, high + margin];
  }
  const margin = 0.05 * (Math.max(0, high) - Math.min(0, low)) || 1;
  return [low < 0 ? low - margin : 0, high > 0 ? high + margin : 0];
}

/** An axis that has room on both sides of its values, in pixels of `length`. */
export function padded(values: readonly number[], length: number, padding: number, log: boolean): Domain {
  const [minimum, maximum] = finiteExtent(values) ?? [0.5, 1];
  const [along, back] = log ? [Math.log, Math.exp] : [Number, Number];
  const [from, to] = [along(minimum), along(maximum)];
  const margin = (padding * (to - from)) / (length - 2 * padding) || 0.5;
  return [back(from - margin), back(to + margin)];
}

/** One mark for some rows; none where there is no row. */
export function unit(
  rows: readonly object[],
  mark: UnitSpec["mark"],
  encoding: NonNullable<UnitSpec["encoding"]> = {},
): UnitSpec[] {
  return rows.length === 0 ? [] : [{ data: { values: [...rows] }, mark, encoding }];
}

/** A text at a place, in the look of an annotation. */
export function text(
  rows: readonly object[],
  mark: object,
  encoding: NonNullable<UnitSpec["encoding"]> = {},
): UnitSpec[] {
  return unit(
    rows,
    { type: "text", style: STYLE.quietAnnotation, ...mark },
    { text: { field: "text" }, ...encoding },
  );
}

/** A band from `low` to `high` of each row, and a line through its values. */
export function bandMarks(rows: readonly object[], band: object, line: object): UnitSpec[] {
  return [
    ...unit(rows, { type: "area", clip: true, ...band }, { y: { field: "low" }, y2: { field: "high" } }),
    ...unit(rows, { type: "line", clip: true, ...line }),
  ];
}

/** A value that a reader needs to see curves against: a dashed line across, with a name. */
export interface Level {
  /** On the vertical axis. */
  readonly value: number;
  readonly name: string;
  /** At which end its name stands. Default `end`. */
  readonly at?: "start" | "end";
  /** The name stands below the line. */
  readonly below?: boolean;
}

/** Dashed lines across with their names. */
export function levelMarks(levels: readonly Level[]): UnitSpec[] {
  const across = { x: { value: 0 }, x2: { value: "width" as const } };
  return levels.flatMap(({ value, name, at = "end", below = false }) => {
    const [align, dx] = at === "end" ? (["right", -4] as const) : (["left", 4] as const);
    const place = { align, dx, baseline: below ? "top" : "bottom", dy: below ? 6 : -2 };
    return [
      ...unit([{ value }], { type: "rule", style: STYLE.referenceLine, clip: true }, across),
      ...text([{ value, text: name }], place, { x: { value: at === "end" ? ("width" as const) : 0 } }),
    ];
  });
}

/** A dashed line upwards at `x` with its name to the left or the right of it, `up` units above the horizontal axis. */
export function limitMark(
  x: number,
  name: string,
  { left = false, y }: { readonly left?: boolean; readonly y: number },
) {
  const upwards = { y: { value: 0 }, y2: { value: "height" as const } };
  return [
    ...unit([{ x }], { type: "rule", style: STYLE.referenceLine }, upwards),
    ...text(
      [{ x, text: name }],
      { align: left ? "right" : "left", baseline: "bottom", dx: left ? -5 : 5 },
      { y: { value: y } },
    ),
  ];
}
