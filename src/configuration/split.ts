import { defaultSplit, type Split } from "../data/split.js";
import type { Configuration } from "./schema.js";

/**
 * The rows for training, validation and test of a configuration and data of `count` rows (rule D11). Where the test
 * rows are not given they are all that lie behind the validation rows. Ranges are not checked against the data here.
 */
export function chosenSplit({ split }: Pick<Configuration, "split">, count: number): Split {
  if (!split) return defaultSplit(count);
  return { ...split, test: split.test ?? [split.validation[1], count] };
}
