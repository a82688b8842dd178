import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { encodeNpy, encodeNpz } from "../../../src/data/arrays/index.js";
import { gridFactors, gridLength } from "../../../src/data/dsprites/grid.js";
import { readDsprites } from "../../../src/data/dsprites/read.js";
import { recognizeDataset } from "../../../src/data/sources/index.js";
import { UserError } from "../../../src/errors.js";
import type { NumericArray } from "../../../src/numeric-array.js";
import { PhiloxStream } from "../../../src/random/stream.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-dsprites-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SIZES = [3, 4, 4, 5, 6];
const SIDE = 16;
const COUNT = gridLength(SIZES);
const factors = gridFactors(
  Uint32Array.from({ length: COUNT }, (_, row) => row),
  SIZES,
);
const stream = new PhiloxStream(1, "a test");
/** Bits without a pattern, so that the archive is unpacked in several pieces. */
const imgs = {
  shape: [COUNT, SIDE, SIDE],
  data: Uint8Array.from({ length: COUNT * SIDE * SIDE }, () => stream.integer(2)),
};
/** As published: a column for the one colour first. */
const classes = {
  shape: [COUNT, 6],
  data: Int32Array.from({ length: 6 * COUNT }, (_, k) =>
    k % 6 === 0 ? 0 : factors[5 * Math.floor(k / 6) + (k % 6) - 1],
  ),
};
const arrays: Record<string, NumericArray> = { imgs, latents_classes: classes };

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const path = write("tiny.npz", encodeNpz(arrays));
const imageOf = (row: number) => imgs.data.subarray(row * SIDE * SIDE, (row + 1) * SIDE * SIDE);
const imagesOf = (name: string, bytes: Uint8Array) => readDsprites(write(name, bytes)).images as Uint8Array;

