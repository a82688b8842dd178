export {
  type ImportedModel,
  type LightningFile,
  placeInExperiment,
  readLightningFile,
  writeImportedRun,
} from "./import-run.js";
export type { LightningModel } from "./lightning.js";
export type { LightningHead } from "./lightning-heads.js";
export type { HeadLeftOut } from "./place-heads.js";
export { readTorchCheckpoint, type TorchCheckpoint } from "./torch-checkpoint.js";
