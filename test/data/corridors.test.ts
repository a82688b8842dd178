import { existsSync, readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { CORRIDORS_LABELS, generateCorridors } from "../../src/data/corridors.js";
import type { ImageTable } from "../../src/data/dataset.js";
import { withProcessorTime } from "../support/processor-time.js";

const LATENTS = "../shared/reference/geometry-of-efficient-codes/latents.npz";

/** White pixels and all pixels at every distance from the corridor's column, over both sections. */
function whiteByOffset({ images, labels, count, imageShape: [size] }: ImageTable) {
  const white = new Float64Array(size);
  const all = new Float64Array(size);
  for (let i = 0; i < count; i++) {
    for (let row = 0; row < size; row++) {
      if (row === (size - 1) / 2) continue;
      const corridor = labels![2 * i + Number(row > (size - 1) / 2)];
      for (let column = 0; column < size; column++) {
        const offset = Math.abs(column - corridor);
        all[offset] += 1;
        white[offset] += Number(images[(i * size + row) * size + column] === 0);
      }
    }
  }
  return { white, all };
}

/** How many images have xU, xL for which `holds`. */
function countCells({ labels, count }: ImageTable, holds: (upper: number, lower: number) => boolean): number {
  let found = 0;
  for (let i = 0; i < count; i++) found += Number(holds(labels![2 * i], labels![2 * i + 1]));
  return found;
}

describe("D7: weights", () => {
  const weights: number[] = Array.from({ length: 169 }, (_, cell) =>
    cell % 13 === 4 ? 3 : cell === 0 ? 9 : 0,
  );

  test("draw each cell in proportion to them, and none where they are 0", () => {
    const table = generateCorridors({ samples: 4800, weights });
    const first = countCells(table, (upper, lower) => upper === 0 && lower === 0);
    const others = countCells(table, (_, lower) => lower === 4);
    expect(first + others).toBe(4800);
    // 9 of 48 weights: within four standard deviations.
    expect(Math.abs(first - 900)).toBeLessThan(4 * Math.sqrt(4800 * (9 / 48) * (39 / 48)));
  });

  test("those of a bias are the bias", () => {
    const lower = Array.from({ length: 169 }, (_, cell) => (cell % 13 <= 6 ? 2000 : 260));
    const [given, named] = [{ weights: lower }, { bias: "lower:2000/260" }].map((frequencies) =>
      generateCorridors({ samples: 500, seed: 3, ...frequencies }),
    );
    expect(given!.images).toEqual(named!.images);
    expect(generateCorridors({ weights: lower, samples: 10 }).count).toBe(10);
  });

  test.each([
    [{ weights: weights.slice(1) }, "there are 168"],
    [{ weights: weights.map(() => 0) }, "every cell has 0 samples"],
    [{ weights: weights.with(5, 0.5) }, "0.5 is no number of samples"],
    [{ weights: weights.with(5, -1) }, "-1 is no number of samples"],
    [{ weights, bias: "lower:2000/260" }, "both bias and weights"],
  ])("are refused in one line: %#", (options, says) => {
    expect(() => generateCorridors({ samples: 10, ...options })).toThrow(says);
  });
});

describe("D6: one image", () => {
  const table = generateCorridors({ samples: 20_000, seed: 5 });

  test("white falls off from the corridor as a Gaussian of sigma 1.2", () => {
    const { white, all } = whiteByOffset(table);
    for (let offset = 0; offset < 13; offset++) {
      const p = Math.exp(-(offset ** 2) / (2 * 1.2 ** 2));
      const error = 4.5 * Math.sqrt((p * (1 - p)) / all[offset]) + 1 / all[offset];
      expect(Math.abs(white[offset] / all[offset] - p), `offset ${offset}`).toBeLessThanOrEqual(error);
    }
    // The authors' frequencies, to the digits given.
    const frequencies = [...white].slice(0, 5).map((n, offset) => n / all[offset]);
    [1, 0.706, 0.25, 0.0425, 0.0036].forEach((p, offset) => {
      expect(Math.abs(frequencies[offset] - p)).toBeLessThan(0.002);
    });
  });

  test("the middle row and both corridors are white, everything is 0 or 1", () => {
    for (let i = 0; i < table.count; i++) {
      const image = table.images.subarray(i * 169, (i + 1) * 169);
      const [upper, lower] = table.labels!.subarray(2 * i, 2 * i + 2);
      let sum = 0;
      for (let k = 0; k < 13; k++) sum += image[6 * 13 + k] + image[k * 13 + (k < 7 ? upper : lower)];
      if (sum !== 0) throw new Error(`image ${i} has a wall where there is none`);
    }
    expect(new Set(table.images)).toEqual(new Set([0, 1]));
    expect(table).toMatchObject({ imageShape: [13, 13, 1], scale: 1, labelNames: CORRIDORS_LABELS });
  });

  test("neighbouring pixels are independent, also across images and sections", () => {
    // Beside the corridors (offset 1) white has p = 0.706; pairs of such pixels must be white together p^2 often.
    const p = Math.exp(-1 / (2 * 1.2 ** 2));
    let pairs = 0;
    let both = 0;
    for (let i = 0; i + 1 < table.count; i++) {
      const pixel = (image: number, row: number) => {
        const corridor = table.labels![2 * image + Number(row > 6)];
        return table.images[image * 169 + row * 13 + corridor + (corridor === 12 ? -1 : 1)] === 0;
      };
      for (const [a, b] of [
        [pixel(i, 0), pixel(i, 1)],
        [pixel(i, 5), pixel(i, 7)],
        [pixel(i, 12), pixel(i + 1, 0)],
      ]) {
        pairs += 1;
        both += Number(a && b);
      }
    }
    expect(Math.abs(both / pairs - p * p)).toBeLessThan(4.5 * Math.sqrt((p * p * (1 - p * p)) / pairs));
  });

  test("every position is equally likely", () => {
    const counts = new Float64Array(169);
    for (let i = 0; i < table.count; i++) counts[13 * table.labels![2 * i] + table.labels![2 * i + 1]] += 1;
    const expected = table.count / 169;
    const chiSquare = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(231); // 168 degrees of freedom, one in a thousand
  });
});

test("D6: the same seed draws the same images, another seed others; more begin with the fewer", () => {
  const few = generateCorridors({ samples: 100, seed: 1 });
  const many = generateCorridors({ samples: 150, seed: 1 });
  expect(many.images.subarray(0, few.images.length)).toEqual(few.images);
  expect(many.labels!.subarray(0, 200)).toEqual(few.labels);
  expect(generateCorridors({ samples: 100, seed: 2 }).images).not.toEqual(few.images);
});

test("other sizes and widths", () => {
  const table = generateCorridors({ samples: 2000, size: 21, sigma: 3 });
  expect(table.imageShape).toEqual([21, 21, 1]);
  const { white, all } = whiteByOffset(table);
  for (const offset of [0, 1, 3, 6]) {
    expect(white[offset] / all[offset]).toBeCloseTo(Math.exp(-(offset ** 2) / 18), 1);
  }
});

describe("D7: biases", () => {
  test("lower:2000/260 has by default 202,280 images, each favoured cell about 2000 times, each other 260", () => {
    const table = generateCorridors({ bias: "lower:2000/260" });
    expect(table.count).toBe(91 * 2000 + 78 * 260);
    const favoured = countCells(table, (_, lower) => lower <= 6);
    expect(Math.abs(favoured - 182_000)).toBeLessThan(4 * Math.sqrt(182_000 * 0.1));
    const cell = countCells(table, (upper, lower) => upper === 3 && lower === 9);
    expect(Math.abs(cell - 260)).toBeLessThan(4.5 * Math.sqrt(260));
  });

  test("aligned:3000/300 has by default 85,800 images; --samples keeps the ratio", () => {
    expect(generateCorridors({ bias: "aligned:3000/300" }).count).toBe(85_800);
    const table = generateCorridors({ bias: "aligned:3000/300", samples: 20_000 });
    const aligned = countCells(table, (upper, lower) => upper === lower);
    expect(Math.abs(aligned / 20_000 - 39_000 / 85_800)).toBeLessThan(4.5 * Math.sqrt(0.25 / 20_000));
  });

  test("a cell with 0 samples is never drawn", () => {
    expect(countCells(generateCorridors({ bias: "aligned:1/0", samples: 500 }), (u, l) => u !== l)).toBe(0);
  });

  test.each([
    [{ bias: "upper:1/2" }, /bias "upper:1\/2": not understood: a bias is lower or aligned/],
    [{ bias: "lower:0/0" }, /every cell has 0 samples/],
    [{ samples: 0 }, /corridors, samples: got 0\. Give an integer from 1/],
    [{ samples: 1.5 }, /samples: got 1\.5/],
    [{ seed: -1 }, /seed: got -1/],
    [{ size: 12 }, /size: got 12\. Give an odd number from 3 to 255/],
    [{ sigma: 0 }, /sigma: got 0/],
    [{ sigma: Number.NaN }, /sigma: got NaN/],
  ])("%j is refused", (options, message) => {
    expect(() => generateCorridors(options)).toThrow(message);
  });
});

test("200,000 images take a moment", async () => {
  const { milliseconds } = await withProcessorTime(() => generateCorridors({ samples: 200_000 }));
  console.info(`200,000 Corridors images drawn in ${milliseconds.toFixed(0)} ms`);
  expect(milliseconds).toBeLessThan(10_000); // 850 when measured alone
});

describe.skipIf(!existsSync(LATENTS))(`the authors' images (skipped where ${LATENTS} is absent)`, () => {
  test("are drawn by the same rule", () => {
    const entries = unzipSync(readFileSync(LATENTS));
    const body = (name: string) => {
      const bytes = entries[`${name}.npy`];
      const header = 10 + bytes[8] + 256 * bytes[9];
      return { text: new TextDecoder().decode(bytes.subarray(10, header)), data: bytes.slice(header) };
    };
    const images = body("X");
    const labels = ["xU", "xL"].map((name) => {
      const { text, data } = body(name);
      expect(text).toMatch(/'descr': '<i8'|'descr': '\|u1'|'descr': '\|i1'/);
      return text.includes("i8") ? Array.from(new BigInt64Array(data.buffer), Number) : [...data];
    });
    expect(images.text).toMatch(/'descr': '\|u1', 'fortran_order': False, 'shape': \(1522, (169|13, 13)/);
    const count = 1522;
    const table: ImageTable = {
      count,
      imageShape: [13, 13, 1],
      images: images.data,
      scale: 1,
      labels: Int32Array.from({ length: 2 * count }, (_, i) => labels[i % 2][i >> 1]),
      labelNames: CORRIDORS_LABELS,
    };
    const theirs = whiteByOffset(table);
    for (let offset = 0; offset < 6; offset++) {
      const p = Math.exp(-(offset ** 2) / (2 * 1.2 ** 2));
      const error = 4.5 * Math.sqrt((p * (1 - p)) / theirs.all[offset]);
      expect(Math.abs(theirs.white[offset] / theirs.all[offset] - p)).toBeLessThanOrEqual(error);
    }
  });
});
