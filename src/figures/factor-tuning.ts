/** What each dimension of a code answers to the factors of dSprites, as in Figure 4 of "Exact Rate-Distortion in Autoencoders via Echo Noise". */

import { UserError } from "../errors.js";
import { USED_VARIANCE } from "../geometry/dimensions-in-use.js";
import type { NumericArray } from "../numeric-array.js";
import { own } from "../own.js";
import { type FigureSpec, type FigureTable, requireFinite, requireLength, requireShape } from "./figure.js";
import { type ColourScale, divergingScale } from "./parts/colour-scale.js";
import { finiteExtent } from "./parts/extent.js";
import { pictureUri } from "./parts/picture.js";
import type { LayerSpec } from "./parts/vega-types.js";
import { CATEGORY_COLOURS, STYLE } from "./theme.js";

export interface FactorTuningData {
  /** Variance of each dimension's mean over all images [D]: it tells which dimensions are in use. */
  readonly variances: ArrayLike<number>;
  /** [D, posY, posX]: the mean code at each position, averaged over all other factors. */
  readonly position: NumericArray;
  /** [D, shapes, scales]: the mean code of each shape and scale, averaged over the others. */
  readonly scale: NumericArray;
  /** [D, shapes, orientations]. */
  readonly orientation: NumericArray;
  /** Name of each shape. */
  readonly shapes: readonly string[];
  /** The sizes themselves, one for each scale. Default: 0, 1, ... */
  readonly scaleValues?: readonly number[];
  /** The angles in degrees, one for each orientation. Default: equal steps of a whole turn from 0. */
  readonly orientationDegrees?: readonly number[];
  /** Default `z1`, `z2`, ... */
  readonly names?: readonly string[];
}

export interface FactorTuningOptions {
  readonly title?: string;
  readonly caption?: string;
  /** A dimension whose variance is not above this is not in use, and is left out; {@link USED_VARIANCE} by default. */
  readonly leastVariance?: number;
  /** Colour of each shape by its name. Default: square blue, ellipse orange, heart green, others as they come. */
  readonly shapeColours?: Readonly<Record<string, string>>;
}

const SHAPE_COLOURS: Readonly<Record<string, string>> = {
  square: CATEGORY_COLOURS[0],
  ellipse: CATEGORY_COLOURS[1],
  heart: CATEGORY_COLOURS[2],
};
const HEIGHT = 96;
const LINES_WIDTH = 170;
const SPACING = 34;
const PICTURE_PIXELS = 2 * HEIGHT;

/**
 * A row for each dimension in use, by falling variance: its mean over positions as a heat map (blue below 0, red above),
 * then against scale and against orientation, a line for each shape. All rows have the same limits.
 * @throws UserError when a shape does not fit, a number is not finite, or no dimension is in use.
 */
export function factorTuning(data: FactorTuningData, options: FactorTuningOptions = {}): FigureSpec {
  const { scales, angles, names } = requireFactors(data);
  const leastVariance = options.leastVariance ?? USED_VARIANCE;
  const active = names
    .map((_, k) => k)
    .filter((k) => data.variances[k] > leastVariance)
    .sort((a, b) => data.variances[b] - data.variances[a]);
  if (active.length === 0) {
    throw new UserError({
      where: "factor-tuning",
      what: `no dimension has a variance above ${leastVariance}`,
      remedy: "Give a code that is in use, or a smaller least variance",
    });
  }
  const reach = reachOf([data.position, data.scale, data.orientation], active);
  const colours = divergingScale([-reach, reach]);
  const shapeColours = data.shapes.map(
    (shape, k) =>
      own(options.shapeColours ?? {}, shape) ??
      own(SHAPE_COLOURS, shape) ??
      CATEGORY_COLOURS[k % CATEGORY_COLOURS.length],
  );
  const lines = (of: "scale" | "orientation", values: readonly number[], title: string, legend: boolean) => ({
    vconcat: active.map((dimension, row) =>
      linesPanel(slice(data[of], dimension), values, {
        title: row === active.length - 1 ? title : null,
        shapes: data.shapes,
        shapeColours,
        reach,
        legend,
      }),
    ),
    spacing: SPACING,
    bounds: "flush" as const,
  });
  const left = names.length - active.length;
  return {
    name: "factor-tuning",
    title: options.title ?? "What each dimension answers to",
    caption:
      options.caption ??
      `Mean code of each dimension in use: over positions, all other factors averaged, and against scale and orientation for each shape. All in the same limits.${left > 0 ? ` ${left} of ${names.length} dimensions are not in use (variance of at most ${leastVariance}) and left out.` : ""}`,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      hconcat: [
        {
          vconcat: active.map((dimension, row) =>
            positionPanel(
              slice(data.position, dimension),
              colours,
              `${names[dimension]}, variance ${Number(data.variances[dimension].toPrecision(2))}`,
              row === active.length - 1,
            ),
          ),
          spacing: SPACING,
          bounds: "flush",
        },
        lines("scale", scales, "scale", false),
        lines("orientation", angles, "orientation (degrees)", true),
      ],
      spacing: 44,
      resolve: { scale: { color: "independent" } },
    },
    table: tableOf(data, active, { names, scales, angles }),
  };
}

