/** How far measured values lie from published ones, for many series at a few capacities. */
import { UserError } from "../errors.js";
import type { CapacityCurvesData, CapacityCurvesOptions } from "./capacity-curves.js";
import type { FigureSpec } from "./figure.js";
import { seriesColour, spreadOf } from "./parts/measured-published.js";
import type { UnitSpec } from "./parts/vega-types.js";
import { STYLE } from "./theme.js";

export interface CapacityDifferencesOptions {
  readonly title?: string;
  readonly caption?: string;
  /** What is measured, with its unit. Default `value`. */
  readonly quantity?: string;
  /** Dashed lines as far above and below 0: how far apart the two may lie. */
  readonly tolerance?: number;
  /** Names of series in the order of their colours. */
  readonly colourOrder?: CapacityCurvesOptions["colourOrder"];
}

const BAND = 120;
const HEIGHT = 230;

/**
 * Measured less published at each capacity, a dot for the mean over seeds and a bar from the least to the greatest;
 * what has no published value or was not measured is left out.
 * @throws UserError when no value has both.
 */
export function capacityDifferences(
  data: CapacityCurvesData,
  options: CapacityDifferencesOptions = {},
): FigureSpec {
  const rows = data.series.flatMap(({ name, points }) =>
    points.flatMap(({ capacityNats, values, published }) => {
      if (values.length === 0 || published === undefined) return [];
      const where = `capacity-differences, ${name} at C = ${capacityNats} nats`;
      const { mean, ...spread } = spreadOf(
        values.map((value) => value - published),
        "difference",
        where,
      );
      return [{ series: name, capacityNats, difference: mean, ...spread }];
    }),
  );
  if (rows.length === 0) {
    throw new UserError({
      where: "capacity-differences",
      what: "no value is both measured and published",
      remedy: "Give at least one such value",
    });
  }
  const series = [...new Set(rows.map((row) => row.series))];
  const capacities = [...new Set(rows.map((row) => row.capacityNats))].sort((a, b) => a - b);
  const color = seriesColour(series, options.colourOrder);
  const { tolerance } = options;
  const level = (y: number, style: string): UnitSpec => ({
    data: { values: [{ y }] },
    mark: { type: "rule", style },
    encoding: { y: { field: "y", type: "quantitative" }, x: { value: 0 }, x2: { value: "width" } },
  });
  const y = { field: "difference", type: "quantitative" as const };
  const x = {
    field: "capacityNats",
    type: "ordinal" as const,
    title: "capacity C (nats)",
    scale: { domain: capacities, paddingInner: 0.25, paddingOuter: 0.12 },
    axis: { labelAngle: 0, ticks: false, domain: false, labelPadding: 6 },
  };
  const xOffset = { field: "series", type: "nominal" as const, scale: { domain: series } };
  return {
    name: "capacity-differences",
    title: options.title ?? "Measured less published",
    caption:
      options.caption ??
      "Measured values less the published ones: means over seeds, bars from the least to the greatest.",
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      width: BAND * capacities.length,
      height: HEIGHT,
      data: { values: rows },
      encoding: {
        y: {
          ...y,
          title: `${options.quantity ?? "value"}, measured − published`,
          axis: { tickCount: 6 },
          scale: { zero: true, padding: 8 },
        },
      },
      layer: [
        level(0, STYLE.leader),
        ...(tolerance === undefined
          ? []
          : [level(tolerance, STYLE.referenceLine), level(-tolerance, STYLE.referenceLine)]),
        {
          transform: [{ filter: "datum.greatest > datum.least" }],
          mark: { type: "rule", strokeWidth: 1.6 },
          encoding: {
            x,
            xOffset,
            y: { field: "least", type: "quantitative" },
            y2: { field: "greatest" },
            color,
          },
        },
        {
          mark: { type: "circle", size: 60, opacity: 1, tooltip: { content: "data" } },
          encoding: { x, xOffset, y, color },
        },
      ],
    },
    table: {
      columns: ["series", "capacityNats", "difference", "least", "greatest", "seeds"],
      rows: rows.map((row) => [
        row.series,
        row.capacityNats,
        row.difference,
        row.least,
        row.greatest,
        row.seeds,
      ]),
    },
  };
}
