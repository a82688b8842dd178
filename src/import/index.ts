export {
  type ImportedModel,
  type LightningFile,
  placeInExperiment,
  readLightningFile,
  writeImportedRun,
} from "./import-run.js";
export type { LightningModel } from "./lightning.js";
export { readTorchCheckpoint, type TorchCheckpoint } from "./torch-checkpoint.js";
