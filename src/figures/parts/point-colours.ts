import { UserError } from "../../errors.js";
import { requireLength } from "../figure.js";
import { CATEGORY_COLOURS } from "../theme.js";
import { BLUE_SAND_RED, manyColours, toHex, VIRIDIS } from "./colour-map.js";
import { sequentialScale } from "./colour-scale.js";
import { finiteExtent } from "./extent.js";

/** What points are coloured by: a number for each (e.g. xU - xL), or a class for each. */
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
    };

/** How a Vega-Lite mark gets its colour from a field that holds {@link Colouring.valueOf}. */
interface ColourChannel {
  readonly title: string;
  readonly type: "quantitative" | "nominal";
  readonly scale: {
    readonly domain: number[] | string[];
    readonly range: string[];
    readonly interpolate?: "rgb";
  };
  readonly legend: object;
}

interface Colouring {
  readonly channel: ColourChannel;
  /** What point k shows, as the channel's scale wants it. */
  readonly valueOf: (k: number) => number | string;
  /** The colour itself, for marks that must not take part in the legend. */
  readonly hexOf: (k: number) => string;
}

const LEGEND_ROWS = 13;

/** Scale, legend and colours: a signed quantity around 0, any other from least to greatest, classes by name. */
export function colouringOf(colours: PointColours): Colouring {
  return colours.kind === "quantity" ? byQuantity(colours.name, colours.values) : byClass(colours);
}

function byQuantity(name: string, values: ArrayLike<number>): Colouring {
  const [least, greatest] = finiteExtent(Array.from(values)) ?? [0, 1];
  const reach = Math.max(-least, greatest);
  const scale =
    least < 0 && greatest > 0
      ? sequentialScale([-reach, reach], BLUE_SAND_RED)
      : sequentialScale([least, greatest > least ? greatest : least + 1], VIRIDIS);
  return {
    channel: {
      title: name,
      type: "quantitative",
      scale: scale.vega,
      legend: { gradientLength: 150, tickCount: 5, gradientOpacity: 1 },
    },
    valueOf: (k) => values[k],
    hexOf: (k) => toHex(scale.colourOf(values[k])),
  };
}

function byClass({ name, values, order, palette }: Extract<PointColours, { kind: "class" }>): Colouring {
  const classes = [...(order ?? [...new Set(Array.from(values))].sort(byNumberOrName))].map(String);
  const stranger = Array.from(values).findIndex((value) => !classes.includes(String(value)));
  if (stranger >= 0) {
    throw new UserError({
      where: `colours by ${name}, point ${stranger}`,
      what: `the class ${values[stranger]} is not in the order of the legend`,
      remedy: "Name every class in the order, or leave the order out",
    });
  }
  if (palette) requireLength(palette.length, classes.length, `colours by ${name}, palette`, "classes");
  const range = [...(palette ?? coloursFor(classes.length))];
  const columns = Math.ceil(classes.length / LEGEND_ROWS);
  return {
    channel: {
      title: name,
      type: "nominal",
      scale: { domain: classes, range },
      legend: { symbolOpacity: 1, symbolSize: 70, symbolLimit: 0, columns },
    },
    valueOf: (k) => String(values[k]),
    hexOf: (k) => range[classes.indexOf(String(values[k]))],
  };
}

function coloursFor(count: number): readonly string[] {
  return count <= CATEGORY_COLOURS.length ? CATEGORY_COLOURS.slice(0, count) : manyColours(count);
}

function byNumberOrName(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : 1;
}
