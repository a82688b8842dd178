import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { onTestFinished } from "vitest";
import type { Dataset } from "../../src/data/dataset.js";
import { datasetSchema, loadDataset } from "../../src/data/sources/index.js";
import { UserError } from "../../src/errors.js";

/** Writes files into a folder that is gone after the test; returns the folder. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "narrows-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The data that a configuration's `data` names. */
export function load(spec: unknown): Dataset {
  return loadDataset(datasetSchema.parse(spec));
}

/** The line a user would see: the message of the UserError that is thrown, without the folder's path. */
export function refusal(action: () => unknown, folder = ""): string {
  try {
    action();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.message.includes("\n")) throw new Error(`more than one line: ${error.message}`);
    return folder === ""
      ? error.message
      : error.message.replaceAll(`${folder}/`, "").replaceAll(folder, "FOLDER");
  }
  throw new Error("nothing was refused");
}

/** A folder of the real data that lie beside the repository on some machines; undefined, with one line, where they do not. */
export function sharedData(name: string): string | undefined {
  const folder = join(import.meta.dirname, "../../../shared/data", name);
  if (existsSync(folder)) return folder;
  console.info(`skipped: ../shared/data/${name} is not there`);
  return undefined;
}

/** An idx file of bytes. */
export function idx(shape: readonly number[], data: ArrayLike<number>): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint8(2, 8);
  header.setUint8(3, shape.length);
  shape.forEach((extent, axis) => {
    header.setUint32(4 + 4 * axis, extent);
  });
  return new Uint8Array(Buffer.concat([new Uint8Array(header.buffer), Uint8Array.from(data)]));
}

/** What a PNG file is made of. */
interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey with opacity, 6 colour with opacity. */
  readonly colorType: number;
  /** The bytes of each row, without the filter. */
  readonly rows: readonly (readonly number[])[];
  readonly palette?: readonly number[];
  readonly interlaced?: boolean;
}

/** A PNG file, written by hand after the specification. */
export function png({
  width,
  height,
  depth,
  colorType,
  rows,
  palette,
  interlaced = false,
}: PngParts): Uint8Array {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  [depth, colorType, 0, 0, Number(interlaced)].forEach((value, k) => {
    header.setUint8(8 + k, value);
  });
  const chunk = (type: string, content: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), content]);
    const ends = new DataView(new ArrayBuffer(8));
    ends.setUint32(0, content.length);
    ends.setUint32(4, crc32(body));
    return Buffer.concat([new Uint8Array(ends.buffer, 0, 4), body, new Uint8Array(ends.buffer, 4)]);
  };
  const file = Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", new Uint8Array(header.buffer)),
    ...(palette ? [chunk("PLTE", Uint8Array.from(palette))] : []),
    chunk("IDAT", deflateSync(Uint8Array.from(rows.flatMap((row) => [0, ...row])))),
    chunk("IEND", new Uint8Array(0)),
  ]);
  return new Uint8Array(file);
}

/** A grey PNG of 8 bits, all of one value. */
export function greyPng(height: number, width: number, value: number): Uint8Array {
  const row = new Array<number>(width).fill(value);
  return png({ width, height, depth: 8, colorType: 0, rows: new Array(height).fill(row) });
}

/** The mean of some numbers. */
export function meanOf(values: Iterable<number>): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    sum += value;
    count += 1;
  }
  return sum / count;
}
