/** "The geometry of efficient codes". A new figure, table or statement is a function and a line in its room. */
import { defineReproduction } from "../../reproduction/define.js";
import { sentences } from "../../reproduction/figures/paper-figure.js";
import type { DataSet } from "../../reproduction/reductions.js";
import { NOTHING } from "../../reproduction/tables/cells.js";
import { numbers } from "../../reproduction/tables/table.js";
import { dimensionsTable, indicesTables, squeezeTable } from "./code-tables.js";
import { paperFigures } from "./figures/index.js";
import { measureCodes, stimuliOf } from "./measures/atlas.js";
import { measureErrors } from "./measures/fidelity.js";
import { indicesTable } from "./measures/indices-table.js";
import { publishedCodesDigest, readPublishedCodes } from "./measures/published-codes.js";
import { publishedIndices } from "./measures/published-indices.js";
import { geometryResults, type ModelResult } from "./measures/results.js";
import { squeezes } from "./measures/squeeze.js";
import { outlookOf } from "./outlook.js";
import { PRESETS, REPORTED, SETTINGS } from "./recipe.js";
import { geometryPlan, type PlannedFrozen, type PlannedModel } from "./runs.js";
import { judgeStatements } from "./statements/index.js";
import { reconstructionTable, taskTable } from "./tables.js";

export { type FigureSource, paperFigures } from "./figures/index.js";
export {
  type Atlas,
  codeOf,
  type ModelCode,
  publishedAtlas,
} from "./measures/atlas.js";
export {
  type IndexOverSeeds,
  type IndexVerdict,
  type IndicesRow,
  type IndicesTable,
  indicesTable,
} from "./measures/indices-table.js";
export { capacityMatrix, classMatrix, type LabelledMatrix } from "./measures/matrices.js";
export {
  type PublishedCode,
  type PublishedCodes,
  publishedCodeOf,
  readPublishedCodes,
} from "./measures/published-codes.js";
export { publishedIndices } from "./measures/published-indices.js";
export { type FrozenResult, geometryResults, type ModelResult, type TaskResult } from "./measures/results.js";
export { type Squeeze, squeezes } from "./measures/squeeze.js";
export { chooseStimuli, type Stimuli } from "./measures/stimuli.js";
export { publishedF1, publishedFrozenF1, publishedMse } from "./published.js";
export {
  CAPACITIES_NATS,
  type GeometryValues,
  type HeadVariant,
  MODEL_NAMES,
  type ModelChoice,
  type ModelName,
  modelConfiguration,
  type TrainingLength,
} from "./recipe.js";
export { frozenPlan, modelPlan, type PlannedFrozen, type PlannedModel } from "./runs.js";
export { judgeStatements } from "./statements/index.js";

/** The images, and the authors' codes where they are given. */
interface GeometryData extends DataSet {
  /** SHA-256 of the file of codes: other codes give another report. */
  readonly digest?: string;
}

/** @throws UserError for a file that holds no such codes: better now than after the training. */
function aboutPublished(path: string): GeometryData {
  const { stimuli, codes } = readPublishedCodes(path);
  const title = `${codes.length} published codes of ${stimuli.positions.length} images`;
  return { name: "published-codes", title, digest: publishedCodesDigest(path) };
}

/** The reproduction of "The geometry of efficient codes": its flags, plan, measures, statements, figures and tables. */
export const reproduction = defineReproduction({
  name: "geometry",
  title: "The geometry of efficient codes",
  noun: "model",
  details: `
Figures 1 to 11: the stimuli and what is kept of which, reconstruction error and classifiers over capacity, with the published values,
and maps, tuning curves and distortions of every model's code. The models are autoencoders of images of two corridors, which are drawn here: no data set is needed.

The preset paper trains at five capacities as long as the published models were, the preset day the same with ten seeds. The preset
quick trains at two capacities on a fifth of the images. On two quiet cores quick takes some 3 minutes, paper half an hour to an hour,
day 5 to 9 hours.`,
  examples: [
    "narrows reproduce geometry --dry-run",
    "narrows reproduce geometry --only Baseline,E2M3 --capacities 0.3,10",
    "narrows reproduce geometry --preset paper --seeds 3 --workers 4 --out paper",
  ],
  asPublished:
    "Trained as long as the published models: batches of 128, 5,316 steps for the Baseline, 3,516 for E1M2, 7,974 for all others.",
  remark: ({ heads, publishedCodes }) =>
    sentences(
      heads === "published"
        ? "Classifiers are trained as the published ones were: double softmax, and weights that rise over the first steps."
        : "Classifiers are trained soundly: plain cross-entropy at full weight from the first step.",
      publishedCodes === undefined
        ? "The option --published-codes draws the authors' codes next to ours, where their file is at hand."
        : "Codes are measured on the images of the published codes.",
    ),
  presets: PRESETS,
  settings: SETTINGS,
  reported: REPORTED,
  data: ({ length, publishedCodes }): GeometryData[] => [
    {
      name: "corridors",
      title: "Corridors images",
      ...(length === "quick" ? { reduction: "a fifth of the images" } : {}),
    },
    ...(publishedCodes === undefined ? [] : [aboutPublished(publishedCodes)]),
  ],
  outlook: outlookOf,
  plan: ({ recipe }, runs) => geometryPlan(recipe, runs),
  measure: async ({ recipe }, plan, measuring) => ({
    ...geometryResults(plan, measuring),
    codes: await measureCodes(plan, recipe, measuring),
    errors: await measureErrors(plan, recipe, measuring),
  }),
  analyse: async ({ codes, ...results }, { choice, measuring, progress }) => {
    const { publishedCodes } = choice.recipe;
    const published = publishedCodes === undefined ? undefined : readPublishedCodes(publishedCodes);
    const stimuli = published?.stimuli ?? stimuliOf(choice.recipe, measuring.load);
    const atlas = { stimuli, codes, published };
    const indices = indicesTable(atlas, {
      onCompared: (done, of) => progress("comparing the codes", done, of),
    });
    return { ...results, atlas, indices, squeezes: squeezes(atlas) };
  },
  statements: judgeStatements,
  tables: ({ models, frozen }) => [...reconstructionTable(models), ...taskTable(models, frozen)],
  furtherTables: ({ atlas, indices, squeezes }) => [
    ...indicesTables(indices),
    ...dimensionsTable(atlas.codes),
    ...squeezeTable(squeezes),
  ],
  figures: async (findings, { progress }) =>
    paperFigures(findings, (done, of) => progress("drawing the figures", done, of)),
  numbers: ({ models, frozen, indices, squeezes }) => ({
    ...{ models, frozen, indices, squeezes },
    publishedIndices: publishedIndices(),
  }),
  runColumns: ({ models }) => {
    const column = (title: string, digits: number, of: (result: ModelResult) => number | null) =>
      numbers(title, ({ kind, ...run }: PlannedModel | PlannedFrozen) => {
        const result = models.find(
          ({ model, capacityNats, seed }) =>
            model === run.model && capacityNats === run.capacityNats && seed === run.seed,
        );
        return (kind === "model" && result && of(result)?.toFixed(digits)) || NOTHING;
      });
    return [
      column("Squared error per pixel", 5, ({ squaredErrorPerPixel }) => squaredErrorPerPixel),
      column("Rate, nats", 3, ({ rateNats }) => rateNats),
    ];
  },
});
export type { ClassedModel, Position } from "./classes.js";
export type { StimulusErrors } from "./measures/fidelity.js";
export type { MeasuredIndex } from "./measures/indices.js";
export type { Evidence } from "./measures/observations.js";
