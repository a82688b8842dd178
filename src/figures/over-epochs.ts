/** Quantities over the epochs of a training, as in Figure 2 of "Understanding Variational Autoencoders with Intrinsic Dimension and Information Imbalance". */
import { refuse } from "../errors.js";
import type { FigureSpec } from "./figure.js";
import { curvePlane, type QuantityFigureOptions, seriesColour } from "./parts/curve-marks.js";
import { type Curve, curveFigure, curveRows, curveTable, quantityNames } from "./parts/curves.js";
import { type Axis, padded, sizeOf } from "./parts/plane.js";

/** A value of each seed after an epoch; `x` counts the epochs that are done, 0 before the first. */
export interface OverEpochsData {
  readonly curves: readonly Curve[];
}

/** How a figure `over-epochs` is drawn. */
export type OverEpochsOptions = QuantityFigureOptions;

/**
 * Curves over epochs on a logarithmic axis at epoch + 1, so that epoch 0, the untrained network, has a place.
 * @param data curves over epochs.
 * @param options how it is drawn.
 * @throws UserError when there is nothing to draw, two curves have one name, an epoch is below 0, or a value
 * is not finite.
 */
export function overEpochs({ curves }: OverEpochsData, options: OverEpochsOptions = {}): FigureSpec {
  const { log = false, domain } = options;
  const rows = curveRows("over-epochs", curves, options, { placeOf: (x) => `epoch ${x}` });
  const negative = rows.find(({ x }) => !(x >= 0));
  if (negative) {
    refuse(
      `over-epochs, ${negative.series}`,
      `epoch ${negative.x} is below 0`,
      "Count epochs from 0, the untrained network",
    );
  }
  const { quantity, column } = quantityNames(options);
  const size = sizeOf(options);
  return curveFigure(
    "over-epochs",
    options,
    {
      rows,
      title: `${quantity} over epochs`,
      caption: [`${quantity} over the epochs of the training; 0 is before the first.`],
    },
    curvePlane(
      rows.map((row) => ({ ...row, x: row.x + 1 })),
      {
        x: epochAxis(
          rows.map(({ x }) => x),
          size.width,
        ),
        y: { title: quantity, log, domain },
        color: seriesColour(rows, options),
        size,
      },
    ),
    curveTable(rows, { curve: options.legendTitle ?? "curve", place: "epoch", quantity: column }),
  );
}

/** Ticks nearer to each other than this share of the axis would overlap. */
const CROWDED = 0.058;

/** A tick at each epoch except those that crowd a later one: the last always has one. */
function epochAxis(epochs: readonly number[], width: number): Axis {
  const all = [...new Set(epochs)].sort((a, b) => b - a).map((epoch) => epoch + 1);
  const extent = Math.log(all[0] / all.at(-1)!);
  const ticks: number[] = [];
  for (const tick of all) {
    if (ticks.length === 0 || Math.log(ticks.at(-1)! / tick) >= CROWDED * extent) ticks.push(tick);
  }
  return {
    title: "epoch (logarithmic, at epoch + 1)",
    domain: padded(all, width, 12, true),
    log: true,
    ticks,
    names: ticks.map((tick) => (tick - 1).toLocaleString("en")),
  };
}
