/** Figure 3: what the models lose of the images, over capacity. */
import { capacityCurves } from "../../../figures/capacity-curves.js";
import { capacityDifferences } from "../../../figures/capacity-differences.js";
import type { CapacitySeries, FigureTable } from "../../../figures/index.js";
import { MODEL_NAMES } from "../recipe.js";
import { capacitySeries, meanOf } from "./capacity-series.js";
import type { PaperData, PaperFigure } from "./paper-figure.js";

const QUANTITY = "MSE per pixel";
/** How far from the published value a point of the reproduction may lie. */
const TOLERANCE = 0.008;
const COLUMNS = 4;
/** Finer differences are rounding. */
const DIFFERENCE_DIGITS = 6;

/** Figure 3, from the models that were trained; nothing where none was. */
export function reconstructionFigures({ models = [] }: PaperData): PaperFigure[] {
  const measured = models.filter(({ squaredErrorPerPixel }) => squaredErrorPerPixel !== null);
  if (measured.length === 0) return [];
  const names = new Set(measured.map(({ model }) => model));
  const series = capacitySeries(
    models
      .filter(({ model }) => names.has(model))
      .map(({ model, capacityNats, squaredErrorPerPixel, publishedSquaredErrorPerPixel }) => ({
        series: model,
        capacityNats,
        value: squaredErrorPerPixel,
        published: publishedSquaredErrorPerPixel,
      })),
    MODEL_NAMES,
  );
  const comparable = series.some(({ points }) =>
    points.some(({ values, published }) => values.length > 0 && published !== undefined),
  );
  const untrained = MODEL_NAMES.filter((name) => !names.has(name));
  const curves = capacityCurves(
    { series },
    {
      title: "Distortion over capacity",
      quantity: QUANTITY,
      column: "squaredErrorPerPixel",
      columns: Math.min(COLUMNS, series.length),
      reference: "Baseline",
      colourOrder: MODEL_NAMES,
    },
  );
  return [
    {
      number: 3,
      title: "What is lost of the images",
      caption: [
        "Squared error per pixel on the validation rows of each model's own data. Dots are means over seeds, bars the 95 % interval of the mean; open diamonds are the published values, one run each; the dashed line repeats the Baseline.",
        ...(comparable
          ? [`B shows the distance from the published values; the dashed lines stand at ±${TOLERANCE}.`]
          : []),
        ...(untrained.length > 0 ? [`Missing, since not trained: ${untrained.join(", ")}.`] : []),
      ].join(" "),
      panels: [
        { letter: "A", title: "Distortion of every model", spec: curves, rows: rowsOf(series) },
        ...(comparable
          ? [
              {
                letter: "B",
                title: "Measured less published",
                spec: capacityDifferences(
                  { series },
                  {
                    title: "Distortion, measured less published",
                    quantity: QUANTITY,
                    tolerance: TOLERANCE,
                    colourOrder: MODEL_NAMES,
                  },
                ),
              },
            ]
          : []),
      ],
    },
  ];
}

function rowsOf(series: readonly CapacitySeries[]): FigureTable {
  return {
    columns: ["model", "C (nats)", "MSE per pixel", "least", "greatest", "seeds", "published", "difference"],
    rows: series.flatMap(({ name, points }) =>
      points.map(({ capacityNats, values, published }) => {
        const mean = meanOf(values);
        const difference =
          mean === undefined || published === undefined
            ? ""
            : Number((mean - published).toFixed(DIFFERENCE_DIGITS));
        return [
          name,
          capacityNats,
          mean ?? "",
          values.length > 0 ? Math.min(...values) : "",
          values.length > 0 ? Math.max(...values) : "",
          values.length,
          published ?? "",
          difference,
        ];
      }),
    ),
  };
}
