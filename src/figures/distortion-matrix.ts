/**
 * Distortion matrices by class (2 to some 30 classes: one rectangle a cell) or by position (169 and more: one
 * picture, since 28,561 rectangles make a file nobody can open).
 */
import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import type { FigureSpec, FigureTable } from "./figure.js";
import { requireLength, requireShape } from "./figure.js";
import { readableOn } from "./parts/colour-map.js";
import { type ColourScale, distortionLimits, divergingScale, type Limits } from "./parts/colour-scale.js";
import { pictureUri } from "./parts/picture.js";
import type { LayerSpec, UnitSpec } from "./parts/vega-types.js";
import { STYLE } from "./theme.js";

export interface DistortionMatrixPanel {
  readonly title?: string;
  /** [classes, classes]: mean relative distortion between the classes of row and column. */
  readonly matrix: NumericArray;
  /** One label for each row and column. */
  readonly labels: readonly (string | number)[];
}

export interface DistortionMatrixData {
  readonly panels: readonly DistortionMatrixPanel[];
}

export interface DistortionMatrixOptions {
  readonly title?: string;
  readonly caption?: string;
  /** Colours of each panel by its own values, or of all panels by all values. Default `shared`. */
  readonly limits?: "own" | "shared" | Limits;
  /** Consecutive labels that belong together: ticks name the blocks, e.g. 13 columns xL for each xU. */
  readonly blocks?: { readonly size: number; readonly name: string };
  /** Title of both axes. */
  readonly axisTitle?: string;
  /** Write the value into its cell. Default: when a panel has at most 6 classes. */
  readonly cellValues?: boolean;
  /** Panels beside each other before the next row begins. Default: all. */
  readonly columns?: number;
}

const LARGEST_WITH_VALUES = 6;
const LARGEST_WITH_RECTANGLES = 32;
const PICTURE_SIDE = 340;
const PICTURE_PIXELS = 680;
const CELL_SIDE = { least: 11, greatest: 64, whole: 260 };
const TICK_LENGTH = 5;
const LABEL_PADDING = 6;
const LEGEND_TITLE = "distortion";

/**
 * Draws distortion matrices beside each other in blue, white (zero) and red.
 * @throws UserError when a matrix is not square or its labels are not one for each row.
 */
export function distortionMatrix(
  data: DistortionMatrixData,
  options: DistortionMatrixOptions = {},
): FigureSpec {
  if (data.panels.length === 0) {
    throw new UserError({ where: "distortion-matrix", what: "no matrix given", remedy: "Give at least one" });
  }
  for (const [index, panel] of data.panels.entries()) requireSquare(panel, index);
  const limits = options.limits ?? "shared";
  const common =
    typeof limits === "string" ? distortionLimits(data.panels.map((p) => p.matrix.data)) : limits;
  const scaleOf = (panel: DistortionMatrixPanel) =>
    divergingScale(limits === "own" ? distortionLimits([panel.matrix.data]) : common);
  const panels = data.panels.map((panel) => panelSpec(panel, scaleOf(panel), options));
  return {
    name: "distortion-matrix",
    title: options.title ?? "Distortion matrix",
    caption:
      options.caption ??
      "Mean relative distance between codes of two classes, against the reference, less the mean over all pairs: blue is drawn together, red is pushed apart.",
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      ...(options.columns === undefined ? { hconcat: panels } : { concat: panels, columns: options.columns }),
      resolve: { scale: { color: limits === "own" ? "independent" : "shared" } },
      spacing: 30,
    },
    table: table(data.panels),
  };
}

function requireSquare(panel: DistortionMatrixPanel, index: number): void {
  const where = `distortion-matrix, panel ${index + 1}${panel.title ? ` (${panel.title})` : ""}`;
  requireShape(panel.matrix, ["classes", "classes"], where);
  const [rows, columns] = panel.matrix.shape;
  if (rows !== columns) {
    throw new UserError({
      where,
      what: `the matrix has shape [${rows}, ${columns}]`,
      remedy: "Give a square matrix, one row and one column for each class",
    });
  }
  requireLength(panel.labels.length, rows, `${where}, labels`, "classes");
  const twice = panel.labels.find((label, k) => panel.labels.indexOf(label) !== k);
  if (twice !== undefined) {
    throw new UserError({
      where: `${where}, labels`,
      what: `the label ${twice} stands twice`,
      remedy: "Give every class its own label",
    });
  }
}

function panelSpec(
  panel: DistortionMatrixPanel,
  scale: ColourScale,
  options: DistortionMatrixOptions,
): LayerSpec {
  const size = panel.labels.length;
  const body =
    size <= LARGEST_WITH_RECTANGLES ? cellPanel(panel, scale, options) : picturePanel(panel, scale, options);
  return { ...(panel.title === undefined ? {} : { title: panel.title }), ...body };
}

function colourChannel(scale: ColourScale, height: number) {
  return {
    field: "value",
    type: "quantitative" as const,
    title: LEGEND_TITLE,
    scale: scale.vega,
    legend: { gradientLength: Math.min(height, 180), gradientOpacity: 1, tickCount: 5 },
  };
}

