import type { NumericArray } from "../numeric-array.js";
import { type FigureOptions, type FigureSpec, figure, requireSameShape, requireSome } from "./figure.js";
import { VIRIDIS } from "./parts/colour-map.js";
import { type Limits, sequentialScale } from "./parts/colour-scale.js";
import { seriesColour } from "./parts/curve-marks.js";
import { heatMap } from "./parts/heat-map.js";
import { domainOf } from "./parts/plane.js";
import { cellsOf, partOf, requireMeans, type TuningAxis, tuningLines } from "./parts/tuning.js";
import { columnName, type FigureTable, tableOf } from "./table.js";

export type { TuningAxis } from "./parts/tuning.js";

/** One panel of a figure `tuning-curves`. */
export interface TuningCurvesPanel {
  /** Which model and capacity: the heading of its heat maps, or the name of its lines. */
  readonly title: string;
  /** [channels, values] or [channels, rows, columns]: mean activation per cell; NaN where no sample fell. */
  readonly curves: NumericArray;
}

/** What a figure `tuning-curves` shows, as plain numbers and names. */
export interface TuningCurvesData {
  /** What the axes of the arrays behind the channels are: one (lines), or two, rows and columns (heat maps). */
  readonly axes: readonly [TuningAxis] | readonly [rows: TuningAxis, columns: TuningAxis];
  readonly panels: readonly TuningCurvesPanel[];
}

/** How a figure `tuning-curves` is drawn. */
export interface TuningCurvesOptions extends FigureOptions {
  /** Default `z1`, `z2`, ... */
  readonly channelNames?: readonly string[];
  /** What is averaged. Default `mean activation`. */
  readonly quantity?: string;
  /** Ends of the common scale. Default 0 and 1. */
  readonly limits?: Limits;
  /** Side of a heat map or width of a line plot in pixels. Default 120. */
  readonly side?: number;
  /** Channels in a row before the next begins. Default 8. */
  readonly columns?: number;
  /** Name each block of heat maps by its panel. Default: where there are several. */
  readonly rowHeadings?: boolean;
}

const SIDE = 120;
const COLUMNS = 8;
const SMALLEST_CELL = 2;

/**
 * What each latent channel responds to: its mean activation over one label (a line for each panel) or two (a heat map for
 * each panel), all on one scale. A label may be numeric or categorical; without labels, the axes may be latent dimensions or
 * principal axes in bins.
 * @throws UserError when an array does not have the axes named, or the panels differ in shape.
 */
export function tuningCurves(data: TuningCurvesData, options: TuningCurvesOptions = {}): FigureSpec {
  const { axes, panels } = data;
  requireSome(panels, "tuning-curves", "panel");
  let names: readonly string[] = [];
  for (const { title, curves } of panels) {
    names = requireMeans(curves, axes, `tuning-curves, ${title}`, options.channelNames);
    requireSameShape(curves, panels[0].curves, `tuning-curves, ${title}`, panels[0].title);
  }
  const { quantity = "mean activation" } = options;
  return figure(
    "tuning-curves",
    options,
    {
      title: "Tuning curves",
      caption: [
        axes.length === 1
          ? `${quantity} of every channel by ${axes[0].name}, all on one scale.`
          : `${quantity} of every channel by ${axes[0].name} (rows) and ${axes[1].name} (columns), all on one scale.`,
      ],
    },
    axes.length === 1 ? linesOf(axes, data, names, options) : mapsOf(axes, data, names, options),
    tableOfCurves(data, names, quantity),
  );
}

type Named = readonly string[];

function linesOf(
  [axis]: readonly [TuningAxis],
  { panels }: TuningCurvesData,
  names: Named,
  options: TuningCurvesOptions,
) {
  const { side = SIDE, columns = COLUMNS, limits, quantity = "mean activation" } = options;
  const domain = limits ?? domainOf({ values: panels.flatMap(({ curves }) => Array.from(curves.data)) });
  const color = seriesColour(panels.map(({ title }) => ({ series: title })));
  return {
    concat: names.map((name, channel) =>
      tuningLines(
        panels.map(({ title, curves }) => ({ series: title, means: partOf(curves, channel).data })),
        axis,
        {
          ...{ title: name, width: side, height: Math.round(0.75 * side), domain, color },
          untitled: channel + columns < names.length,
          yTitle: channel % columns === 0 ? quantity : null,
        },
      ),
    ),
    columns,
    spacing: { row: 16, column: 16 },
  };
}

function mapsOf(
  [rows, columns]: readonly [TuningAxis, TuningAxis],
  { panels }: TuningCurvesData,
  names: Named,
  options: TuningCurvesOptions,
) {
  const {
    side = SIDE,
    limits = [0, 1],
    quantity = "mean activation",
    rowHeadings = panels.length > 1,
  } = options;
  const across = options.columns ?? COLUMNS;
  const [height, width] = [rows.values.length, columns.values.length];
  const cell = Math.max(SMALLEST_CELL, Math.round(side / Math.max(height, width)));
  return {
    vconcat: panels.map(({ title, curves }, panel) => ({
      ...(rowHeadings ? { title: { text: title, frame: "bounds" as const, offset: 6 } } : {}),
      concat: names.map((name, channel) => {
        const isLast = panel === panels.length - 1 && channel + across >= names.length;
        // The rows of maps next to each other are the same: the first one names them.
        const isFirst = channel % across === 0;
        return heatMap({
          title: { text: name, fontWeight: "normal", fontSize: 12, anchor: "middle", offset: 4 },
          cells: partOf(curves, channel),
          rows: {
            title: isFirst ? rows.name : null,
            labels: rows.values,
            ...(isFirst ? {} : { ticks: [] }),
          },
          columns: { title: isLast ? columns.name : null, labels: columns.values },
          width: width * cell,
          height: height * cell,
          scale: sequentialScale(limits, VIRIDIS),
          legend: { title: quantity, length: Math.max(80, Math.min(180, height * cell)) },
        });
      }),
      columns: across,
      spacing: { row: 12, column: 12 },
    })),
    spacing: 18,
  };
}

/** A row for each cell that a sample fell into. */
function tableOfCurves({ axes, panels }: TuningCurvesData, names: Named, quantity: string): FigureTable {
  const cells = panels.flatMap(({ title, curves }) =>
    names.flatMap((channel, k) =>
      cellsOf(curves, axes, k).map((cell) => ({ panel: title, channel, ...cell })),
    ),
  );
  const places = axes.map(({ name }, k) => [name, ({ at }: (typeof cells)[number]) => at[k]] as const);
  return tableOf(cells, {
    ...{ panel: "panel", channel: "channel" },
    ...Object.fromEntries(places),
    ...{ [columnName(quantity)]: "mean" },
  });
}