function requireFactors(data: FactorTuningData) {
  const where = "factor-tuning";
  requireShape(data.position, ["dimensions", "posY", "posX"], `${where}, position`);
  requireShape(data.scale, ["dimensions", "shapes", "scales"], `${where}, scale`);
  requireShape(data.orientation, ["dimensions", "shapes", "orientations"], `${where}, orientation`);
  const [dimensions] = data.position.shape;
  requireLength(data.variances.length, dimensions, `${where}, variances`, "dimensions");
  requireFinite(data.variances, `${where}, variances`);
  for (const of of ["position", "scale", "orientation"] as const) {
    requireLength(data[of].shape[0], dimensions, `${where}, ${of}`, "dimensions");
    requireFinite(data[of].data, `${where}, ${of}`);
  }
  for (const of of ["scale", "orientation"] as const) {
    requireLength(data.shapes.length, data[of].shape[1], `${where}, names of shapes in ${of}`, "shapes");
  }
  const [scaleCount, angleCount] = [data.scale.shape[2], data.orientation.shape[2]];
  const scales = data.scaleValues ?? Array.from({ length: scaleCount }, (_, k) => k);
  const angles =
    data.orientationDegrees ?? Array.from({ length: angleCount }, (_, k) => (360 * k) / angleCount);
  const names = data.names ?? Array.from({ length: dimensions }, (_, k) => `z${k + 1}`);
  requireLength(scales.length, scaleCount, `${where}, values of scale`, "scales");
  requireLength(angles.length, angleCount, `${where}, degrees`, "orientations");
  requireLength(names.length, dimensions, `${where}, names`, "dimensions");
  return { scales, angles, names };
}

/** [a, b] of one dimension of [D, a, b]. */
function slice({ shape: [, rows, columns], data }: NumericArray, dimension: number): NumericArray {
  const size = rows * columns;
  return { shape: [rows, columns], data: data.subarray(dimension * size, (dimension + 1) * size) };
}

/** The greatest distance from 0 that a dimension in use has anywhere. */
function reachOf(arrays: readonly NumericArray[], active: readonly number[]): number {
  const parts = arrays.flatMap((array) =>
    active.map((dimension) => finiteExtent(slice(array, dimension).data)!),
  );
  return Math.max(...parts.flat().map(Math.abs)) || 1;
}

