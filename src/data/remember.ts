import type { Dataset } from "./dataset.js";
import { type DatasetSpec, loadDataset } from "./sources/index.js";

/** {@link loadDataset} that keeps the latest data sets, so many, for whoever asks for the same again. */
export function loadRemembering(count: number): (spec: DatasetSpec) => Dataset {
  const known = new Map<string, Dataset>();
  return (spec) => {
    const key = JSON.stringify(spec);
    const dataset = known.get(key) ?? loadDataset(spec);
    // The latest stand last.
    known.delete(key);
    known.set(key, dataset);
    const [oldest] = known.keys();
    if (known.size > count && oldest !== undefined) known.delete(oldest);
    return dataset;
  };
}
