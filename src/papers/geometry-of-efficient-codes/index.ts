export { analyseRun, type RunAnalysis } from "./analysis.js";
export { type RunFigure, runFigures } from "./figures.js";
export { geometryReport } from "./report.js";
