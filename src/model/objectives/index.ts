import { slot } from "../part.js";
import { betaObjective } from "./beta.js";
import { capacityObjective } from "./capacity.js";

export const objectives = slot(capacityObjective, betaObjective);
