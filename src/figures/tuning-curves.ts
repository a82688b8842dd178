import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { type FigureSpec, requireLength, requireShape } from "./figure.js";
import { VIRIDIS } from "./parts/colour-map.js";
import { type Limits, sequentialScale } from "./parts/colour-scale.js";

export interface TuningCurvesPanel {
  /** Which model and capacity: the heading of a row of heat maps. */
  readonly title: string;
  /** [channels, rows, columns]: mean activation per position; NaN where no sample fell. */
  readonly curves: NumericArray;
}

export interface TuningCurvesData {
  readonly panels: readonly TuningCurvesPanel[];
}

export interface TuningCurvesOptions {
  readonly title?: string;
  readonly caption?: string;
  /** What the rows and columns of a heat map are. Default `xU` and `xL`. */
  readonly rowName?: string;
  readonly columnName?: string;
  /** Default `z1`, `z2`, ... */
  readonly channelNames?: readonly string[];
  /** Ends of the common colour scale. Default 0 and 1. */
  readonly limits?: Limits;
  /** Side of a heat map in pixels, up to a whole number of pixels a cell. Default 120. */
  readonly side?: number;
  /** Name each row of heat maps by its panel. Default true. */
  readonly rowHeadings?: boolean;
}

const PANEL_SIDE = 120;
const LEAST_CELL = 2;

/**
 * One heat map for each latent channel (rows: upper corridor, columns: lower corridor), one row for each panel,
 * all in one colour scale.
 * @throws UserError when an array is not [channels, rows, columns] or the panels differ in shape.
 */
export function tuningCurves(data: TuningCurvesData, options: TuningCurvesOptions = {}): FigureSpec {
  const [first] = data.panels;
  if (!first)
    throw new UserError({
      where: "tuning-curves",
      what: "no curves given",
      remedy: "Give at least one panel",
    });
  for (const panel of data.panels) requireAlike(panel, first);
  const [channels, rows, columns] = first.curves.shape;
  const names = options.channelNames ?? Array.from({ length: channels }, (_, k) => `z${k + 1}`);
  requireLength(names.length, channels, "tuning-curves, channel names", "channels");

  const cell = Math.max(LEAST_CELL, Math.round((options.side ?? PANEL_SIDE) / Math.max(rows, columns)));
  const values = data.panels.flatMap((panel) => cellsOf(panel, names));
  const rowName = options.rowName ?? "xU";
  const columnName = options.columnName ?? "xL";
  const axis = (count: number) => ({
    domain: false,
    ticks: false,
    grid: false,
    labelPadding: 4,
    labelAngle: 0,
    values: axisValues(count),
  });
  const legend = { gradientLength: rows * cell, tickCount: 5 };
  return {
    name: "tuning-curves",
    title: options.title ?? "Tuning curves",
    caption:
      options.caption ??
      `Mean activation of every latent channel at each position, rescaled to 0 (least over all channels) to 1 (greatest). Rows ${rowName}, columns ${columnName}.`,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      data: { values },
      facet: {
        row: {
          field: "panel",
          type: "nominal",
          sort: data.panels.map((panel) => panel.title),
          header: { title: null, labelOrient: "left", labels: options.rowHeadings ?? true },
        },
        column: { field: "channel", type: "nominal", sort: [...names], header: { title: null } },
      },
      spacing: { row: 16, column: 12 },
      spec: {
        width: columns * cell,
        height: rows * cell,
        mark: { type: "rect", tooltip: true },
        encoding: {
          x: {
            field: "column",
            type: "ordinal",
            scale: { padding: 0 },
            title: columnName,
            axis: axis(columns),
          },
          y: { field: "row", type: "ordinal", scale: { padding: 0 }, title: rowName, axis: axis(rows) },
          color: {
            field: "activation",
            type: "quantitative",
            scale: sequentialScale(options.limits ?? [0, 1], VIRIDIS).vega,
            legend,
          },
        },
      },
    },
    table: {
      columns: ["panel", "channel", rowName, columnName, "activation"],
      rows: values.map((value) => [value.panel, value.channel, value.row, value.column, value.activation]),
    },
  };
}

function requireAlike(panel: TuningCurvesPanel, first: TuningCurvesPanel): void {
  const where = `tuning-curves, ${panel.title}`;
  requireShape(panel.curves, ["channels", "rows", "columns"], where);
  if (panel.curves.shape.join() === first.curves.shape.join()) return;
  throw new UserError({
    where,
    what: `shape [${panel.curves.shape.join(", ")}] differs from [${first.curves.shape.join(", ")}] of ${first.title}`,
    remedy: "Draw models of another shape in a figure of their own",
  });
}

/** Cells that no sample fell into are left blank. */
function cellsOf({ title, curves }: TuningCurvesPanel, names: readonly string[]) {
  const [, rows, columns] = curves.shape;
  return Array.from(curves.data, (activation, k) => ({
    panel: title,
    channel: names[Math.floor(k / (rows * columns))],
    row: Math.floor(k / columns) % rows,
    column: k % columns,
    activation,
  })).filter((cell) => Number.isFinite(cell.activation));
}

/** First, middle and last position: enough to read a small heat map by. */
function axisValues(count: number): number[] {
  return count <= 3
    ? Array.from({ length: count }, (_, k) => k)
    : [0, Math.floor((count - 1) / 2), count - 1];
}
