/** Quantities over the size of the code, as in Figure A1 of "Understanding Variational Autoencoders with Intrinsic Dimension and Information Imbalance". */
import { UserError } from "../errors.js";
import type { FigureSpec } from "./figure.js";
import {
  curveColour,
  curvePlane,
  type Level,
  type PlaceAxis,
  type QuantityFigureOptions,
  sourcesOf,
} from "./parts/curve-plane.js";
import { type Curve, type CurveRow, curveRows, curvesCaption, curveTable } from "./parts/curves.js";
import type { SeriesColour } from "./parts/measured-published.js";
import type { LayerSpec } from "./parts/vega-types.js";

export interface OverDimensionData {
  /** `x` is K, the number of dimensions of the code. */
  readonly curves: readonly Curve[];
  /** Curves with a vertical axis of their own, on the right. */
  readonly right?: readonly Curve[];
}

export interface OverDimensionOptions extends QuantityFigureOptions {
  /** Title of the axis on the right; the other options are of the one on the left. Default `value`. */
  readonly rightQuantity?: string;
  /** Dashed lines across, by the axis on the left. */
  readonly levels?: readonly Level[];
}

/**
 * Curves over K on a logarithmic axis with a tick at each K; some of them may have an axis on the right.
 * @throws UserError when there is nothing to draw, two curves have one name, K is not above 0, or a value is not finite.
 */
export function overDimension(data: OverDimensionData, options: OverDimensionOptions = {}): FigureSpec {
  const interval = options.interval ?? "confidence";
  const { curves, right = [] } = data;
  const rows = curveRows([...curves, ...right], {
    figure: "over-dimension",
    placeOf: (x) => `K = ${x}`,
    interval,
  });
  const wrong = rows.find(({ x }) => !(x > 0));
  if (wrong) {
    throw new UserError({
      where: `over-dimension, ${wrong.series}`,
      what: `K = ${wrong.x} is not above 0`,
      remedy: "Give the number of dimensions of the code",
    });
  }
  const colour = curveColour(rows, options);
  const isRight = new Set(right.map(({ name }) => name));
  const [onLeft, onRight] = [false, true].map((side) =>
    rows.filter(({ series }) => isRight.has(series) === side),
  );
  const place = dimensionAxis(rows.map(({ x }) => x));
  const common = { place, colour, sources: sourcesOf(rows) };
  const leftPlane = curvePlane(onLeft!, {
    ...common,
    axis: {
      title: options.quantity ?? "value",
      log: options.log ?? false,
      ...(options.domain ? { domain: options.domain } : {}),
      ...tintOf(onLeft!, colour, right.length > 0),
    },
    levels: options.levels ?? [],
  });
  const $schema = "https://vega.github.io/schema/vega-lite/v6.json";
  return {
    name: "over-dimension",
    title: options.title ?? "Over the size of the code",
    caption:
      options.caption ??
      `Over K, the number of dimensions of the code: ${[options.quantity, onRight!.length > 0 ? options.rightQuantity : undefined].filter((one) => one !== undefined).join(" and ") || "values"}. ${curvesCaption(rows, interval)}`.trim(),
    spec:
      onRight!.length === 0
        ? { $schema, ...leftPlane }
        : {
            $schema,
            ...twoAxes(
              leftPlane,
              curvePlane(onRight!, {
                ...common,
                axis: {
                  title: options.rightQuantity ?? "value",
                  side: "right",
                  ...tintOf(onRight!, colour, true),
                },
              }),
            ),
          },
    table: curveTable(rows, {
      curve: options.legendTitle ?? "curve",
      place: "K",
      quantity: options.column ?? "value",
    }),
  };
}

/** The two planes on each other: K in common, to each its own vertical axis. */
function twoAxes({ width, height, ...left }: LayerSpec, right: LayerSpec): LayerSpec {
  const { width: _, height: __, ...over } = right;
  return { width: width!, height: height!, layer: [left, over], resolve: { scale: { y: "independent" } } };
}

/** Where two axes stand, the one of a single curve has the colour of that curve. */
function tintOf(rows: readonly CurveRow[], { scale }: SeriesColour, apart: boolean): { tint?: string } {
  const names = new Set(rows.map(({ series }) => series));
  const [only] = names;
  if (!apart || names.size !== 1 || only === undefined) return {};
  return { tint: scale.range[scale.domain.indexOf(only)]! };
}

function dimensionAxis(dimensions: readonly number[]): PlaceAxis {
  const values = [...new Set(dimensions)].sort((a, b) => a - b);
  return {
    title: "K, dimensions of the code",
    scale: { type: "log", base: 2, nice: false, padding: 14 },
    axis: { values, format: "~r", labelOverlap: "greedy" },
    atOf: (x) => x,
  };
}