describe("D22: dSprites from its archive", () => {
  test("the whole grid, in order", () => {
    const { images, ...rest } = readDsprites(path);
    expect(Buffer.compare(images as Uint8Array, imgs.data)).toBe(0);
    expect(rest).toEqual({
      count: COUNT,
      imageShape: [SIDE, SIDE, 1],
      scale: 1,
      labels: factors,
      labelNames: ["shape", "scale", "orientation", "posX", "posY"],
    });
  });

  test("an archive of these arrays is dSprites, whatever it is called", () => {
    expect(recognizeDataset(path)).toEqual({ dsprites: { file: path } });
    const other = write("other.npz", encodeNpz({ imgs }));
    expect(recognizeDataset(other)).toEqual({ file: other });
  });

  test("random rows of a subset: each image with its own labels", () => {
    const table = readDsprites(path, { subset: "dependent-42", samples: 100, seed: 2 });
    expect(table.count).toBe(100);
    const seen = new Set<number>();
    for (let i = 0; i < table.count; i++) {
      const labels = [...table.labels!.subarray(5 * i, 5 * i + 5)];
      const row = labels.reduce((place, value, factor) => place * SIZES[factor] + value, 0);
      seen.add(row);
      expect(table.images.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE)).toEqual(imageOf(row));
    }
    expect(seen.size).toBe(100);
  });

  test("an archive that is stored, and one with sizes in zip64 fields as NumPy writes those above 2 GiB", () => {
    const npy = Object.entries(arrays).map(([key, array]) => [`${key}.npy`, encodeNpy(array)]);
    const stored = zipSync(Object.fromEntries(npy), { level: 0, mtime: "1980-01-02T00:00:00" });
    expect(Buffer.compare(imagesOf("stored.npz", stored), imgs.data)).toBe(0);
    const wide = withZip64Field(encodeNpz(arrays), "imgs.npy");
    expect(Buffer.compare(imagesOf("wide.npz", wide), imgs.data)).toBe(0);
  });

  test("grey images keep their values", () => {
    const grey = { ...imgs, data: imgs.data.map((bit) => 200 * bit) };
    const table = readDsprites(write("grey.npz", encodeNpz({ ...arrays, imgs: grey })));
    expect(table.scale).toBe(1 / 255);
  });

  const swapped = classes.data.slice();
  swapped.set([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  test.each([
    [
      "another order of rows",
      { ...arrays, latents_classes: { ...classes, data: swapped } },
      /once, in order/,
    ],
    [
      "half a grid",
      { ...arrays, latents_classes: { shape: [COUNT / 2, 6], data: classes.data.slice(0, 3 * COUNT) } },
      /tiny2\.npz:latents_classes: its rows are not every combination of shape, scale/,
    ],
    ["too few columns", { ...arrays, latents_classes: { shape: [6], data: new Int32Array(6) } }, /in order/],
    ["no images", { latents_classes: classes }, /it holds no array imgs\. Give the file as it was published/],
    ["no classes", { imgs }, /holds no array latents_classes/],
    [
      "images of floats",
      { ...arrays, imgs: { ...imgs, data: new Float32Array(imgs.data) } },
      /row-major bytes/,
    ],
    [
      "fewer images",
      { ...arrays, imgs: { shape: [9, SIDE, SIDE], data: imgs.data.slice(0, 9 * SIDE * SIDE) } },
      /at least 1440 rows/,
    ],
    [
      "images in colour",
      { ...arrays, imgs: { shape: [COUNT, 4, 8, 8], data: imgs.data } },
      /the shape \[4, 8, 8\], not \[height, width\]/,
    ],
  ])("%s: refused", (_, given: Record<string, NumericArray>, message) => {
    const other = write("tiny2.npz", encodeNpz(given));
    expect(() => readDsprites(other)).toThrow(UserError);
    expect(() => readDsprites(other)).toThrow(message);
  });

  test("a cut or a flipped bit is refused", () => {
    const whole = encodeNpz(arrays);
    for (const length of [0, 10, 1000, whole.length - 1]) {
      expect(() => readDsprites(write("cut.npz", whole.subarray(0, length)))).toThrow(UserError);
    }
    for (let at = 100; at < whole.length / 2; at += 997) {
      const flipped = whole.slice();
      flipped[at] ^= 16;
      expect(() => readDsprites(write("flipped.npz", flipped))).toThrow(UserError);
    }
    expect(() => readDsprites(join(folder, "none.npz"))).toThrow(/none\.npz: no such file/);
  });
});

const STATUS = "/proc/self/status";

test.skipIf(!existsSync(STATUS))(
  `D22: reading a few of 25,600 images takes the memory of a few (skipped where there is no ${STATUS})`,
  () => {
    const sizes = [1, 1, 1, 100, 256];
    const count = gridLength(sizes);
    const rows = Uint32Array.from({ length: count }, (_, row) => row);
    const large = {
      imgs: { shape: [count, 64, 64], data: new Uint8Array(count * 4096) },
      latents_classes: { shape: [count, 5], data: gridFactors(rows, sizes) },
    };
    const file = write("large.npz", encodeNpz(large));
    // Not resourceUsage(): a child's maximum begins with that of the process it was started from.
    const script = `
    import { readFileSync } from "node:fs";
    const { readDsprites } = await import(${JSON.stringify(new URL("../../../dist/data/dsprites/read.js", import.meta.url))});
    const peak = () => Number(/VmHWM:\\s+(\\d+) kB/.exec(readFileSync("${STATUS}", "utf8"))[1]) * 1024;
    const before = peak();
    readDsprites(${JSON.stringify(file)}, { samples: 100 });
    console.log(peak() - before);`;
    const run = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    expect(run.stderr).toBe("");
    const megabytes = Number(run.stdout) / 1e6;
    console.info(`reading 100 of 25,600 images (105 MB) took ${megabytes.toFixed(0)} MB`);
    expect(megabytes).toBeGreaterThan(0);
    // What the garbage collector lets lie of the unpacked pieces, whatever the size of the array.
    expect(megabytes).toBeLessThan(95); // 70 MB when measured alone
  },
);

/** The same archive with one entry's sizes moved into a zip64 field of the directory, which lies at the end. */
function withZip64Field(archive: Uint8Array, name: string): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = archive.length - 22;
  const directory = view.getUint32(end + 16, true);
  const parts: Uint8Array[] = [archive.subarray(0, directory)];
  let entry = directory;
  while (entry < end) {
    const nameBytes = view.getUint16(entry + 28, true);
    const length = 46 + nameBytes + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true);
    const copy = archive.slice(entry, entry + length);
    if (new TextDecoder().decode(copy.subarray(46, 46 + nameBytes)) === name) {
      const head = copy.slice(0, 46 + nameBytes);
      const field = new Uint8Array(4 + 3 + 4 + 16);
      const fields = new DataView(field.buffer);
      // Another field of 3 bytes comes first.
      fields.setUint16(0, 0x7075, true);
      fields.setUint16(2, 3, true);
      fields.setUint16(7, 1, true);
      fields.setUint16(9, 16, true);
      fields.setBigUint64(11, BigInt(view.getUint32(entry + 24, true)), true);
      fields.setBigUint64(19, BigInt(view.getUint32(entry + 20, true)), true);
      const edited = new DataView(head.buffer);
      edited.setUint32(20, 0xffffffff, true);
      edited.setUint32(24, 0xffffffff, true);
      edited.setUint16(30, field.length, true);
      parts.push(head, field);
    } else parts.push(copy);
    entry += length;
  }
  const tail = archive.slice(end);
  const directoryBytes = parts.slice(1).reduce((sum, part) => sum + part.length, 0);
  new DataView(tail.buffer).setUint32(12, directoryBytes, true);
  return new Uint8Array(Buffer.concat([...parts, tail]));
}
