import { refuse } from "../../errors.js";
import { type ImageTable, valuesPerImage } from "../dataset.js";
import { readUnpacked } from "../gzip.js";
import { asPixels } from "../images/pixels.js";
import { areaMeans } from "../images/resize.js";
import { type MatlabArray, readMatlab } from "../matlab/read.js";

/** What the file calls the arrays of its two parts. */
const PARTS = {
  train: { images: "data", alphabets: "target", characters: "targetchar" },
  test: { images: "testdata", alphabets: "testtarget", characters: "testtargetchar" },
} as const;

/**
 * Reads Omniglot as Burda, Grosse and Salakhutdinov prepared it for *Importance weighted autoencoders* (rule D21):
 * `chardata.mat`, a MATLAB 5 file, whose columns are images of 28 x 28 values from 0 to 1. The file keeps each image column by
 * column; here it is turned upright. Labels, both counted from 0: `alphabet`, the place of the 1 in `target`, and `character`,
 * `targetchar` minus 1.
 * @param side height and width wanted; images are resized to it by area means where it is not the file's.
 * @returns one table a part, bytes where all values are 0 or 1, float32 otherwise.
 * @throws UserError when the file cannot be read, is truncated or damaged, or lacks an array, and where arrays do not fit
 * each other.
 */
export function readChardata(path: string, side: number): { train: ImageTable; test: ImageTable } {
  const names = Object.values(PARTS).flatMap((part) => Object.values(part));
  const arrays = readMatlab(readUnpacked(path), names, path);
  return { train: partOf(arrays, PARTS.train, side, path), test: partOf(arrays, PARTS.test, side, path) };
}

function partOf(
  arrays: ReadonlyMap<string, MatlabArray>,
  { images, alphabets, characters }: (typeof PARTS)[keyof typeof PARTS],
  side: number,
  path: string,
): ImageTable {
  const { shape, data } = required(arrays, images, path);
  const [pixels = 0, count = 0, ...rest] = shape;
  const stored = Math.sqrt(pixels);
  if (!Number.isInteger(stored) || count === 0 || rest.length > 0) {
    refuseMisfit(`${path}, array ${images}`, shape, "[784, images]");
  }
  const upright = data.slice();
  for (let k = 0; k < data.length; k++) {
    const within = k % pixels;
    upright[k - within + (within % stored) * stored + Math.floor(within / stored)] = data[k];
  }
  const table = {
    count,
    imageShape: [stored, stored, 1] as const,
    ...asPixels(upright, pixels, `${path}, array ${images}`),
  };
  const alphabet = required(arrays, alphabets, path);
  const character = required(arrays, characters, path);
  if (alphabet.shape[1] !== count)
    refuseMisfit(`${path}, array ${alphabets}`, alphabet.shape, `[50, ${count}]`);
  if (character.data.length !== count) {
    refuseMisfit(`${path}, array ${characters}`, character.shape, `[1, ${count}]`);
  }
  return {
    ...(side === stored ? table : resized(table, side)),
    labels: Int32Array.from({ length: 2 * count }, (_, k) =>
      k % 2 === 0 ? placeOfOne(alphabet, k / 2) : character.data[(k - 1) / 2]! - 1,
    ),
    labelNames: ["alphabet", "character"],
  };
}

type Images = Pick<ImageTable, "count" | "imageShape" | "images" | "scale">;

/** As float32 pixel values of another size. */
function resized(table: Images, side: number): Images {
  const { count, imageShape, images, scale } = table;
  const size = valuesPerImage(table);
  const values = new Float32Array(count * side * side);
  for (let k = 0; k < count; k++) {
    const means = areaMeans(images.subarray(k * size, (k + 1) * size), imageShape, [side, side]);
    values.set(
      means.map((mean) => mean * scale),
      k * side * side,
    );
  }
  return { count, imageShape: [side, side, 1] as const, images: values, scale: 1 };
}

function required(arrays: ReadonlyMap<string, MatlabArray>, name: string, path: string): MatlabArray {
  const found = arrays.get(name);
  if (found) return found;
  refuse(
    path,
    `it holds no array ${name}`,
    "Give chardata.mat as it was published, or a folder or zip archive of the Omniglot drawings",
  );
}

function refuseMisfit(where: string, shape: readonly number[], expected: string): never {
  refuse(
    where,
    `it has shape [${shape.join(", ")}], where ${expected} is expected`,
    "Give chardata.mat as it was published",
  );
}

/** Which element of a column is not 0. */
function placeOfOne({ shape: [rows = 0], data }: MatlabArray, column: number): number {
  return data.subarray(column * rows, (column + 1) * rows).findIndex((value: number) => value !== 0);
}