/** One rectangle a cell; a pair of classes without a finite distance stays blank. */
function cellPanel(
  panel: DistortionMatrixPanel,
  scale: ColourScale,
  options: DistortionMatrixOptions,
): LayerSpec {
  const size = panel.labels.length;
  const cell = Math.round(Math.min(CELL_SIDE.greatest, Math.max(CELL_SIDE.least, CELL_SIDE.whole / size)));
  const side = cell * size;
  const values = Array.from(panel.matrix.data, (value, k) => ({
    row: String(panel.labels[Math.floor(k / size)]),
    column: String(panel.labels[k % size]),
    value,
    ink: readableOn(scale.colourOf(value)),
  })).filter((cell) => Number.isFinite(cell.value));
  const band = { type: "ordinal" as const, sort: null, scale: { padding: 0 } };
  const axis = {
    domain: false,
    ticks: false,
    labelPadding: LABEL_PADDING,
    labelOverlap: false,
    labelAngle: 0,
    title: options.axisTitle ?? null,
  };
  const labelsAreLong = panel.labels.some((label) => String(label).length * 6 > cell - 4);
  const cells: UnitSpec = {
    mark: { type: "rect", tooltip: true },
    encoding: { color: colourChannel(scale, side) },
  };
  const numbers: UnitSpec = {
    mark: { type: "text", fontSize: 12 },
    encoding: {
      text: { field: "value", type: "quantitative", format: ".2f" },
      fill: { field: "ink", type: "nominal", scale: null, legend: null },
    },
  };
  return {
    width: side,
    height: side,
    data: { values },
    encoding: {
      x: { field: "column", ...band, axis: { ...axis, labelAngle: labelsAreLong ? -90 : 0 } },
      y: { field: "row", ...band, axis },
    },
    layer: (options.cellValues ?? size <= LARGEST_WITH_VALUES) ? [cells, numbers] : [cells],
  };
}

/** One picture for all cells; a pair of classes without a finite distance is grey. */
function picturePanel(
  panel: DistortionMatrixPanel,
  scale: ColourScale,
  options: DistortionMatrixOptions,
): LayerSpec {
  const size = panel.labels.length;
  const enlarge = Math.max(1, Math.round(PICTURE_PIXELS / size));
  const uri = pictureUri(size, size, enlarge, (row, column) =>
    scale.colourOf(panel.matrix.data[row * size + column]),
  );
  const ticks = blockTicks(panel.labels, options);
  const axis = {
    values: ticks.map((tick) => tick.at),
    labelExpr: `${JSON.stringify(Object.fromEntries(ticks.map((tick) => [String(tick.at), tick.text])))}[toString(datum.value)]`,
    ticks: false,
    domain: false,
    grid: false,
    labelPadding: LABEL_PADDING,
    labelOverlap: false,
    labelAngle: 0,
    title: options.axisTitle ?? options.blocks?.name ?? null,
  };
  const place = { type: "quantitative" as const };
  const domain = [0, size];
  return {
    width: PICTURE_SIDE,
    height: PICTURE_SIDE,
    data: { values: [{ from: 0, to: size, middle: size / 2, value: 0, picture: uri }] },
    encoding: {
      x: { field: "middle", ...place, scale: { domain, nice: false }, axis },
      y: { field: "middle", ...place, scale: { domain, nice: false, reverse: true }, axis },
    },
    layer: [
      {
        mark: { type: "image", width: PICTURE_SIDE, height: PICTURE_SIDE, aspect: false },
        encoding: { url: { field: "picture", type: "nominal" } },
      },
      // Carries the colour legend: pixels of a picture have no scale of their own.
      {
        mark: { type: "square", size: 0, filled: true },
        encoding: { color: colourChannel(scale, PICTURE_SIDE) },
      },
      ...blockLines(size, options),
    ],
  };
}

/** Where the axis of a large matrix is labelled: the middle of each block, or some ten labels. */
function blockTicks(
  labels: readonly (string | number)[],
  { blocks }: DistortionMatrixOptions,
): { at: number; text: string }[] {
  if (blocks) {
    const count = Math.ceil(labels.length / blocks.size);
    return Array.from({ length: count }, (_, k) => ({ at: (k + 0.5) * blocks.size, text: String(k) }));
  }
  const step = Math.ceil(labels.length / 10);
  return labels.flatMap((label, k) => (k % step === 0 ? [{ at: k + 0.5, text: String(label) }] : []));
}

/** Short ticks outside the picture, where one block ends and the next begins. */
function blockLines(size: number, { blocks }: DistortionMatrixOptions): UnitSpec[] {
  if (!blocks) return [];
  const borders = [];
  for (let at = blocks.size; at < size; at += blocks.size) borders.push({ at });
  const mark = { type: "rule" as const, style: STYLE.leader };
  const at = { field: "at", type: "quantitative" as const };
  return [
    {
      data: { values: borders },
      mark,
      encoding: { x: at, y: { value: PICTURE_SIDE }, y2: { value: PICTURE_SIDE + TICK_LENGTH } },
    },
    {
      data: { values: borders },
      mark,
      encoding: { y: at, x: { value: -TICK_LENGTH }, x2: { value: 0 } },
    },
  ];
}

/** Long by panel and row, wide by column: a block of rows is the matrix itself. */
function table(panels: readonly DistortionMatrixPanel[]): FigureTable {
  const widest = panels.reduce((found, panel) => (panel.labels.length > found.labels.length ? panel : found));
  return {
    columns: ["panel", "row", ...widest.labels.map(String)],
    rows: panels.flatMap((panel, index) => {
      const size = panel.labels.length;
      return panel.labels.map((label, row) => [
        panel.title ?? String(index + 1),
        label,
        ...Array.from(panel.matrix.data.subarray(row * size, (row + 1) * size)),
      ]);
    }),
  };
}
