/** A quantity against capacity for several series, what was published beside what was measured. */
import type { TopLevelSpec } from "vega-lite";
import { UserError } from "../errors.js";
import type { FigureSpec } from "./figure.js";
import { capacityAxis } from "./parts/capacity-axis.js";
import {
  MEASURED,
  measuredPublishedLayers,
  PUBLISHED,
  seriesColour,
  spreadOf,
} from "./parts/measured-published.js";
import type { LayerSpec, UnitSpec } from "./parts/vega-types.js";
import { STYLE } from "./theme.js";

export interface CapacityPoint {
  readonly capacityNats: number;
  /** One value for each seed; empty where nothing was measured. */
  readonly values: readonly number[];
  readonly published?: number;
}

export interface CapacitySeries {
  readonly name: string;
  readonly points: readonly CapacityPoint[];
}

export interface CapacityCurvesData {
  readonly series: readonly CapacitySeries[];
}

export interface CapacityCurvesOptions {
  readonly title?: string;
  readonly caption?: string;
  /** What is measured, with its unit: the title of the vertical axis. Default `value`. */
  readonly quantity?: string;
  /** Column of the table that holds it. Default `value`. */
  readonly column?: string;
  /** Ends of the vertical axis. Default: those of the values. */
  readonly domain?: readonly [least: number, greatest: number];
  /** Every series in axes of its own, in so many columns. Default: all in common axes. */
  readonly columns?: number;
  /** With `columns`: the measured values of this series are drawn in every axes, in grey. */
  readonly reference?: string;
  /** Names of series in the order of their colours, so that figures with some of them agree. Default: as they come. */
  readonly colourOrder?: readonly string[];
}

interface Row {
  readonly series: string;
  readonly source: string;
  readonly capacityNats: number;
  readonly value: number;
  readonly least: number;
  readonly greatest: number;
  readonly seeds: number | "";
}

const TOGETHER = { width: 330, height: 250 };
const APART = { width: 190, height: 150 };

/**
 * Means over seeds with bars from the least to the greatest, and open diamonds for published values; all series in
 * common axes, or each in its own.
 * @throws UserError when there is nothing to draw, or a value is not finite.
 */
export function capacityCurves(data: CapacityCurvesData, options: CapacityCurvesOptions = {}): FigureSpec {
  const rows = data.series.flatMap(rowsOf);
  if (rows.length === 0) {
    throw new UserError({
      where: "capacity-curves",
      what: "no value given",
      remedy: "Give at least one measured or published value",
    });
  }
  const column = options.column ?? "value";
  return {
    name: "capacity-curves",
    title: options.title ?? "Values over capacity",
    caption:
      options.caption ??
      "Means over seeds at each capacity, bars from the least to the greatest; open diamonds are published values.",
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      ...(options.columns === undefined ? together(rows, options) : apart(rows, options, options.columns)),
    },
    table: {
      columns: ["series", "source", "capacityNats", column, "least", "greatest", "seeds"],
      rows: rows.map((row) => [
        row.series,
        row.source,
        row.capacityNats,
        row.value,
        row.least,
        row.greatest,
        row.seeds,
      ]),
    },
  };
}

function rowsOf({ name, points }: CapacitySeries): Row[] {
  const at = (capacityNats: number) => `capacity-curves, ${name} at C = ${capacityNats} nats`;
  const measured = points.flatMap(({ capacityNats, values }) => {
    if (values.length === 0) return [];
    const { mean, ...spread } = spreadOf(values, "value", at(capacityNats));
    return [{ series: name, source: MEASURED, capacityNats, value: mean, ...spread }];
  });
  const published = points.flatMap(({ capacityNats, published }) => {
    if (published === undefined) return [];
    const { mean, least, greatest } = spreadOf([published], "published value", at(capacityNats));
    return [
      { series: name, source: PUBLISHED, capacityNats, value: mean, least, greatest, seeds: "" as const },
    ];
  });
  return [...measured, ...published];
}

function together(rows: readonly Row[], options: CapacityCurvesOptions): LayerSpec {
  return { ...TOGETHER, data: { values: [...rows] }, ...axesAndMarks(rows, options, true) };
}

/** The marks on their axes; `legend` tells the series apart where the axes do not. */
function axesAndMarks(rows: readonly Row[], options: CapacityCurvesOptions, legend: boolean) {
  const series = [...new Set(rows.map((row) => row.series))];
  const sources = [MEASURED, PUBLISHED].filter((source) => rows.some((row) => row.source === source));
  const colour = seriesColour(series, options.colourOrder);
  const domain = options.domain ?? aroundOneValue(rows);
  return {
    encoding: {
      x: capacityAxis(rows.map((row) => row.capacityNats)),
      y: {
        field: "value",
        type: "quantitative" as const,
        title: options.quantity ?? "value",
        scale: domain ? { domain: [...domain], nice: false } : { zero: false as const, padding: 10 },
        axis: { tickCount: 5 },
      },
    },
    layer: measuredPublishedLayers(legend ? colour : { ...colour, legend: null }, sources),
  };
}

/** An axis for rows that all have the same value, which has no extent of its own. */
function aroundOneValue(rows: readonly Row[]): [number, number] | undefined {
  const { value } = rows[0]!;
  if (rows.some(({ least, greatest }) => least !== value || greatest !== value)) return undefined;
  const reach = Math.abs(value) / 2 || 1;
  return [value - reach, value + reach];
}

function apart(rows: readonly Row[], options: CapacityCurvesOptions, columns: number): TopLevelSpec {
  const series = [...new Set(rows.map((row) => row.series))];
  const { encoding, layer } = axesAndMarks(rows, options, false);
  const greys = rows.filter((row) => row.series === options.reference && row.source === MEASURED);
  const others = series.filter((name) => name !== options.reference);
  const reference: UnitSpec = {
    transform: [{ filter: "datum.role === 'reference'" }],
    mark: { type: "line", style: STYLE.referenceLine },
    encoding: {},
  };
  const shown = layer.map((unit) => ({
    ...unit,
    transform: [{ filter: "datum.role === 'shown'" }, ...(unit.transform ?? [])],
  }));
  return {
    data: {
      values: [
        ...rows.map((row) => ({ ...row, role: "shown", axes: row.series })),
        ...others.flatMap((axes) => greys.map((row) => ({ ...row, role: "reference", axes }))),
      ],
    },
    facet: { field: "axes", type: "nominal", sort: series, header: { title: null } },
    columns,
    spacing: { row: 18, column: 22 },
    spec: { ...APART, encoding, layer: [reference, ...shown] },
  };
}
