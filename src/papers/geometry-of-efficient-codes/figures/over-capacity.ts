/** Figures 3 and 6: what models lose of the images, and how well tasks are solved, over capacity. */
import { type CapacitySeries, capacityCurves } from "../../../figures/capacity-curves.js";
import { capacityDifferences } from "../../../figures/capacity-differences.js";
import { type PaperFigure, paperFigure, sentences } from "../../../reproduction/figures/paper-figure.js";
import { bySeed, present } from "../../../reproduction/tables/cells.js";
import { TASKS } from "../classes.js";
import type { FrozenResult, ModelResult } from "../measures/results.js";
import { MODEL_NAMES } from "../recipe.js";

/** A value of one run, null where it was not measured, and the published one, null where there is none. */
interface Observation {
  readonly series: string;
  readonly capacityNats: number;
  readonly value: number | null;
  readonly published: number | null;
}

/** Observations by series and capacity, seeds together; what has neither a measured nor a published value is left out. */
function capacitySeries(observations: readonly Observation[], order: readonly string[]): CapacitySeries[] {
  return order.flatMap((name) => {
    const own = observations.filter(({ series }) => series === name);
    const points = bySeed(own, ({ capacityNats }) => String(capacityNats))
      .map((alike) => {
        const [published] = present(alike, (one) => one.published);
        const values = present(alike, ({ value }) => value);
        const { capacityNats } = alike[0]!;
        return { capacityNats, values, ...(published === undefined ? {} : { published }) };
      })
      .filter(({ values, published }) => values.length > 0 || published !== undefined)
      .sort((a, b) => a.capacityNats - b.capacityNats);
    return points.length === 0 ? [] : [{ name, points }];
  });
}

const QUANTITY = "MSE per pixel";
/** How far from the published value a point of the reproduction may lie. */
const TOLERANCE = 0.008;
const COLUMNS = 4;
const MARKS =
  "Dots are means over seeds, bars the 95 % interval of the mean; open diamonds are the published values, one run each";

/** Figure 3, of the models that were trained. */
export function reconstructionFigure(models: readonly ModelResult[]): PaperFigure | undefined {
  const measured = new Set(
    models.filter(({ squaredErrorPerPixel }) => squaredErrorPerPixel !== null).map(({ model }) => model),
  );
  const untrained = MODEL_NAMES.filter((name) => !measured.has(name));
  const series = capacitySeries(
    models
      .filter(({ model }) => measured.has(model))
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
  const common = { quantity: QUANTITY, colourOrder: MODEL_NAMES };
  const all = {
    title: "Distortion over capacity",
    column: "squaredErrorPerPixel",
    columns: Math.min(COLUMNS, series.length),
    reference: "Baseline",
  };
  const differences = { title: "Distortion, measured minus published", tolerance: TOLERANCE };
  return paperFigure(3, {
    title: "What is lost of the images",
    caption: sentences(
      `Squared error per pixel on the validation rows of each model's own data. ${MARKS}; the dashed line repeats the Baseline.`,
      comparable
        ? `B shows the distance from the published values; the dashed lines stand at ±${TOLERANCE}.`
        : "",
      untrained.length > 0 ? `Missing, because they were not trained: ${untrained.join(", ")}.` : "",
    ),
    panels: [
      {
        title: "Distortion of every model",
        spec: series.length > 0 ? capacityCurves({ series }, { ...common, ...all }) : undefined,
        needs: "a trained model",
      },
      {
        title: "Measured minus published",
        spec: comparable ? capacityDifferences({ series }, { ...common, ...differences }) : undefined,
        needs: "a capacity of the paper",
      },
    ],
  });
}

/** From 0 to 1, with room for the marks at the ends. */
const F1_DOMAIN = [-0.04, 1.04] as const;
const TASK_NAMES = Object.keys(TASKS);

/** Figure 6, with the panels for which classifiers were trained. */
export function taskFigure(
  models: readonly ModelResult[],
  frozen: readonly FrozenResult[],
): PaperFigure | undefined {
  const of = (results: readonly FrozenResult[], names: readonly string[]) =>
    results.filter(({ model }) => names.includes(model));
  const panels: [letter: string, title: string, needs: string, results: readonly FrozenResult[]][] = [
    ["A", "Disjoint: on the frozen code of the Baseline", "Baseline", of(frozen, ["Baseline"])],
    ["B", "Joint: each task with an autoencoder of its own", "E2M1 to E2M4", of(models, TASK_NAMES)],
    ["C", "Simultaneous: all tasks with one autoencoder (E2M5)", "E2M5", of(models, ["E2M5"])],
    ...TASK_NAMES.map((model, k): (typeof panels)[number] => [
      `D${k + 1}`,
      `Transfer: on the frozen code of ${model}`,
      model,
      of(frozen, [model]),
    ]),
  ];
  return paperFigure(6, {
    title: "How well the tasks are solved",
    caption: `F1 on the validation rows as published: the mean over batches of 32 (rule C3). The plain F1 over all rows (rule C2) is in the table of classifiers. ${MARKS}. A perfect classifier of E2M3 reaches 0.923 on average, since some batches hold none of its rare class.`,
    panels: panels.map(([letter, title, needs, results]) => {
      const observations = results.flatMap(({ capacityNats, tasks }) =>
        tasks.map(({ task, f1BatchMean, publishedF1BatchMean }) => ({
          series: task,
          capacityNats,
          value: f1BatchMean,
          published: publishedF1BatchMean,
        })),
      );
      const options = {
        title,
        quantity: "F1, mean over batches of 32",
        column: "f1BatchMean",
        domain: F1_DOMAIN,
        colourOrder: TASK_NAMES,
      };
      return {
        letter,
        title,
        spec: observations.some(({ value }) => value !== null)
          ? capacityCurves({ series: capacitySeries(observations, TASK_NAMES) }, options)
          : undefined,
        needs: `classifiers on the code of ${needs}`,
      };
    }),
  });
}
