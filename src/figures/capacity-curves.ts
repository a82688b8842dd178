/** A quantity against capacity for several series, what was published next to what was measured. */
import type { FigureSpec } from "./figure.js";
import { curvePlane, type QuantityFigureOptions, seriesColour } from "./parts/curve-marks.js";
import { curveFigure, curveRows, curveTable, MEASURED, quantityNames } from "./parts/curves.js";
import { type Axis, domainOf, type Level, padded, sizeOf, unit } from "./parts/plane.js";
import { STYLE } from "./theme.js";

/** What was measured at one capacity, in nats, over seeds, and what was published there. */
export interface CapacityPoint {
  readonly capacityNats: number;
  /** One value for each seed; empty where nothing was measured. */
  readonly values: readonly number[];
  /** The published value, in the same unit. */
  readonly published?: number;
}

/** A line of capacity curves: its name in the legend and its points. */
export interface CapacitySeries {
  readonly name: string;
  readonly points: readonly CapacityPoint[];
}

/** What a figure `capacity-curves` shows, as plain numbers and names. */
export interface CapacityCurvesData {
  readonly series: readonly CapacitySeries[];
  /** Values to compare with, drawn as dashed lines across. */
  readonly levels?: readonly Level[];
}

/** How a figure `capacity-curves` is drawn. */
export interface CapacityCurvesOptions extends QuantityFigureOptions {
  /** Every series in axes of its own, in this many columns. Default: all in common axes. */
  readonly columns?: number;
  /** With `columns`: the measured values of this series are drawn in every axes, in grey. */
  readonly reference?: string;
}

const TOGETHER = { width: 380, height: 270 };
const APART = { width: 190, height: 150 };
const DIAMOND = 150;

/**
 * Means over seeds at each capacity with their bars, and open diamonds for published values; all series in common axes, or
 * each in its own. The axis of capacities is logarithmic unless one of them is 0.
 * @throws UserError when there is nothing to draw, two series have one name, or a value is not finite.
 */
export function capacityCurves(data: CapacityCurvesData, options: CapacityCurvesOptions = {}): FigureSpec {
  const { columns, log = false } = options;
  const placeOf = (x: number) => `C = ${x} nats`;
  const rows = curveRows("capacity-curves", capacitiesAsCurves(data), options, { placeOf });
  const { quantity, column } = quantityNames(options);
  const size = sizeOf(options, columns === undefined ? TOGETHER : APART);
  const middle = rows.reduce((sum, { value }) => sum + value, 0) / rows.length;
  // Curves mostly fall from the upper left: a low level is free at the left, a high one at the right.
  const levels = (data.levels ?? []).map((level) => ({
    at: level.value < middle ? ("start" as const) : ("end" as const),
    ...level,
  }));
  const extent = { values: levels.map(({ value }) => value), log };
  const bars = rows.map(({ value, low, high }) => [value, low, high] as const);
  const y = {
    title: quantity,
    log,
    ticks: 5,
    domain: options.domain ?? domainOf({ bars, ...extent }, false),
  };
  const x = capacityAxis(
    rows.map((row) => row.x),
    size.width,
  );
  const common = { y, levels, size, diamond: DIAMOND };
  const color = seriesColour(rows, options, columns === undefined ? undefined : false);
  const greys = rows.filter(({ series, source }) => series === options.reference && source === MEASURED);
  const apart = () => {
    const names = [...new Set(rows.map(({ series }) => series))];
    const planes = names.map((name, k) => {
      const own = rows.filter(({ series }) => series === name);
      const isLast = k + columns! >= names.length;
      const axes = {
        x: isLast ? x : { ...x, title: null },
        y: k % columns! === 0 ? y : { ...y, title: null },
      };
      const { layer, ...axesOnly } = curvePlane(own, { ...common, ...axes, color });
      const reference = name === options.reference ? [] : greys;
      const grey = unit(reference, { type: "line", style: STYLE.referenceLine });
      return { title: { text: name, anchor: "middle" as const }, ...axesOnly, layer: [...grey, ...layer] };
    });
    return { concat: planes, columns: columns!, spacing: { row: 18, column: 22 } };
  };
  return curveFigure(
    "capacity-curves",
    options,
    { rows, title: `${quantity} over capacity`, caption: [`${quantity} at each capacity.`] },
    columns === undefined ? curvePlane(rows, { ...common, x, color }) : apart(),
    curveTable(rows, { curve: "series", place: "capacityNats", quantity: column }),
  );
}

/** Series over capacity as curves; also what is published stands at its capacity. */
function capacitiesAsCurves({ series }: CapacityCurvesData) {
  return series.map(({ name, points }) => ({
    name,
    points: points.map(({ capacityNats, values }) => ({ x: capacityNats, values })),
    published: points.flatMap(({ capacityNats, published }) =>
      published === undefined ? [] : [{ x: capacityNats, value: published }],
    ),
  }));
}

/** An axis of capacities with a tick at each; those of a sweep crowd at its low end, so it is logarithmic unless one is 0. */
function capacityAxis(capacitiesNats: readonly number[], length: number): Axis {
  const ticks = [...new Set(capacitiesNats)].sort((a, b) => a - b);
  const log = ticks[0] > 0 && ticks.length > 1;
  const domain = padded(ticks, length, 14, log);
  return {
    title: "capacity C (nats)",
    domain,
    log,
    ticks,
    overlap: "greedy",
  };
}
