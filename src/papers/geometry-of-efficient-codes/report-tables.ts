/** The tables of the reproduction's report: verdicts, indices and the numbers behind Figures 3 and 6. */
export { claimsSections } from "../../reproduction/statements/sections.js";
export { indicesSections, squeezeSections } from "./tables/indices.js";
export { reconstructionSection, taskSection } from "./tables/results.js";
