/**
 * "Exact Rate-Distortion in Autoencoders via Echo Noise". A new figure, table or statement is a function and
 * a line in its room.
 */
import { defineReproduction } from "../../reproduction/define.js";
import { chosenData } from "./data.js";
import { echoFigures } from "./figures/index.js";
import { measurePlan } from "./measures/index.js";
import { factorRows, noiseRows, tradeRows } from "./measures/rows.js";
import { outlookOf } from "./outlook.js";
import { OPEN, PRESETS, REPORTED, SETTINGS } from "./recipe.js";
import { imagePlan } from "./runs.js";
import { spritesPlan } from "./sprites.js";
import { judgeStatements } from "./statements/index.js";
import { echoTables, runColumns } from "./tables.js";

export { type EchoChoice, type ImageData, paperData, smallData } from "./data.js";
export { echoFigures } from "./figures/index.js";
export type { FigureSource } from "./figures/source.js";
export { type EchoResults, type ImageResult, measurePlan, type SpritesResult } from "./measures/index.js";
export { METHOD_NAMES, type MethodName } from "./methods.js";
export {
  CHANNELS,
  type ChannelName,
  FACTOR_KINDS,
  type FactorKind,
  PUBLISHED_DATA,
  type PublishedData,
  type PublishedScores,
  type PublishedTrade,
  publishedNoise,
  publishedScores,
  publishedTrade,
} from "./published.js";
export {
  DATA_NAMES,
  type DataName,
  type EchoValues,
  PARTS,
  type Part,
  PRESETS,
  type Recipe,
} from "./recipe.js";
export { type ImageChoice, imageConfiguration, type PlannedImages } from "./runs.js";
export {
  type PlannedSprites,
  type Setting,
  type SpritesChoice,
  spritesConfiguration,
  TABLE_2_SETTINGS,
} from "./sprites.js";
export { judgeStatements } from "./statements/index.js";

/** The reproduction of the Echo paper: its flags, plan, measures, statements, figures and tables. */
export const reproduction = defineReproduction({
  name: "echo",
  title: "Exact Rate-Distortion in Autoencoders via Echo Noise",
  noun: "model",
  details: `
Table 1 is rate, distortion and -ELBO of nine methods, Table 2 how well dimensions represent factors, Table 3 what the
dimensions of Echo's noise share; the figures are Figures 1 to 7.

The methods are Echo, VAE, InfoVAE, VAE-MAF, VAE-Vamp, IAF-Prior, IAF+MMD, IAF-MAF and IAF-Vamp, or their files in
configs/echo-noise. The preset paper needs the published data in the folder data ("narrows datasets get NAME" downloads them) and,
of 100,000 steps for each of hundreds of models, a graphics card. The preset quick trains small networks on MNIST's t10k files and
Omniglot's small archives in the folder --folder, the preset day networks of half the width on the whole of MNIST (drawn binary) and
Fashion-MNIST; every caption says what differs from the paper. On two quiet cores quick takes some 8 minutes, day some 9 hours.`,
  examples: [
    "narrows reproduce echo --dry-run",
    "narrows reproduce echo --folder my-images --workers 2 --out echo",
    "narrows reproduce echo --only table1,table3 --methods echo,vae --epochs 5",
    "narrows reproduce echo --preset paper --only table1 --data binary-mnist --seeds 3 --device cuda --workers 1",
  ],
  asPublished: "As the paper's models were trained, on its data.",
  presets: PRESETS,
  settings: SETTINGS,
  replaces: { epochs: "imageSteps" },
  open: OPEN,
  reported: REPORTED,
  data: chosenData,
  plan: (choice) => [...imagePlan(choice), ...spritesPlan(choice)],
  outlook: outlookOf,
  measure: measurePlan,
  statements: judgeStatements,
  tables: echoTables,
  figures: (results, tools) => echoFigures({ results, ...tools }),
  runColumns,
  numbers: ({ images, sprites }, { data, recipe }) => ({
    parts: recipe.only,
    table1: tradeRows(images, data),
    table2: factorRows(sprites),
    table3: noiseRows(images, data),
    images,
    sprites,
  }),
});
export type { EchoMeasures, EstimatedInformation, ImageMeasures } from "./measures/images.js";
export type { MarginalTest } from "./measures/marginals.js";
export type { Scores, SpritesMeasures } from "./measures/sprites.js";
