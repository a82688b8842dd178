import type { Dataset, Split } from "../data/dataset.js";
import { defaultSplit } from "../data/split.js";
import type { Configuration } from "./schema.js";

/**
 * The rows for training, validation and test (rule D11): those of the configuration, else those that the data come with,
 * else the authors' proportions. Where a configuration gives no test rows they are all that lie behind its validation
 * rows. Ranges are not checked against the data here.
 */
export function chosenSplit(
  { split }: Pick<Configuration, "split">,
  data: Pick<Dataset, "count" | "split">,
): Split {
  if (!split) return data.split ?? defaultSplit(data.count);
  return { ...split, test: split.test ?? [split.validation[1], data.count] };
}
