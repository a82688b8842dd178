/** Distortion matrices by class or by position: how much nearer or farther the codes of each pair have become. */
import { refuse } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import {
  type FigureOptions,
  type FigureSpec,
  figure,
  requireLength,
  requireShape,
  requireSome,
} from "./figure.js";
import { type ColourScale, distortionLimits, divergingScale, type Limits } from "./parts/colour-scale.js";
import { type CellAxis, heatMap, labelText } from "./parts/heat-map.js";
import { unit } from "./parts/plane.js";
import type { FigureTable } from "./table.js";
import { STYLE } from "./theme.js";

/** One panel of a figure `distortion-matrix`. */
export interface DistortionMatrixPanel {
  readonly title?: string;
  /** [classes, classes], mean relative distortion between the classes of row and column. */
  readonly matrix: NumericArray;
  /** One label for each row and column. */
  readonly labels: readonly (string | number)[];
}

/** What a figure `distortion-matrix` shows, as plain numbers and names. */
export interface DistortionMatrixData {
  readonly panels: readonly DistortionMatrixPanel[];
}

/** How a figure `distortion-matrix` is drawn. */
export interface DistortionMatrixOptions extends FigureOptions {
  /** Colours of each panel by its own values, or of all panels by all values. Default `shared`. */
  readonly limits?: "own" | "shared" | Limits;
  /**
   * Consecutive labels that belong together, such as all values of a second label for one of a first: ticks name the
   * blocks, by `names` or by their numbers from 0.
   */
  readonly blocks?: {
    readonly size: number;
    readonly name: string;
    readonly names?: readonly (string | number)[];
  };
  /** Title of both axes. */
  readonly axisTitle?: string;
  /** Write the value into its cell. Default: when a panel has at most 6 classes. */
  readonly cellValues?: boolean;
  /** Panels in a row. Default: all. */
  readonly columns?: number;
}

const LARGEST_WITH_VALUES = 6;
/** Up to here every class has its label. */
const LARGEST_WITH_LABELS = 64;
const LARGE_SIDE = 340;
const CELL_SIDE = { minimum: 12, maximum: 64, whole: 260 };
const TICK_LENGTH = 5;
/** Longer names stand at the rows alone, with a number that stands for them at the columns. */
const LONGEST_TWICE = 16;

/**
 * Draws distortion matrices next to each other in blue, white (zero) and red.
 * @param data a matrix for each panel.
 * @param options how it is drawn.
 * @throws UserError when a matrix is not square or its labels are not one for each row.
 */
export function distortionMatrix(
  { panels }: DistortionMatrixData,
  options: DistortionMatrixOptions = {},
): FigureSpec {
  requireSome(panels, "distortion-matrix", "matrix");
  for (const [index, panel] of panels.entries()) requireSquare(panel, index);
  const { limits = "shared", columns } = options;
  const common =
    typeof limits === "string" ? distortionLimits(panels.map((panel) => panel.matrix.data)) : limits;
  const drawn = panels.map((panel) =>
    panelSpec(
      panel,
      divergingScale(limits === "own" ? distortionLimits([panel.matrix.data]) : common),
      options,
    ),
  );
  return figure(
    "distortion-matrix",
    options,
    {
      title: "Distortion matrix",
      caption: [
        "Relative change in the distance between the codes of two classes, compared with the reference, minus the mean over all pairs. Blue: closer together; red: farther apart.",
      ],
    },
    {
      concat: drawn,
      columns: columns ?? panels.length,
      resolve: { scale: { color: limits === "own" ? "independent" : "shared" } },
      spacing: 30,
    },
    table(panels),
  );
}

function requireSquare({ title, matrix, labels }: DistortionMatrixPanel, index: number): void {
  const where = `distortion-matrix, panel ${index + 1}${title ? ` (${title})` : ""}`;
  requireShape(matrix, ["classes", "classes"], where);
  const [rows, columns] = matrix.shape;
  if (rows !== columns) {
    refuse(
      where,
      `the matrix has shape [${rows}, ${columns}]`,
      "Give a square matrix, one row and one column for each class",
    );
  }
  requireLength(labels.length, rows, `${where}, labels`, "classes");
  const twice = labels.find((label, k) => labels.indexOf(label) !== k);
  if (twice === undefined) return;
  refuse(`${where}, labels`, `two classes have the label ${twice}`, "Give every class its own label");
}

function panelSpec(
  { title, matrix, labels }: DistortionMatrixPanel,
  scale: ColourScale,
  options: DistortionMatrixOptions,
) {
  const { blocks, cellValues = labels.length <= LARGEST_WITH_VALUES } = options;
  const size = labels.length;
  const cell = Math.round(Math.min(CELL_SIDE.maximum, Math.max(CELL_SIDE.minimum, CELL_SIDE.whole / size)));
  const side = size <= LARGEST_WITH_LABELS ? cell * size : LARGE_SIDE;
  const axisTitle = options.axisTitle ?? blocks?.name ?? null;
  const isLong =
    labels.some((label) => labelText(label).length > LONGEST_TWICE) && size <= LARGEST_WITH_LABELS;
  const axis = (own: readonly (string | number)[]): CellAxis => ({
    title: axisTitle,
    labels: own,
    ...(blocks ? { ticks: blockTicks(size, blocks) } : {}),
  });
  return heatMap({
    title,
    cells: matrix,
    rows: axis(isLong ? labels.map((label, k) => `${labelText(label)}  ${k + 1}`) : labels),
    columns: axis(isLong ? labels.map((_, k) => k + 1) : labels),
    width: side,
    height: side,
    scale,
    legend: { title: "distortion", length: Math.max(80, Math.min(side, 180)) },
    numbers: cellValues,
    over: blocks ? blockBorders(size, side, blocks.size) : [],
  });
}

/** The middle of each block. */
function blockTicks(count: number, { size, names }: NonNullable<DistortionMatrixOptions["blocks"]>) {
  return Array.from({ length: Math.ceil(count / size) }, (_, k) => ({
    at: (k + 0.5) * size,
    text: labelText(names?.[k] ?? k),
  }));
}

/** Short ticks outside the matrix, where one block ends and the next begins. */
function blockBorders(count: number, side: number, size: number) {
  const borders = Array.from({ length: Math.ceil(count / size) - 1 }, (_, k) => ({
    x: (k + 1) * size,
    value: (k + 1) * size,
  }));
  const mark = { type: "rule" as const, style: STYLE.leader };
  return [
    ...unit(borders, mark, { y: { value: side }, y2: { value: side + TICK_LENGTH } }),
    ...unit(borders, mark, { x: { value: -TICK_LENGTH }, x2: { value: 0 } }),
  ];
}

/** Long by panel and row, wide by column: a block of rows is the matrix itself. */
function table(panels: readonly DistortionMatrixPanel[]): FigureTable {
  const widest = panels.reduce((found, panel) => (panel.labels.length > found.labels.length ? panel : found));
  const rows = panels.flatMap(({ title, matrix, labels }, index) =>
    labels.map((row, k) => {
      const cells = matrix.data.subarray(k * labels.length, (k + 1) * labels.length);
      return { panel: title ?? String(index + 1), row, cells };
    }),
  );
  return {
    columns: ["panel", "row", ...widest.labels.map(String)],
    rows: rows.map(({ panel, row, cells }) => [panel, row, ...widest.labels.map((_, k) => cells[k] ?? "")]),
  };
}
