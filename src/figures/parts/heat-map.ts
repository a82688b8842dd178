/** A table of numbers as colours: one rectangle a cell, or one picture where the rectangles would make a file nobody can open. */
import type { NumericArray } from "../../numeric-array.js";
import type { LayerSpec, UnitSpec } from "../figure.js";
import { STYLE } from "../theme.js";
import { readableOn } from "./colour-map.js";
import type { ColourScale } from "./colour-scale.js";
import { pictureUri } from "./picture.js";
import { type Axis, plane, unit } from "./plane.js";

export interface CellAxis {
  readonly title: string | null;
  /** One for each row or column; some are left out where they would overlap. */
  readonly labels: readonly (string | number)[];
  /** Texts at places of their own (from 0 to the number of rows or columns) instead of the labels. */
  readonly ticks?: readonly { readonly at: number; readonly text: string }[];
}

export interface HeatMap {
  /** [rows, columns]; a cell that is not finite stays blank, or grey in a picture. */
  readonly cells: NumericArray;
  readonly rows: CellAxis;
  readonly columns: CellAxis;
  readonly width: number;
  readonly height: number;
  readonly scale: ColourScale;
  readonly legend: { readonly title: string; readonly length: number };
  readonly title?: LayerSpec["title"] | undefined;
  /** The value is written into its cell. */
  readonly numbers?: boolean;
  readonly over?: readonly UnitSpec[];
}

const LARGEST_WITH_RECTANGLES = 1024;
/** Height of a line of text, and the mean width of a letter, in pixels. */
const LINE = 12;
const LETTER = 6.2;

/** Rows from above to below, columns from left to right. */
export function heatMap(map: HeatMap): LayerSpec {
  const { cells, rows, columns, width, height, title, over = [] } = map;
  const [rowCount, columnCount] = cells.shape;
  const drawn = rowCount * columnCount <= LARGEST_WITH_RECTANGLES ? rectangles(map) : picture(map);
  const middle = [{ x: columnCount / 2, value: rowCount / 2 }];
  return plane(
    { width, height, title },
    { domain: [0, columnCount], ...axisOf(columns, width / columnCount, false) },
    { domain: [rowCount, 0], ...axisOf(rows, height / rowCount, true) },
    [...drawn, ...unit(middle, { type: "rect", style: STYLE.pictureFrame, width, height }), ...over],
  );
}

function colour({ scale, legend: { title, length } }: HeatMap) {
  return {
    field: "cell",
    type: "quantitative" as const,
    title,
    scale: scale.vega,
    legend: { gradientLength: length, gradientOpacity: 1, tickCount: 5 },
  };
}

function rectangles(map: HeatMap): UnitSpec[] {
  const { cells, rows, columns, scale, numbers = false } = map;
  const width = cells.shape[1];
  const values = Array.from(cells.data, (cell, k) => {
    const [y, x] = [Math.floor(k / width), k % width];
    const at = { x, x1: x + 1, xMiddle: x + 0.5, value: y, y1: y + 1, yMiddle: y + 0.5 };
    return {
      ...at,
      row: rows.labels[y],
      column: columns.labels[x],
      cell,
      ink: readableOn(scale.colourOf(cell)),
    };
  }).filter(({ cell }) => Number.isFinite(cell));
  const tooltip = ["row", "column", "cell"].map((field) => ({ field, type: "nominal" as const }));
  return [
    ...unit(
      values,
      { type: "rect" },
      { x2: { field: "x1" }, y2: { field: "y1" }, color: colour(map), tooltip },
    ),
    ...unit(
      numbers ? values : [],
      { type: "text", fontSize: 12 },
      {
        x: { field: "xMiddle" },
        y: { field: "yMiddle" },
        text: { field: "cell", type: "quantitative", format: ".2f" },
        fill: { field: "ink", type: "nominal", scale: null, legend: null },
      },
    ),
  ];
}

/** Twice the pixels of the page, in whole pixels a cell. */
function picture(map: HeatMap): UnitSpec[] {
  const { cells, width, height, scale } = map;
  const [rows, columns] = cells.shape;
  const enlarge = Math.max(1, Math.round((2 * height) / rows));
  const uri = pictureUri(rows, columns, enlarge, (row, column) =>
    scale.colourOf(cells.data[row * columns + column]),
  );
  const whole = [{ x: columns / 2, value: rows / 2, cell: 0, uri }];
  return [
    ...unit(
      whole,
      { type: "image", width, height, aspect: false },
      { url: { field: "uri", type: "nominal" } },
    ),
    // Carries the legend: pixels of a picture have no scale of their own.
    ...unit(whole, { type: "square", size: 0, filled: true }, { color: colour(map) }),
  ];
}

function axisOf({ title, labels, ticks }: CellAxis, cell: number, vertical: boolean): Omit<Axis, "domain"> {
  const texts = labels.map(labelText);
  const widest = LETTER * Math.max(...texts.map((one) => one.length)) + 4;
  const isNumeric = labels.every((label) => typeof label === "number");
  const upright = !vertical && widest > cell && !isNumeric && !ticks;
  const step = Math.max(1, Math.ceil((vertical || upright ? LINE : widest) / cell));
  const shown = ticks ?? texts.flatMap((text, k) => (k % step === 0 ? [{ at: k + 0.5, text }] : []));
  return {
    title,
    ticks: shown.map(({ at }) => at),
    names: shown.map(({ text }) => text),
    upright,
    bare: true,
  };
}

/** A label as it stands on an axis; numbers to three significant digits. */
export function labelText(label: string | number): string {
  return typeof label === "number" ? String(Number(label.toPrecision(3))).replace("-", "−") : label;
}
