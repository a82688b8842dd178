/** Quantities over the epochs of a training, as in Figure 2 of "Understanding Variational Autoencoders with Intrinsic Dimension and Information Imbalance". */
import { UserError } from "../errors.js";
import type { FigureSpec } from "./figure.js";
import { curveColour, curvePlane, type PlaceAxis, type QuantityFigureOptions } from "./parts/curve-plane.js";
import { type Curve, curveRows, curvesCaption, curveTable } from "./parts/curves.js";

/** A value of each seed after an epoch; `x` counts the epochs that are done, 0 before the first. */
export interface OverEpochsData {
  readonly curves: readonly Curve[];
}

export type OverEpochsOptions = QuantityFigureOptions;

/**
 * Curves over epochs on a logarithmic axis at epoch + 1, so that epoch 0, the untrained network, has a place.
 * @throws UserError when there is nothing to draw, two curves have one name, an epoch is below 0, or a value is not finite.
 */
export function overEpochs({ curves }: OverEpochsData, options: OverEpochsOptions = {}): FigureSpec {
  const interval = options.interval ?? "confidence";
  const rows = curveRows(curves, { figure: "over-epochs", placeOf: (x) => `epoch ${x}`, interval });
  const negative = rows.find(({ x }) => !(x >= 0));
  if (negative) {
    throw new UserError({
      where: `over-epochs, ${negative.series}`,
      what: `epoch ${negative.x} is below 0`,
      remedy: "Count epochs from 0, the untrained network",
    });
  }
  const quantity = options.quantity ?? "value";
  return {
    name: "over-epochs",
    title: options.title ?? "Over epochs",
    caption:
      options.caption ??
      `Over the epochs of the training, 0 before the first: ${quantity}. ${curvesCaption(rows, interval)}`.trim(),
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      ...curvePlane(rows, {
        place: epochAxis(rows.map(({ x }) => x)),
        axis: {
          title: quantity,
          log: options.log ?? false,
          ...(options.domain ? { domain: options.domain } : {}),
        },
        colour: curveColour(rows, options),
      }),
    },
    table: curveTable(rows, {
      curve: options.legendTitle ?? "curve",
      place: "epoch",
      quantity: options.column ?? "value",
    }),
  };
}

/** Ticks nearer to each other than this share of the axis would write over each other. */
const CROWDED = 0.058;

/** A tick at each epoch but for those that crowd a later one: the last always has one. */
function epochAxis(epochs: readonly number[]): PlaceAxis {
  const all = [...new Set(epochs)].sort((a, b) => b - a).map((epoch) => epoch + 1);
  const extent = Math.log(all[0]! / all.at(-1)!);
  const ticks: number[] = [];
  for (const tick of all) {
    if (ticks.length === 0 || Math.log(ticks.at(-1)! / tick) >= CROWDED * extent) ticks.push(tick);
  }
  return {
    title: "epoch (logarithmic, at epoch + 1)",
    scale: { type: "log", nice: false, padding: 12 },
    axis: { values: ticks, labelExpr: "format(datum.value - 1, '~r')", labelOverlap: false },
    atOf: (x) => x + 1,
  };
}
