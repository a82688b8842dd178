/** "The geometry of efficient codes": its models, what is measured of them, its figures and its statements. */
export { type Atlas, codeOf, type ModelCode } from "./atlas.js";
export { type FrozenResult, frozenPlan, frozenResults } from "./frozen.js";
export { gatherAtlas } from "./gather.js";
export { type IndicesTable, indicesTable } from "./indices-table.js";
export {
  CAPACITIES_NATS,
  MODEL_NAMES,
  type ModelName,
  modelConfiguration,
  modelPlan,
} from "./models.js";
export * from "./panels/index.js";
export { publishedF1, publishedFrozenF1, publishedMse } from "./published.js";
export { type Reproduction, reproductionOf } from "./reproduction.js";
export { reproductionReport } from "./reproduction-report.js";
export { type ModelResult, modelResults } from "./results.js";
export { type Squeeze, squeezes } from "./squeeze.js";
export { judgeStatements } from "./statements/index.js";
export { chooseStimuli, type Stimuli } from "./stimuli.js";
