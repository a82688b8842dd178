/** A quantity over the steps of trainings, both on logarithmic axes, next to what was published of longer ones. */
import type { FigureSpec } from "./figure.js";
import { curvePlane, type QuantityFigureOptions, seriesColour } from "./parts/curve-marks.js";
import { type Curve, curveFigure, curveRows, curveTable, quantityNames } from "./parts/curves.js";
import { barEnds, padded, sizeOf } from "./parts/plane.js";

/** A value of each seed after a number of steps; a published value stands at the steps of its training. */
export interface OverStepsData {
  readonly curves: readonly Curve[];
}

/** How a figure `over-steps` is drawn. */
export type OverStepsOptions = Omit<QuantityFigureOptions, "log">;

/**
 * Curves over training steps, log-log: where a quantity falls by a share whenever the steps double, a gap
 * that a longer training would close is a straight line towards the published value.
 * @param data curves over training steps.
 * @param options how it is drawn.
 * @throws UserError when there is nothing to draw, two curves have one name, or a value is not finite.
 */
export function overSteps({ curves }: OverStepsData, options: OverStepsOptions = {}): FigureSpec {
  const rows = curveRows("over-steps", curves, options, { placeOf: (x) => `step ${x}` });
  const { quantity, column } = quantityNames(options);
  const size = sizeOf(options);
  const shown = rows.filter(({ value }) => value > 0);
  const heights = barEnds(
    shown.map(({ value, low, high }) => [value, low, high]),
    true,
  );
  const steps = rows.map(({ x }) => x);
  return curveFigure(
    "over-steps",
    options,
    {
      rows,
      title: `${quantity} over training steps`,
      caption: [`${quantity} over training steps, both axes logarithmic.`],
    },
    curvePlane(rows, {
      x: { title: "training steps", domain: padded(steps, size.width, 14, true), log: true },
      y: { title: quantity, log: true, domain: options.domain ?? padded(heights, size.height, 12, true) },
      color: seriesColour(rows, options),
      size,
    }),
    curveTable(rows, { curve: options.legendTitle ?? "curve", place: "step", quantity: column }),
  );
}
