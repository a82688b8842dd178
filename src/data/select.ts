import { type Dataset, valuesPerImage } from "./dataset.js";

/** Some rows of a data set, in the order given, as a data set of its own: a copy of those images alone. */
export function selectRows(dataset: Dataset, rows: ArrayLike<number>): Dataset {
  const imageValues = valuesPerImage(dataset);
  const labelCount = dataset.labelNames.length;
  const images = dataset.images.slice(0, rows.length * imageValues);
  const labels = dataset.labels?.slice(0, rows.length * labelCount);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    images.set(dataset.images.subarray(row * imageValues, (row + 1) * imageValues), i * imageValues);
    labels?.set(dataset.labels!.subarray(row * labelCount, (row + 1) * labelCount), i * labelCount);
  }
  return {
    ...dataset,
    count: rows.length,
    images,
    labels,
    fingerprint: `${dataset.fingerprint}:${rows.length} rows`,
    split: undefined,
    order: undefined,
  };
}
