/** Classes computed from labels: rules as a researcher writes them, read and applied without running any text. */
export { type Classification, classify } from "./classify.js";
export { type LabelRule, parseLabelRule } from "./label-rule.js";
export { NAMED_RULES, namedRule } from "./named.js";
