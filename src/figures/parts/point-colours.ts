import { refuse } from "../../errors.js";
import { type LayerSpec, requireLength } from "../figure.js";
import { CATEGORY_COLOURS, GREY } from "../theme.js";
import { BLUE_SAND_RED, manyColours, toHex, VIRIDIS } from "./colour-map.js";
import { sequentialScale } from "./colour-scale.js";
import { type Axis, type Domain, finiteExtent, plane, unit } from "./plane.js";

/** What points are coloured by: a number for each, or a class for each. */
export type PointColours =
  | { readonly kind: "quantity"; readonly name: string; readonly values: ArrayLike<number> }
  | {
      readonly kind: "class";
      readonly name: string;
      readonly values: ArrayLike<string | number>;
      /** Classes in the order of the legend. Default: sorted. */
      readonly order?: readonly (string | number)[];
      /** Colours of the classes, one for each in that order. Default: as different as they can be. */
      readonly palette?: readonly string[];
      /** Of classes that are pairs of values, in the order row by row: a small table of colours in place of the legend. */
      readonly pairs?: ClassPairs;
    };

/** Names of two values, and what each may be. */
export interface ClassPairs {
  readonly rows: { readonly name: string; readonly values: readonly string[] };
  readonly columns: { readonly name: string; readonly values: readonly string[] };
}

interface Colouring {
  /** How a mark gets its colour from a field that holds `valueOf`: title, type, scale and legend. */
  readonly channel: ReturnType<typeof byQuantity>["channel"] | ReturnType<typeof byClass>["channel"];
  /** What point k shows, as the channel's scale wants it. */
  readonly valueOf: (k: number) => number | string;
  /** The colour itself, for marks that must not take part in the legend. */
  readonly hexOf: (k: number) => string;
  /** What is drawn beside the marks in place of a legend. */
  readonly key?: LayerSpec;
}

const LEGEND_ROWS = 13;
/** A legend of more classes than three columns hold is not read. */
const MAXIMUM_CLASSES = 3 * LEGEND_ROWS;
/** Of too many classes the largest keep colours of their own. */
const LARGEST_CLASSES = 19;

/**
 * Scale, legend and colours: a signed quantity around 0, any other from minimum to maximum, classes by name. Too many classes for
 * a legend are drawn as a quantity where they are numbers, otherwise all but the largest in one grey.
 */
export function colouringOf(colours: PointColours): Colouring {
  if (colours.kind === "quantity") return byQuantity(colours.name, colours.values);
  const values = Array.from(colours.values);
  const classes = [...(colours.order ?? [...new Set(values)].sort(byNumberOrName))];
  if (classes.length <= MAXIMUM_CLASSES || colours.palette) return byClass(colours, values, classes);
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length === values.length
    ? byQuantity(colours.name, numbers)
    : byLargest(colours.name, values, classes);
}

function byQuantity(name: string, values: ArrayLike<number>) {
  const [minimum, maximum] = finiteExtent(Array.from(values)) ?? [0, 1];
  const reach = Math.max(-minimum, maximum);
  const scale =
    minimum < 0 && maximum > 0
      ? sequentialScale([-reach, reach], BLUE_SAND_RED)
      : sequentialScale([minimum, maximum > minimum ? maximum : minimum + 1], VIRIDIS);
  return {
    channel: {
      title: name,
      type: "quantitative" as const,
      scale: scale.vega,
      legend: { gradientLength: 150, tickCount: 5, gradientOpacity: 1 },
    },
    valueOf: (k: number) => values[k],
    hexOf: (k: number) => toHex(scale.colourOf(values[k])),
  };
}

type Classed = Omit<Extract<PointColours, { kind: "class" }>, "kind" | "values" | "order">;

function byClass({ name, palette, pairs }: Classed, values: readonly Class[], order: readonly Class[]) {
  const classes = order.map(String);
  const stranger = values.findIndex((value) => !classes.includes(String(value)));
  if (stranger >= 0) {
    refuse(
      `colours by ${name}, point ${stranger}`,
      `the class ${values[stranger]} is not in the order of the legend`,
      "Name every class in the order, or leave the order out",
    );
  }
  if (palette) requireLength(palette.length, classes.length, `colours by ${name}, palette`, "classes");
  const range = [...(palette ?? coloursFor(classes.length))];
  const legend = {
    symbolOpacity: 1,
    symbolSize: 70,
    symbolLimit: 0,
    columns: Math.ceil(classes.length / LEGEND_ROWS),
  };
  return {
    channel: {
      title: name,
      type: "nominal" as const,
      scale: { domain: classes, range },
      legend: pairs ? null : legend,
    },
    valueOf: (k: number) => String(values[k]),
    hexOf: (k: number) => range[classes.indexOf(String(values[k]))],
    ...(pairs ? { key: keyOf(pairs, range, name) } : {}),
  };
}

const KEY_CELL = 17;

/** A table of the colours of pairs, its rows and columns named. */
function keyOf({ rows, columns }: ClassPairs, range: readonly string[], name: string): LayerSpec {
  const [height, width] = [rows.values.length, columns.values.length];
  requireLength(range.length, height * width, `colours by ${name}, pairs`, "classes");
  const cells = range.map((colour, k) => {
    const [value, x] = [Math.floor(k / width), k % width];
    return { x, x1: x + 1, value, y1: value + 1, colour };
  });
  const axis = ({ name, values }: ClassPairs["rows"], domain: Domain): Axis => ({
    title: name,
    domain,
    ticks: values.map((_, k) => k + 0.5),
    names: values,
    bare: true,
  });
  return plane(
    { width: KEY_CELL * width, height: KEY_CELL * height },
    { ...axis(columns, [0, width]), upright: true },
    axis(rows, [height, 0]),
    unit(
      cells,
      { type: "rect" },
      {
        x2: { field: "x1" },
        y2: { field: "y1" },
        color: { field: "colour", type: "nominal", scale: null },
      },
    ),
  );
}

type Class = string | number;

function byLargest(name: string, values: readonly Class[], classes: readonly Class[]) {
  const sizes = new Map<Class, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  const bySize = [...classes].sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0));
  const largest = new Set(bySize.slice(0, LARGEST_CLASSES));
  const others = `${classes.length - LARGEST_CLASSES} other classes`;
  return byClass(
    { name, palette: [...coloursFor(LARGEST_CLASSES), GREY] },
    values.map((value) => (largest.has(value) ? value : others)),
    [...classes.filter((one) => largest.has(one)), others],
  );
}

function coloursFor(count: number): readonly string[] {
  return count <= CATEGORY_COLOURS.length ? CATEGORY_COLOURS.slice(0, count) : manyColours(count);
}

/** Numbers within names by their value: `person 2` before `person 10`. */
const NAMES = new Intl.Collator("en", { numeric: true });

function byNumberOrName(a: Class, b: Class): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return NAMES.compare(String(a), String(b));
}
