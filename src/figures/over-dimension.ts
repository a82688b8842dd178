/** Quantities over the size of the code, as in Figure A1 of "Understanding Variational Autoencoders with Intrinsic Dimension and Information Imbalance". */
import { refuse } from "../errors.js";
import type { FigureSpec, LayerSpec } from "./figure.js";
import {
  curvePlane,
  type QuantityFigureOptions,
  type SeriesColour,
  seriesColour,
  sourcesOf,
} from "./parts/curve-marks.js";
import {
  type Curve,
  type CurveRow,
  curveFigure,
  curveRows,
  curveTable,
  quantityNames,
} from "./parts/curves.js";
import { type Axis, type Level, padded, sizeOf } from "./parts/plane.js";

/** What a figure `over-dimension` shows, as plain numbers and names. */
export interface OverDimensionData {
  /** `x` is K, the number of dimensions of the code. */
  readonly curves: readonly Curve[];
  /** Curves with a vertical axis of their own, on the right. */
  readonly right?: readonly Curve[];
}

/** How a figure `over-dimension` is drawn. */
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
  const { log = false, domain, levels = [], rightQuantity = "value" } = options;
  const { curves, right = [] } = data;
  const rows = curveRows("over-dimension", [...curves, ...right], options, {
    placeOf: (x) => `K = ${x}`,
  });
  const wrong = rows.find(({ x }) => !(x > 0));
  if (wrong) {
    refuse(
      `over-dimension, ${wrong.series}`,
      `K = ${wrong.x} is not above 0`,
      "Give the number of dimensions of the code",
    );
  }
  const isRight = new Set(right.map(({ name }) => name));
  const onRight = rows.filter(({ series }) => isRight.has(series));
  const onLeft = rows.filter(({ series }) => !isRight.has(series));
  const two = onRight.length > 0;
  const { quantity, column } = quantityNames(options);
  const color = seriesColour(rows, options);
  const size = sizeOf(options);
  const x = dimensionAxis(
    rows.map((row) => row.x),
    size.width,
  );
  const common = { x, color, sources: sourcesOf(rows), size };
  const left = curvePlane(onLeft, {
    ...common,
    y: { title: quantity, log, domain, ...(two ? tintOf(onLeft, color) : {}) },
    levels,
  });
  const shown = onLeft.length === 0 ? rightQuantity : two ? `${quantity} and ${rightQuantity}` : quantity;
  return curveFigure(
    "over-dimension",
    options,
    {
      rows,
      title: "Over the size of the code",
      caption: [`${shown} over K, the number of dimensions of the code.`],
    },
    two
      ? twoAxes(
          left,
          curvePlane(onRight, {
            ...common,
            y: { title: rightQuantity, right: true, ...tintOf(onRight, color) },
          }),
        )
      : left,
    curveTable(rows, { curve: options.legendTitle ?? "curve", place: "K", quantity: two ? "value" : column }),
  );
}

/** The two planes on each other: K in common, to each its own vertical axis. */
function twoAxes({ width, height, ...left }: LayerSpec, right: LayerSpec): LayerSpec {
  const { width: _, height: __, ...over } = right;
  return { width: width!, height: height!, layer: [left, over], resolve: { scale: { y: "independent" } } };
}

/** An axis of a single curve has the colour of that curve. */
function tintOf(rows: readonly CurveRow[], { scale }: SeriesColour): { tint?: string } {
  const [only, ...others] = new Set(rows.map(({ series }) => series));
  return only === undefined || others.length > 0 ? {} : { tint: scale.range[scale.domain.indexOf(only)] };
}

function dimensionAxis(dimensions: readonly number[], width: number): Axis {
  const ticks = [...new Set(dimensions)].sort((a, b) => a - b);
  const domain = padded(ticks, width, 14, true);
  return {
    title: "K, dimensions of the code",
    domain,
    log: 2,
    ticks,
    overlap: "greedy",
  };
}
