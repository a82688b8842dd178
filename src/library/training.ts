/** Training in Node: configuration, data and model of an experiment, a device, the loop, evaluation, codes and exports. */

export type { ClusterBlock } from "../configuration/cluster.js";
export { compareConfigurations, type Difference, showDifference } from "../configuration/compare.js";
export { type LoadedConfiguration, loadConfiguration, overrideConfiguration } from "../configuration/load.js";
export type { Override } from "../configuration/overrides.js";
export { PRESET_NAMES, type PresetName } from "../configuration/presets.js";
export { type Configuration, configurationSchema } from "../configuration/schema.js";
export {
  EXPORT_TARGETS,
  type ExportTarget,
  exportRun,
  type RunExport,
  type RunExportOptions,
} from "../export/export-run.js";
export type { ExportedFile } from "../export/model-card.js";
export { loadParts } from "../extension/load.js";
export * from "../features/index.js";
export { nodeDevice } from "../onnx/node.js";
export type { OwnPart } from "../own-part.js";
export * from "../training/index.js";
