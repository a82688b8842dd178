/** "Exact Rate-Distortion in Autoencoders via Echo Noise": its models, what is measured of them, its tables, figures and statements. */
export { judgeStatements } from "./claims.js";
export { DATA_NAMES, type DataName, type ImageData, paperData } from "./data.js";
export { echoFigures, type FigureSource } from "./figures/index.js";
export { METHOD_NAMES, type MethodName } from "./methods.js";
export { type EchoChoice, imageConfiguration, PARTS, type Part } from "./models.js";
export { publishedNoise, publishedScores, publishedTrade } from "./published.js";
export { PAPER_RECIPE, QUICK_RECIPE, type Recipe } from "./recipe.js";
export { echoNumbers, echoReport } from "./reproduction.js";
export { type EchoPlan, type EchoResults, echoPlan, measurePlan } from "./results.js";
export { smallData } from "./small-data.js";
export { SETTINGS, spritesConfiguration } from "./sprites.js";
