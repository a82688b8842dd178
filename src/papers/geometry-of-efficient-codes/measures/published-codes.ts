/** The codes that the authors published, from a file in their format (docs/reproduction-geometry.md lists its arrays). */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { readNpy } from "../../../data/arrays/npy.js";
import { openNpz } from "../../../data/arrays/npz.js";
import { CORRIDORS_DEFAULTS, CORRIDORS_LABELS } from "../../../data/corridors.js";
import { asDataset } from "../../../data/fingerprint.js";
import { refuse } from "../../../errors.js";
import { readBytes } from "../../../files/read.js";
import { sha256 } from "../../../files/sha256.js";
import { bytesSource } from "../../../files/source.js";
import { type Points, toPoints } from "../../../geometry/index.js";
import type { NumericArray } from "../../../numeric-array.js";
import { MODEL_NAMES, type ModelName } from "../recipe.js";
import { type Stimuli, stimuliFrom } from "./stimuli.js";

/** The code that the authors published of a model at a capacity. */
export interface PublishedCode {
  readonly model: ModelName;
  readonly capacityNats: number;
  /** Centres of the code, [stimuli, 5]. */
  readonly points: Points;
  /** The authors' map of it, [stimuli, 2]; undefined where the file has none. */
  readonly map: NumericArray | undefined;
}

/** What the authors published of their codes, all for the same images. */
export interface PublishedCodes {
  readonly stimuli: Stimuli;
  readonly codes: readonly PublishedCode[];
  /** Rows of the images that stand on the authors' maps; undefined where the file does not say. */
  readonly pictured: readonly number[] | undefined;
}

/** What models are called in the file. */
const NAMES: Readonly<Record<ModelName, string>> = {
  ...{ Baseline: "base", E1M1: "bottomBias", E1M2: "alignBias" },
  ...{ E2M1: "task2", E2M2: "task3", E2M3: "task1", E2M4: "task0", E2M5: "taskAll" },
};
/** What capacities are called in the file, and what they are in nats. */
const CAPACITIES = { low: 0.3, high: 10 } as const;
const DIMENSION = 5;
const SIZE = CORRIDORS_DEFAULTS.size;
/** The array of the rows that are pictured. */
const PICTURED = "annotated_rows";
/** The file in a folder. */
const FILE = "latents.npz";

/** The published code of a model at a capacity; undefined where the file has none. */
export function publishedCodeOf(
  published: PublishedCodes | undefined,
  wanted: Pick<PublishedCode, "model" | "capacityNats">,
): PublishedCode | undefined {
  return published?.codes.find(
    ({ model, capacityNats }) => model === wanted.model && capacityNats === wanted.capacityNats,
  );
}

/**
 * SHA-256 of such a file, in hexadecimal digits.
 * @throws UserError when it cannot be read.
 */
export function publishedCodesDigest(path: string): string {
  return sha256(readBytes(fileOf(path)));
}

/**
 * Reads such a file: the images with their positions, and the codes of those models that it holds.
 * @param path the file, or a folder with `latents.npz`.
 * @throws UserError when an array is missing, has another shape than the others or numbers that cannot be, or no code is there.
 */
export function readPublishedCodes(path: string): PublishedCodes {
  const file = fileOf(path);
  const archive = openNpz(bytesSource(readBytes(file), file));
  const array = (key: string, ...shape: readonly number[]) => {
    const found = readNpy(archive.stream(key));
    if (found.shape.join() === shape.join()) return found;
    refuse(
      `${file}:${key}`,
      `it has shape [${found.shape.join(", ")}] and [${shape.join(", ")}] is needed`,
      "Give one row for each entry of the array xU, in the same order",
    );
  };
  const [count = 0] = readNpy(archive.stream(CORRIDORS_LABELS[0])).shape;
  const [xU, xL] = CORRIDORS_LABELS.map((key) => columnsOf(array(key, count), `${file}:${key}`));
  const stimuli = stimuliOf(array("X", count, SIZE, SIZE), [xU!, xL!], file);
  const codes = MODEL_NAMES.flatMap((model) =>
    Object.entries(CAPACITIES).flatMap(([capacity, capacityNats]): PublishedCode[] => {
      const [code, map] = [`${NAMES[model]}_${capacity}_Z`, `${NAMES[model]}_${capacity}_emb`];
      if (!archive.keys.includes(code)) return [];
      const points = toPoints(array(code, count, DIMENSION), `${file}:${code}`);
      // Checked as points are, and kept as it is.
      const isMapped = archive.keys.includes(map) && toPoints(array(map, count, 2), `${file}:${map}`);
      return [{ model, capacityNats, points, map: isMapped ? array(map, count, 2) : undefined }];
    }),
  );
  const pictured = archive.keys.includes(PICTURED) ? readNpy(archive.stream(PICTURED)).data : undefined;
  const beyond = pictured?.find((row: number) => !Number.isInteger(row) || row < 0 || row >= count);
  if (beyond !== undefined)
    refuse(`${file}:${PICTURED}`, `there is no image ${beyond}`, `Give rows from 0 to ${count - 1}`);
  const known = Object.values(NAMES).flatMap((name) =>
    Object.keys(CAPACITIES).map((at) => `${name}_${at}_Z`),
  );
  const stranger = archive.keys.find((key) => key.endsWith("_Z") && !known.includes(key));
  if (codes.length > 0 && stranger === undefined) {
    return { stimuli, codes, pictured: pictured && Array.from(pictured) };
  }
  refuse(
    file,
    stranger === undefined
      ? "it holds the code of no model"
      : `"${stranger}" is no code of a model of the paper`,
    `Name the codes ${known.join(", ")}`,
  );
}

function fileOf(path: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? join(path, FILE) : path;
}

/** Columns of corridors, checked. */
function columnsOf({ data }: NumericArray, where: string): ArrayLike<number> {
  const wrong = data.findIndex((column: number) => !Number.isInteger(column) || column < 0 || column >= SIZE);
  if (wrong < 0) return data;
  refuse(where, `entry ${wrong} is ${data[wrong]}`, `Give columns from 0 to ${SIZE - 1}`);
}

/** The images, in which 1 is black as in all Corridors images (rule D6), and what they show. */
function stimuliOf(
  { data }: NumericArray,
  [xU, xL]: readonly [ArrayLike<number>, ArrayLike<number>],
  file: string,
): Stimuli {
  const pixels = SIZE * SIZE;
  const middle = (SIZE - 1) / 2;
  const wrong = data.findIndex((value: number, at: number) => {
    const [row, column] = [Math.floor((at % pixels) / SIZE), at % SIZE];
    const image = Math.floor(at / pixels);
    const isCorridor = row === middle || column === (row < middle ? xU[image] : xL[image]);
    return isCorridor ? value !== 0 : value !== 0 && value !== 1;
  });
  if (wrong >= 0) {
    refuse(
      `${file}:X`,
      `image ${Math.floor(wrong / pixels)} has ${data[wrong]} in row ${Math.floor((wrong % pixels) / SIZE)}, column ${wrong % SIZE} (all counted from 0)`,
      "Give 0 for the middle row and the columns xU above and xL below it, and 0 or 1 (black) elsewhere",
    );
  }
  const count = data.length / pixels;
  const images = {
    ...{ count, imageShape: [SIZE, SIZE, 1] as const, images: Uint8Array.from(data), scale: 1 },
    labels: Int32Array.from({ length: 2 * count }, (_, k) => (k % 2 === 0 ? xU : xL)[k >> 1]!),
    labelNames: CORRIDORS_LABELS,
  };
  return stimuliFrom(asDataset("the published images", images));
}
