export { compareConfigurations, type Difference, showDifference } from "./compare.js";
export { type LoadedConfiguration, loadConfiguration, overrideConfiguration } from "./load.js";
export { PRESET_NAMES, type PresetName } from "./presets.js";
export { type Configuration, configurationSchema } from "./schema.js";