/** One picture: a thousand rectangles a dimension make a file nobody can open. */
function positionPanel(
  { shape: [rows, columns], data }: NumericArray,
  colours: ColourScale,
  title: string,
  last: boolean,
): LayerSpec {
  const enlarge = Math.max(1, Math.round(PICTURE_PIXELS / rows));
  const width = Math.round((HEIGHT * columns) / rows);
  const picture = pictureUri(rows, columns, enlarge, (row, column) =>
    colours.colourOf(data[row * columns + column]),
  );
  const place = { type: "quantitative" as const };
  const axis = (count: number) => ({
    values: [0.5, count - 0.5],
    labelExpr: "format(datum.value - 0.5, 'd')",
    domain: false,
    ticks: false,
    grid: false,
  });
  return {
    title: { text: title, fontSize: 11, offset: 4 },
    width,
    height: HEIGHT,
    data: { values: [{ x: columns / 2, y: rows / 2, value: 0, picture }] },
    encoding: {
      x: {
        field: "x",
        ...place,
        scale: { domain: [0, columns], nice: false },
        title: last ? "posX" : null,
        axis: axis(columns),
      },
      y: {
        field: "y",
        ...place,
        scale: { domain: [0, rows], nice: false, reverse: true },
        title: "posY",
        axis: axis(rows),
      },
    },
    layer: [
      {
        mark: { type: "image", width, height: HEIGHT, aspect: false },
        encoding: { url: { field: "picture", type: "nominal" } },
      },
      { mark: { type: "rect", style: STYLE.pictureFrame, width, height: HEIGHT } },
      // Carries the colour legend: pixels of a picture have no scale of their own.
      {
        mark: { type: "square", size: 0, filled: true },
        encoding: {
          color: {
            field: "value",
            type: "quantitative",
            title: "mean code",
            scale: colours.vega,
            legend: { gradientLength: HEIGHT, gradientOpacity: 1, tickCount: 5 },
          },
        },
      },
    ],
  };
}

interface LinesOptions {
  readonly title: string | null;
  readonly shapes: readonly string[];
  readonly shapeColours: readonly string[];
  readonly reach: number;
  readonly legend: boolean;
}

/** A line for each shape, [shapes, values]. */
function linesPanel(
  { shape: [, count], data }: NumericArray,
  values: readonly number[],
  { title, shapes, shapeColours, reach, legend }: LinesOptions,
): LayerSpec {
  return {
    width: LINES_WIDTH,
    height: HEIGHT,
    data: {
      values: Array.from(data, (code, k) => ({
        shape: shapes[Math.floor(k / count)],
        value: values[k % count],
        code,
      })),
    },
    encoding: {
      x: {
        field: "value",
        type: "quantitative",
        title,
        scale: { nice: false, zero: false },
        axis: { grid: false, tickCount: 4 },
      },
      y: {
        field: "code",
        type: "quantitative",
        title: null,
        scale: { domain: [-1.05 * reach, 1.05 * reach], nice: false },
        axis: { tickCount: 3 },
      },
    },
    layer: [
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: "rule", style: STYLE.zeroLine },
        encoding: { x: { value: 0 }, x2: { value: LINES_WIDTH }, y: { field: "zero" } },
      },
      {
        mark: { type: "line", strokeWidth: 1.6 },
        encoding: {
          color: {
            field: "shape",
            type: "nominal",
            title: null,
            scale: { domain: [...shapes], range: [...shapeColours] },
            legend: legend ? { symbolType: "stroke", symbolStrokeWidth: 2 } : null,
          },
        },
      },
    ],
  };
}

function tableOf(
  data: FactorTuningData,
  active: readonly number[],
  {
    names,
    scales,
    angles,
  }: { names: readonly string[]; scales: readonly number[]; angles: readonly number[] },
): FigureTable {
  const rowsOf = (
    dimension: number,
    array: NumericArray,
    row: (k: number, columns: number) => (string | number)[],
  ) => {
    const one = slice(array, dimension);
    return Array.from(one.data, (code, k) => [names[dimension], ...row(k, one.shape[1]), code]);
  };
  return {
    columns: ["dimension", "against", "shape", "posY", "posX", "value", "code"],
    rows: active.flatMap((dimension) => [
      ...rowsOf(dimension, data.position, (k, columns) => [
        "position",
        "",
        Math.floor(k / columns),
        k % columns,
        "",
      ]),
      ...rowsOf(dimension, data.scale, (k, columns) => [
        "scale",
        data.shapes[Math.floor(k / columns)],
        "",
        "",
        scales[k % columns],
      ]),
      ...rowsOf(dimension, data.orientation, (k, columns) => [
        "orientation",
        data.shapes[Math.floor(k / columns)],
        "",
        "",
        angles[k % columns],
      ]),
    ]),
  };
}
