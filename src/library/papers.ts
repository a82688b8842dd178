/** The papers that are reproduced, each a room of its own, and what a reproduction of another one is made with. */
export * as echoNoise from "../papers/echo-noise/index.js";
export * as geometryOfEfficientCodes from "../papers/geometry-of-efficient-codes/index.js";
export * as intrinsicDimension from "../papers/intrinsic-dimension/index.js";
export { defineReproduction, type PreparedReproduction, type Reproduction } from "../reproduction/define.js";
export type {
  Choice as ReproductionChoice,
  DataPlace,
  Definition as ReproductionDefinition,
  NetworkSize,
  Outlook,
  Preset,
  Progress as ReproductionProgress,
  Recipe as ReproductionRecipe,
  SetSize,
  SettingsOf,
  Tools as ReproductionTools,
  WriteOptions,
} from "../reproduction/definition.js";
export type { Panel as PaperPanel, PaperFigure } from "../reproduction/figures/paper-figure.js";
export type { Measuring, RunOutcome } from "../reproduction/measured-once.js";
export type {
  DataSet as ReproductionData,
  Label as ReductionLabel,
  Labels as ReductionLabels,
} from "../reproduction/reductions.js";
export type { AutoencoderConfiguration } from "../reproduction/shipped.js";
export type { Claim, ClaimNumber, Verdict } from "../reproduction/statements/claim.js";
export type { Cell as PaperCell } from "../reproduction/tables/cells.js";
export type { Column as PaperColumn, PaperTable } from "../reproduction/tables/table.js";
export type { ReproductionFiles, WrittenDocument, WrittenReproduction } from "../reproduction/write.js";
