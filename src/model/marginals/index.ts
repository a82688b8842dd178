import { slot } from "../part.js";
import { mafMarginal } from "./maf.js";
import { standardNormal } from "./standard-normal.js";
import { vampMarginal } from "./vamp.js";

export const marginals = slot(standardNormal, mafMarginal, vampMarginal);
