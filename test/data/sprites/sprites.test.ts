import { describe, expect, test } from "vitest";
import type { ImageTable } from "../../../src/data/dataset.js";
import { asDataset } from "../../../src/data/fingerprint.js";
import { generateSprites, type SpritesOptions } from "../../../src/data/sprites/generate.js";
import { turn } from "../../../src/data/sprites/turns.js";

const ONE = { shape: 1, scale: 1, orientation: 1, posX: 1, posY: 1 };

/** Image i as rows of bits. */
function rowsOf({ images, imageShape: [height, width] }: ImageTable, i: number): number[][] {
  return Array.from({ length: height }, (_, row) => {
    const start = (i * height + row) * width;
    return [...images.subarray(start, start + width)];
  });
}

function areaOf(table: ImageTable, i: number): number {
  return rowsOf(table, i)
    .flat()
    .reduce((sum, bit) => sum + bit);
}

/** Mean column and row of the white pixels, in pixels from the edges. */
function centreOf(table: ImageTable, i: number): [x: number, y: number] {
  const rows = rowsOf(table, i);
  let [x, y, area] = [0, 0, 0];
  rows.forEach((row, r) => {
    row.forEach((bit, c) => {
      x += bit * (c + 0.5);
      y += bit * (r + 0.5);
      area += bit;
    });
  });
  return [x / area, y / area];
}

const quarterTurned = (rows: number[][]) =>
  rows.map((_, r) => rows.map((_, c) => rows[c][rows.length - 1 - r]));

describe("D23: one sprite", () => {
  test("square, ellipse and heart have their areas, and scales their squares", () => {
    const table = generateSprites({ factors: { ...ONE, shape: 3, scale: 6 }, size: 256 });
    // Of the unit heart (x^2 + y^2 - 1)^3 = x^2 y^3: 3.661972.
    const areas = [0.34 ** 2, Math.PI * 0.24 * 0.12, 3.661972 * 0.165 ** 2];
    for (let shape = 0; shape < 3; shape++) {
      for (let scale = 0; scale < 6; scale++) {
        const expected = areas[shape] * (0.5 + 0.1 * scale) ** 2 * 256 ** 2;
        expect(Math.abs(areaOf(table, 6 * shape + scale) / expected - 1)).toBeLessThan(0.04);
      }
    }
  });

  test("a quarter turn turns the picture: not the square's, every second the ellipse's back", () => {
    const table = generateSprites({ factors: { ...ONE, shape: 3, orientation: 4 } });
    for (let image = 0; image < 12; image++) {
      const next = image % 4 === 3 ? image - 3 : image + 1;
      expect(rowsOf(table, next)).toEqual(quarterTurned(rowsOf(table, image)));
    }
    const [square, ellipse, heart] = [0, 4, 8];
    expect(rowsOf(table, square + 1)).toEqual(rowsOf(table, square));
    expect(rowsOf(table, ellipse + 1)).not.toEqual(rowsOf(table, ellipse));
    expect(rowsOf(table, ellipse + 2)).toEqual(rowsOf(table, ellipse));
    expect(rowsOf(table, heart + 2)).not.toEqual(rowsOf(table, heart));
  });

  test("an upright heart has two lobes above and a tip below; the ellipse lies", () => {
    const table = generateSprites({ factors: { ...ONE, shape: 3 } });
    const heart = rowsOf(table, 2);
    const filled = heart.flatMap((row, r) => (row.includes(1) ? [r] : []));
    const runs = (row: number[]) => row.join("").split(/0+/).filter(Boolean);
    expect(runs(heart[filled[0]])).toHaveLength(2);
    expect(runs(heart[filled.at(-1)!])).toHaveLength(1);
    expect(runs(heart[filled.at(-1)!])[0].length).toBeLessThanOrEqual(4);
    expect(heart.map((row) => row.toReversed())).toEqual(heart);
    const ellipse = rowsOf(table, 1).filter((row) => row.includes(1));
    const widest = Math.max(...ellipse.map((row) => row.reduce((sum, bit) => sum + bit)));
    expect(widest / ellipse.length).toBeCloseTo(2, 0);
  });

  test("posX goes right, posY goes down, and no sprite touches the edge", () => {
    const table = generateSprites({ factors: { shape: 2, scale: 2, orientation: 3, posX: 5, posY: 3 } });
    for (let image = 0; image < table.count; image++) {
      const [, , , posX, posY] = table.labels!.subarray(5 * image, 5 * image + 5);
      const [x, y] = centreOf(table, image);
      expect(Math.abs(x - (16 + 8 * posX))).toBeLessThan(0.6);
      expect(Math.abs(y - (16 + 16 * posY))).toBeLessThan(0.6);
      const rows = rowsOf(table, image);
      const edge = [...rows[0], ...rows[63], ...rows.map((row) => row[0] + row[63])];
      expect(edge.every((bit) => bit === 0)).toBe(true);
    }
  });

  test("32 positions, 6 scales: every picture of an upright square differs from every other", () => {
    const table = generateSprites({ factors: { shape: 1, scale: 6, orientation: 1, posX: 32, posY: 32 } });
    const pictures = new Set(
      Array.from({ length: table.count }, (_, i) =>
        Buffer.from(table.images.subarray(4096 * i, 4096 * (i + 1))).toString("latin1"),
      ),
    );
    expect(pictures.size).toBe(table.count);
  });
});

