import type { Dataset } from "../data/dataset.js";
import { selectRows } from "../data/split.js";

/** As many images as a map of all their distances takes in some seconds. */
const COUNT = 1500;
/** More different rows of labels than these are not hunted for. */
const MAX_KINDS = 1000;

/**
 * Images to measure codes on: the first ones, and after them the first of each row of labels that has not come yet, so that every
 * combination is there if the data hold it; where there are more than a thousand of those, the first images alone.
 * @param order sorts the rows that are taken by this; in their own order by default.
 */
export function chooseStimuli(dataset: Dataset, order?: (row: number) => number, count = COUNT): Dataset {
  const { labels, labelNames } = dataset;
  const width = labelNames.length;
  const kindOf = (row: number) => labels?.subarray(row * width, (row + 1) * width).join() ?? "";
  const first = Math.min(count, dataset.count);
  const rows = Array.from({ length: first }, (_, row) => row);
  const seen = new Set(rows.map(kindOf));
  for (let row = first; row < dataset.count && seen.size <= MAX_KINDS; row++) {
    const kind = kindOf(row);
    if (seen.has(kind)) continue;
    seen.add(kind);
    rows.push(row);
  }
  const chosen = seen.size > MAX_KINDS ? rows.slice(0, first) : rows;
  return selectRows(dataset, order ? chosen.sort((a, b) => order(a) - order(b) || a - b) : chosen);
}
