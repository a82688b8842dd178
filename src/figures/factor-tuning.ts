/** What each dimension of a code responds to, as in Figure 4 of "Exact Rate-Distortion in Autoencoders via Echo Noise". */
import { refuse } from "../errors.js";
import { USED_VARIANCE } from "../geometry/dimensions-in-use.js";
import type { NumericArray } from "../numeric-array.js";
import { type FigureOptions, type FigureSpec, figure, requireFinite, requireLength } from "./figure.js";
import { divergingScale } from "./parts/colour-scale.js";
import { seriesColour } from "./parts/curve-marks.js";
import { heatMap } from "./parts/heat-map.js";
import { finiteExtent } from "./parts/plane.js";
import { cellsOf, partOf, requireMeans, type TuningAxis, tuningLines } from "./parts/tuning.js";
import { type FigureTable, tableOf } from "./table.js";

/** What a figure `factor-tuning` shows, as plain numbers and names. */
export interface FactorTuningData {
  /** Variance of each dimension's mean over all images [D]: it says which dimensions are in use. */
  readonly variances: ArrayLike<number>;
  /** [D, rows, columns], the mean code over two factors, averaged over all others: a heat map. */
  readonly map: { readonly rows: TuningAxis; readonly columns: TuningAxis; readonly means: NumericArray };
  /** [D, classes, values] each: the mean code over one factor for each class, averaged over the others: a line a class. */
  readonly curves: readonly { readonly axis: TuningAxis; readonly means: NumericArray }[];
  /** Name of each class. */
  readonly classes: readonly string[];
  /** Default `z1`, `z2`, ... */
  readonly names?: readonly string[];
}

/** How a figure `factor-tuning` is drawn. */
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

/** All that is drawn of a dimension: means over two axes each, the classes being one. */
function blocksOf({ map, curves, classes }: FactorTuningData) {
  return [
    { axes: [map.rows, map.columns], means: map.means },
    ...curves.map(({ axis, means }) => ({ axes: [{ name: "class", values: classes }, axis], means })),
  ];
}

function requireFactors(data: FactorTuningData): readonly string[] {
  const { map, variances } = data;
  const [dimensions] = map.means.shape;
  requireFinite(variances, "factor-tuning, variances");
  requireLength(variances.length, dimensions, "factor-tuning, variances", "dimensions");
  let names: readonly string[] = [];
  for (const { axes, means } of blocksOf(data)) {
    const where = `factor-tuning, ${axes[1].name}`;
    names = requireMeans(means, axes, where, data.names);
    requireLength(means.shape[0], dimensions, where, "dimensions");
    requireFinite(means.data, where);
  }
  return names;
}

/** Long: the code at each place of each heat map and each line. */
function tableOfFactors(
  data: FactorTuningData,
  active: readonly number[],
  names: readonly string[],
): FigureTable {
  const cells = active.flatMap((dimension) =>
    blocksOf(data).flatMap(({ axes, means }) =>
      cellsOf(means, axes, dimension).map(({ at, mean }) => ({
        dimension: names[dimension],
        axes,
        at,
        code: mean,
      })),
    ),
  );
  return tableOf(cells, {
    dimension: "dimension",
    rowFactor: ({ axes }) => axes[0].name,
    rowValue: ({ at }) => at[0],
    factor: ({ axes }) => axes[1].name,
    value: ({ at }) => at[1],
    code: "code",
  });
}
