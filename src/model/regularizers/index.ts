import { slot } from "../part.js";
import { mmdRegularizer } from "./mmd.js";
import { totalCorrelationRegularizer } from "./total-correlation.js";

export const regularizers = slot(mmdRegularizer, totalCorrelationRegularizer);
