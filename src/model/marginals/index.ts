import { slot } from "../part.js";
import { standardNormal } from "./standard-normal.js";

export const marginals = slot(standardNormal);
