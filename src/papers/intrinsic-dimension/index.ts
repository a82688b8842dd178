/**
 * "Understanding Variational Autoencoders with Intrinsic Dimension and Information Imbalance". A new figure,
 * table or statement is a function and a line in its room.
 */
import { defineReproduction } from "../../reproduction/define.js";
import { NOTHING } from "../../reproduction/tables/cells.js";
import { numbers } from "../../reproduction/tables/table.js";
import { chosenData } from "./data.js";
import { dimensionFigures } from "./figures/index.js";
import { measurePlan } from "./measures/index.js";
import { outlookOf } from "./outlook.js";
import { OPEN, PRESETS, REPORTED, SETTINGS } from "./recipe.js";
import { dimensionPlan } from "./runs.js";
import { judgeStatements } from "./statements/index.js";
import { dimensionTables } from "./tables.js";

export { dimensionFigures } from "./figures/index.js";
export type * from "./measures/results.js";
export { DATA_NAMES, DATA_TITLES, type DataName, LAYERS, type LayerName, type Place } from "./networks.js";
export {
  PUBLISHED_BOTTLENECKS,
  PUBLISHED_EPOCHS,
  PUBLISHED_POINTS,
  type PublishedSteps,
  publishedDimension,
  publishedFrechet,
  publishedImbalance,
  publishedRate,
  publishedSteps,
} from "./published.js";
export { judgeStatements } from "./statements/index.js";

/** The reproduction of the dimension paper: its flags, plan, measures, statements, figures and tables. */
export const reproduction = defineReproduction({
  name: "dimension",
  title: "Understanding Variational Autoencoders with Intrinsic Dimension and Information Imbalance",
  noun: "network",
  details: `
Figures 1 to 3 and A1 to A4: intrinsic dimension and information imbalance of every layer over the layers, over the epochs and
over K, with the published curves. Each network keeps its parameters at the epochs that are measured.

The preset paper needs CIFAR-10 in the folder data ("narrows datasets get cifar10") and a graphics card: 2 petaflop a network.
The preset quick trains thin networks on MNIST's 10,000 test images, the preset day networks of half the width on 8,000 images of
CIFAR-10; every caption says what differs from the paper. On two quiet cores quick takes some 7 minutes, day some 5 hours.`,
  examples: [
    "narrows reproduce dimension --dry-run",
    "narrows reproduce dimension --folder my-images --workers 2 --out dimension",
    "narrows reproduce dimension --dimensions 2,8,32 --networks paper --seeds 2",
    "narrows reproduce dimension --preset paper --dimensions 64 --device cuda --workers 1",
  ],
  asPublished: "As the paper's networks were trained, with several seeds.",
  presets: PRESETS,
  settings: SETTINGS,
  open: OPEN,
  reported: REPORTED,
  data: chosenData,
  plan: dimensionPlan,
  outlook: outlookOf,
  measure: (_, plan, measuring) => measurePlan(plan, measuring),
  statements: judgeStatements,
  tables: dimensionTables,
  figures: async (results) => dimensionFigures(results),
  runColumns: ({ networks }) => [
    numbers("Epochs measured", (planned) =>
      planned.kind === "network"
        ? networks.find(
            ({ data, bottleneck, seed }) =>
              data === planned.data.name && bottleneck === planned.bottleneck && seed === planned.seed,
          )!.epochs.length
        : NOTHING,
    ),
  ],
});
