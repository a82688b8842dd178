/** Arrays of numbers in files that NumPy and spreadsheets share with us: `.npy`, `.npz`, `.csv`. */
export { type CsvArrayOptions, decodeCsv, encodeCsv } from "./csv.js";
export { decodeNpy, encodeNpy } from "./npy.js";
export { decodeNpz, encodeNpz } from "./npz.js";
export { readArray } from "./read-array.js";
export { parseReference } from "./reference.js";
export { writeArray } from "./write-array.js";
