export * from "./arrays/index.js";
export { type Batches, fillBatch, orderedBatches, shuffledBatches } from "./batches.js";
export { generateCorridors } from "./corridors.js";
export { readImageCsv } from "./csv/reader.js";
export { imageCsvChunks } from "./csv/writer.js";
export { bytesPerImage, type Dataset, type ImageTable } from "./dataset.js";
export { selectRows } from "./select.js";
export { type DatasetSpec, datasetSchema, datasetSources, loadDataset } from "./sources/index.js";
export { defaultSplit, type RowRange, type Split, sliceDataset } from "./split.js";
