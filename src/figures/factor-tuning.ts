/** What each dimension of a code responds to, as in Figure 4 of "Exact Rate-Distortion in Autoencoders via Echo Noise". */
import { USED_VARIANCE } from "../geometry/dimensions-in-use.js";
import type { NumericArray } from "../numeric-array.js";
import {
  type FigureOptions,
  type FigureSpec,
  figure,
  refuse,
  requireFinite,
  requireLength,
  requireShape,
} from "./figure.js";
import { divergingScale } from "./parts/colour-scale.js";
import { seriesColour } from "./parts/curve-marks.js";
import { heatMap } from "./parts/heat-map.js";
import { finiteExtent } from "./parts/plane.js";
import { partOf, type TuningAxis, tuningLines } from "./parts/tuning-lines.js";
import { type FigureTable, tableOf } from "./table.js";

export interface FactorTuningData {
  /** Variance of each dimension's mean over all images [D]: it says which dimensions are in use. */
  readonly variances: ArrayLike<number>;
  /** [D, rows, columns]: the mean code over two factors, averaged over all others: a heat map. */
  readonly map: { readonly rows: TuningAxis; readonly columns: TuningAxis; readonly means: NumericArray };
  /** [D, classes, values] each: the mean code over one factor for each class, averaged over the others: a line a class. */
  readonly curves: readonly { readonly axis: TuningAxis; readonly means: NumericArray }[];
  /** Name of each class. */
  readonly classes: readonly string[];
  /** Default `z1`, `z2`, ... */
  readonly names?: readonly string[];
}

export interface FactorTuningOptions extends FigureOptions {
  /** A dimension whose variance is not above this is not in use, and is left out. Default: {@link USED_VARIANCE}. */
  readonly minimumVariance?: number;
}

const HEIGHT = 96;
const LINES_WIDTH = 170;

/**
 * A row for each dimension in use, by falling variance: its mean over two factors as a heat map (blue below 0, red above),
 * then over other factors, a line for each class. All rows have the same limits.
 * @throws UserError when a shape does not fit, a number is not finite, or no dimension is in use.
 */
export function factorTuning(data: FactorTuningData, options: FactorTuningOptions = {}): FigureSpec {
  const { map, curves, classes, variances } = data;
  const names = requireFactors(data);
  const minimum = options.minimumVariance ?? USED_VARIANCE;
  const active = names
    .map((_, k) => k)
    .filter((k) => variances[k] > minimum)
    .sort((a, b) => variances[b] - variances[a]);
  if (active.length === 0) {
    refuse(
      "factor-tuning",
      `no dimension has a variance above ${minimum}`,
      "Give a code that is in use, or a smaller minimum variance",
    );
  }
  const parts = [map, ...curves].flatMap(({ means }) =>
    active.map((d) => finiteExtent(partOf(means, d).data)!),
  );
  const reach = Math.max(...parts.flat().map(Math.abs)) || 1;
  const color = seriesColour(classes.map((series) => ({ series })));
  const rows = active.map((dimension, row) => {
    const untitled = row < active.length - 1;
    const variance = Number(variances[dimension].toPrecision(2));
    const [height, width] = [map.rows.values.length, map.columns.values.length];
    return [
      heatMap({
        title: { text: `${names[dimension]}, variance ${variance}`, fontSize: 11, offset: 4 },
        cells: partOf(map.means, dimension),
        rows: { title: map.rows.name, labels: map.rows.values },
        columns: { title: untitled ? null : map.columns.name, labels: map.columns.values },
        width: Math.round((HEIGHT * width) / height),
        height: HEIGHT,
        scale: divergingScale([-reach, reach]),
        legend: { title: "mean code", length: HEIGHT },
      }),
      ...curves.map(({ axis, means }, k) => {
        const { shape, data } = partOf(means, dimension);
        const lines = classes.map((series, k) => ({
          series,
          means: data.subarray(k * shape[1], (k + 1) * shape[1]),
        }));
        const look = { width: LINES_WIDTH, height: HEIGHT, domain: [-1.05 * reach, 1.05 * reach] as const };
        return tuningLines(lines, axis, {
          ...look,
          yTitle: null,
          untitled,
          color: k === curves.length - 1 ? color : { ...color, legend: null },
        });
      }),
    ];
  });
  const left = names.length - active.length;
  const along = curves.map(({ axis }) => axis.name).join(" and ");
  return figure(
    "factor-tuning",
    options,
    {
      title: "What each dimension responds to",
      caption: [
        `Mean code of each dimension in use: over ${map.rows.name} and ${map.columns.name}, all other factors averaged, and over ${along} for each class. All in the same limits.`,
        left > 0
          ? `${left} of ${names.length} dimensions are not in use (variance of at most ${minimum}) and left out.`
          : "",
      ],
    },
    {
      hconcat: [0, ...curves.map((_, k) => k + 1)].map((column) => ({
        vconcat: rows.map((row) => row[column]),
        spacing: 42,
        bounds: "flush",
      })),
      spacing: 44,
      resolve: { scale: { color: "independent" } },
    },
    tableOfFactors(data, active, names),
  );
}

function requireFactors({ map, curves, classes, variances, names }: FactorTuningData): readonly string[] {
  const where = "factor-tuning";
  const [dimensions] = map.means.shape;
  requireFinite(variances, `${where}, variances`);
  requireLength(variances.length, dimensions, `${where}, variances`, "dimensions");
  const check = (means: NumericArray, axes: readonly { name: string; count: number }[], of: string) => {
    requireShape(means, ["dimensions", ...axes.map(({ name }) => name)], `${where}, ${of}`);
    requireLength(means.shape[0], dimensions, `${where}, ${of}`, "dimensions");
    for (const [k, { name, count }] of axes.entries())
      requireLength(count, means.shape[k + 1], `${where}, names of ${name} in ${of}`, name);
    requireFinite(means.data, `${where}, ${of}`);
  };
  const lengthOf = ({ name, values }: TuningAxis) => ({ name, count: values.length });
  check(map.means, [lengthOf(map.rows), lengthOf(map.columns)], "map");
  for (const { axis, means } of curves)
    check(means, [{ name: "classes", count: classes.length }, lengthOf(axis)], axis.name);
  const known = names ?? Array.from({ length: dimensions }, (_, k) => `z${k + 1}`);
  requireLength(known.length, dimensions, `${where}, names`, "dimensions");
  return known;
}

/** Long: the code at each place of each heat map and each line. */
function tableOfFactors(
  { map, curves, classes }: FactorTuningData,
  active: readonly number[],
  names: readonly string[],
): FigureTable {
  const blocks = [
    { ...map, rowsOf: map.rows.values, kind: map.rows.name, columnsOf: map.columns },
    ...curves.map(({ axis, means }) => ({ means, rowsOf: classes, kind: "class", columnsOf: axis })),
  ];
  const cells = active.flatMap((dimension) =>
    blocks.flatMap(({ means, rowsOf, kind, columnsOf }) => {
      const { shape, data } = partOf(means, dimension);
      return Array.from(data, (code, k) => ({
        dimension: names[dimension],
        rowFactor: kind,
        rowValue: rowsOf[Math.floor(k / shape[1])],
        factor: columnsOf.name,
        value: columnsOf.values[k % shape[1]],
        code,
      }));
    }),
  );
  const same = ["dimension", "rowFactor", "rowValue", "factor", "value", "code"] as const;
  return tableOf(cells, Object.fromEntries(same.map((name) => [name, name])));
}
