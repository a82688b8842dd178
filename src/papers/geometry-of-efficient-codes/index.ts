export { analyseRun, type RunAnalysis } from "./analysis.js";
export { runFigures } from "./figures.js";
export { geometryReport } from "./report.js";
