import type { CheckedStatement as Checked } from "../../../reproduction/statements/claim.js";
import type { View } from "./view.js";

/** A statement that can be checked on this paper's results. */
export type CheckedStatement = Checked<View>;
