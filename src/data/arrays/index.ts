/** Arrays of numbers in files that NumPy and spreadsheets share with us: `.npy`, `.npz`, `.csv`. */
export { type CsvArrayOptions, decodeCsv, encodeCsv } from "./csv.js";
export { decodeNpy, encodeNpy } from "./npy.js";
export { decodeNpz, encodeNpz } from "./npz.js";
export { type ArrayReference, parseReference, readArray, writeArray } from "./reference.js";
