import type { Dataset, RowOrder, Split } from "../data/dataset.js";
import { arrangeInPlace, shuffledOrder } from "../data/shuffle.js";
import { type Arrangement, isOrdered } from "../data/sources/index.js";
import { defaultSplit } from "../data/split.js";
import type { OwnPart } from "../own-part.js";
import type { Configuration } from "./schema.js";

/**
 * The rows for training, validation and test (rule D11): those of the configuration, else those that the data come with,
 * else the authors' proportions. Where a configuration gives no test rows they are all that lie behind its validation
 * rows. Shuffled rows have no published split: it is of the rows as they are. Ranges are not checked against the data here.
 */
export function chosenSplit(
  { split }: Pick<Configuration, "split">,
  data: Pick<Dataset, "count" | "split">,
): Split {
  const { train, validation, test, order } = split ?? {};
  if (train && validation) return { train, validation, test: test ?? [validation[1], data.count] };
  return (order === "shuffled" ? undefined : data.split) ?? defaultSplit(data.count);
}

/** The order in which a configuration splits the rows of its data (rule D28); undefined where they stay as they are. */
export function chosenOrder(
  { split }: Pick<Configuration, "split">,
  data: Pick<Dataset, "count" | "split" | "labels" | "labelNames">,
): RowOrder | undefined {
  if (split?.order !== "shuffled") return undefined;
  return shuffledOrder(data, chosenSplit({ split }, data), split.seed ?? 0);
}

/** What a configuration does with the rows of its data before they are split (rule D28); undefined where they stay as they are. */
export function arrangementOf({ split }: Pick<Configuration, "split">): Arrangement | undefined {
  if (split?.order !== "shuffled") return undefined;
  return {
    key: JSON.stringify(split),
    arrange(dataset) {
      const order = chosenOrder({ split }, dataset);
      return order ? arrangeInPlace(dataset, order) : dataset;
    },
  };
}

/**
 * A configuration without an order of its rows: where their place may mean something they are shuffled (rule D28).
 * This is written out, so that configurations of runs from before mean what they meant.
 */
export function withOrder<Given extends Pick<Configuration, "data" | "split">>(
  configuration: Given,
  own: readonly OwnPart[] = [],
): Given {
  const { data, split } = configuration;
  if (split?.order !== undefined || split?.train || !isOrdered(data, own)) return configuration;
  return { ...configuration, split: { ...split, order: "shuffled", seed: 0 } };
}
