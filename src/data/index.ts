export * from "./arrays/index.js";
export { type Batches, fillBatch, orderedBatches, shuffledBatches } from "./batches.js";
export { binarizeStatic } from "./binarize.js";
export { type CodesOptions, readCodes } from "./codes/read.js";
export { type LabelledCodes, writeCodes } from "./codes/write.js";
export { type CorridorsOptions, generateCorridors } from "./corridors.js";
export type { CellFrequencies } from "./corridors-bias.js";
export { readImageCsv } from "./csv/reader.js";
export { imageCsvChunks } from "./csv/writer.js";
export {
  type Causes,
  type Dataset,
  type ImageTable,
  type RowOrder,
  type RowRange,
  type Split,
  valuesPerImage,
} from "./dataset.js";
export type { RowChoice } from "./dsprites/choose-rows.js";
export { type DependentSubset, dependentSubset } from "./dsprites/dependent-subset.js";
export { type BinPair, excludedBinPairs } from "./dsprites/excluded-pairs.js";
export { SPRITE_FACTORS, type SpriteFactor } from "./dsprites/grid.js";
export type { ImageArrayOptions, ImageCsvOptions, LabelledCsvOptions, PictureOptions } from "./file-keys.js";
export { imageTable, readImageArray } from "./images/read-arrays.js";
export { readPictures } from "./images/read-pictures.js";
export * from "./label-rules/index.js";
export {
  type Arrangement,
  type DatasetSpec,
  datasetSchema,
  datasetSources,
  loadDataset,
  recognizeDataset,
} from "./sources/index.js";
export { type DatasetSource, defineSource } from "./sources/source.js";
export { defaultSplit, selectRows, sliceDataset } from "./split.js";
export { generateSprites, SPRITES_DEFAULTS, type SpritesOptions } from "./sprites/generate.js";
