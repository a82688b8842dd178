/** How far measured values lie from published ones, for many series at a few capacities. */
import type { CapacityCurvesData, CapacityCurvesOptions } from "./capacity-curves.js";
import type { FigureSpec } from "./figure.js";
import { barMarks, seriesColour } from "./parts/curve-marks.js";
import { curveFigure, curveRows, quantityNames } from "./parts/curves.js";
import { type Domain, domainOf, plane, sizeOf, unit } from "./parts/plane.js";
import { tableOf } from "./table.js";
import { STYLE } from "./theme.js";

/** How a figure `capacity-differences` is drawn. */
export interface CapacityDifferencesOptions
  extends Omit<CapacityCurvesOptions, "columns" | "reference" | "log"> {
  /** Dashed lines as far above and below 0, in the unit of the values: how far apart the two may lie. */
  readonly tolerance?: number;
}

const BAND = 120;
const HEIGHT = 230;
/** Of the room of a capacity, what its series take. */
const SHARE = 0.64;

/**
 * Measured minus published at each capacity: a dot for the mean over seeds with its bar. What has no published value or was
 * not measured is left out.
 * @throws UserError when no value has both.
 */
export function capacityDifferences(
  data: CapacityCurvesData,
  options: CapacityDifferencesOptions = {},
): FigureSpec {
  const { tolerance } = options;
  const curves = data.series.map(({ name, points }) => ({
    name,
    points: points.map(({ capacityNats, values, published }) => ({
      x: capacityNats,
      values: published === undefined ? [] : values.map((value) => value - published),
    })),
  }));
  const placeOf = (x: number) => `C = ${x} nats`;
  const rows = curveRows("capacity-differences", curves, options, { placeOf });
  const color = seriesColour(rows, options);
  const series = color.scale.domain;
  const capacities = [...new Set(rows.map((row) => row.x))].sort((a, b) => a - b);
  const level = (value: number, style: string) =>
    unit([{ value }], { type: "rule", style }, { x: { value: 0 }, x2: { value: "width" } });
  const { quantity, column } = quantityNames(options);
  const across: Domain = [-0.5, capacities.length - 0.5];
  const upwards =
    options.domain ??
    domainOf(
      {
        bars: rows.map(({ value, low, high }) => [value, low, high]),
        values: tolerance === undefined ? [0] : [0, tolerance, -tolerance],
      },
      false,
    );
  const dodged = rows.map((row) => {
    const x = capacities.indexOf(row.x) + SHARE * ((series.indexOf(row.series) + 0.5) / series.length - 0.5);
    return { ...row, x, xLow: x, xHigh: x };
  });
  return curveFigure(
    "capacity-differences",
    options,
    {
      rows,
      title: "Measured minus published",
      caption: [`${quantity}: measured values minus the published ones.`],
    },
    plane(
      sizeOf(options, { width: BAND * capacities.length, height: HEIGHT }),
      {
        title: "capacity C (nats)",
        domain: across,
        ticks: capacities.map((_, k) => k),
        names: capacities.map(String),
      },
      {
        title: `${quantity}, measured − published`,
        domain: upwards,
      },
      [
        ...level(0, STYLE.leader),
        ...(tolerance === undefined
          ? []
          : [tolerance, -tolerance].flatMap((y) => level(y, STYLE.referenceLine))),
        ...barMarks(dodged, color, { x: across, y: upwards }),
        ...unit(dodged, { type: "circle", size: 60, opacity: 1, tooltip: { content: "data" } }, { color }),
      ],
    ),
    tableOf(rows, {
      ...{ series: "series", capacityNats: "x", [`${column}Difference`]: "value" },
      ...{ low: "low", high: "high", seeds: "seeds" },
    }),
  );
}
