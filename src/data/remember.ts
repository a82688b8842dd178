import type { Dataset } from "./dataset.js";
import { type Arrangement, type DatasetSpec, loadDataset } from "./sources/index.js";

/** {@link loadDataset} that keeps a number of the latest data sets, for callers that ask for the same again. */
export function loadRemembering(count: number): typeof loadDataset {
  const known = new Map<string, Dataset>();
  return (spec: DatasetSpec, arrangement?: Arrangement) => {
    const key = JSON.stringify([spec, arrangement?.key]);
    const dataset = known.get(key) ?? loadDataset(spec, arrangement);
    // The latest stand last.
    known.delete(key);
    known.set(key, dataset);
    const [oldest] = known.keys();
    if (known.size > count && oldest !== undefined) known.delete(oldest);
    return dataset;
  };
}
