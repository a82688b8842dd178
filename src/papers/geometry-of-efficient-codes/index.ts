/** "The geometry of efficient codes": its models, what is measured of them, its figures and its statements. */
export { type Atlas, codeOf, type ModelCode } from "./atlas.js";
export { type IndicesTable, indicesTable } from "./indices-table.js";
export { gatherAtlas } from "./measures/codes.js";
export { type FrozenResult, frozenResults, type ModelResult, modelResults } from "./measures/results.js";
export * from "./panels/index.js";
export { publishedF1, publishedFrozenF1, publishedMse } from "./published.js";
export { CAPACITIES_NATS, MODEL_NAMES, type ModelName, modelConfiguration } from "./recipe.js";
export { type Reproduction, reproductionOf } from "./reproduction.js";
export { reproductionReport } from "./reproduction-report.js";
export { frozenPlan, modelPlan } from "./runs.js";
export { type Squeeze, squeezes } from "./squeeze.js";
export { judgeStatements } from "./statements/index.js";
export { chooseStimuli, type Stimuli } from "./stimuli.js";