describe("D23: the set", () => {
  test("bit for bit the same everywhere, at the three sizes", () => {
    const fingerprintOf = (options: SpritesOptions) =>
      asDataset("sprites", generateSprites(options)).fingerprint;
    const few = { factors: { orientation: 40, posX: 3, posY: 3 } };
    expect([64, 32, 28].map((size) => fingerprintOf({ ...few, size }))).toMatchInlineSnapshot(`
      [
        "b5d89ff51c14ee2788b69e9f4c5a677e620917d7edca957e0b571d11dba908aa",
        "6e074c492d1765903a3c8db006020478e0bafaa8bb71edccfd0624c13648ec6f",
        "4d8e89be05300d89a24f744fd9e546e9fb5980a8c4c090d90765a62d1946c17c",
      ]
    `);
  });

  test("by default 36,864 images of 3 x 4 x 12 x 16 x 16, the last factor fastest", () => {
    const table = generateSprites();
    expect(table).toMatchObject({
      count: 36_864,
      imageShape: [64, 64, 1],
      scale: 1,
      labelNames: ["shape", "scale", "orientation", "posX", "posY"],
    });
    expect([...table.labels!.subarray(5 * 12_288, 5 * 12_288 + 10)]).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  test("samples of a subset are images of the whole set", () => {
    const whole = generateSprites({ size: 32 });
    const some = generateSprites({ size: 32, subset: "dependent-1290", samples: 200, seed: 5 });
    for (let i = 0; i < 200; i++) {
      const labels = [...some.labels!.subarray(5 * i, 5 * i + 5)];
      const row = labels.reduce((place, value, factor) => place * [3, 4, 12, 16, 16][factor] + value, 0);
      expect(rowsOf(some, i)).toEqual(rowsOf(whole, row));
    }
  });

  test.each([
    [{ size: 15 }, /sprites, size: got 15\. Give an integer from 16 to 256/],
    [{ factors: { shape: 4 } }, /factors\.shape: got 4\. Give an integer from 1 to 3/],
    [{ factors: { posX: 0 } }, /factors\.posX: got 0/],
    [{ factors: { scale: 1.5 } }, /factors\.scale: got 1\.5/],
    [{ samples: 36_865 }, /samples 36865: .* has 36864 different images/],
    [{ subset: "some" }, /subset "some": not understood/],
  ])("%j is refused", (options, message) => {
    expect(() => generateSprites(options)).toThrow(message);
  });

  test("20,000 images of 64 x 64 take less than a second of the processor", () => {
    const begun = process.cpuUsage();
    const { count } = generateSprites({ samples: 20_000 });
    const { user, system } = process.cpuUsage(begun);
    const seconds = (user + system) / 1e6;
    console.info(`${Math.round(count / seconds).toLocaleString("en-US")} sprites of 64 x 64 a second`);
    expect(seconds).toBeLessThan(1); // 0.21 s when measured alone
  });
});

test("D23: turns are exact at quarters and right between", () => {
  expect([0, 1, 2, 3, 4, 7].map((k) => turn(k, 4))).toEqual([
    { cos: 1, sin: 0 },
    { cos: -0, sin: 1 },
    { cos: -1, sin: -0 },
    { cos: 0, sin: -1 },
    { cos: 1, sin: 0 },
    { cos: 0, sin: -1 },
  ]);
  for (const n of [3, 7, 40, 1023]) {
    for (let k = 0; k < n; k++) {
      const { cos, sin } = turn(k, n);
      expect(Math.abs(cos - Math.cos((2 * Math.PI * k) / n))).toBeLessThan(2e-15);
      expect(Math.abs(sin - Math.sin((2 * Math.PI * k) / n))).toBeLessThan(2e-15);
    }
  }
});
