import { expect, test } from "vitest";
import { generateCorridors } from "../../src/data/corridors.js";
import { corridorsMeanImages, corridorsMeanRows } from "../../src/data/corridors-means.js";

test("B6: drawn images come to the mean image of their cell", () => {
  const size = 5;
  const pixels = size * size;
  const { images, labels, count } = generateCorridors({ samples: 20_000, seed: 11, size });
  const { shape, data } = corridorsMeanImages({ size });
  expect(shape).toEqual([25, size, size]);
  const sums = new Float64Array(data.length);
  const drawn = new Float64Array(size * size);
  for (let i = 0; i < count; i++) {
    const cell = labels![2 * i] * size + labels![2 * i + 1];
    drawn[cell] += 1;
    for (let k = 0; k < pixels; k++) sums[cell * pixels + k] += images[i * pixels + k];
  }
  for (const [k, mean] of data.entries()) {
    const n = drawn[Math.floor(k / pixels)];
    // Five standard errors of a share, and one image for shares that are nearly 0 or 1.
    const margin = 5 * Math.sqrt((mean * (1 - mean)) / n) + 1 / n;
    expect(Math.abs(sums[k] / n - mean)).toBeLessThan(margin);
  }
});

test("B6: the corridor is white, what is far from it black, the middle row white", () => {
  const { data } = corridorsMeanRows();
  expect(data[0]).toBe(0);
  expect(data[12]).toBe(1);
  expect(data[1]).toBeCloseTo(1 - Math.exp(-1 / (2 * 1.2 ** 2)), 9);
  const images = corridorsMeanImages();
  const middle = images.data.subarray(6 * 13, 7 * 13);
  expect(Math.max(...middle)).toBe(0);
});

test("sizes whose cells make no array, and sizes and walls that are none, are refused", () => {
  expect(() => corridorsMeanImages({ size: 101 })).toThrow(/corridors, size: .*at most 63/);
  expect(() => corridorsMeanRows({ size: 4 })).toThrow(/corridors, size: got 4/);
  expect(() => corridorsMeanRows({ sigma: 0 })).toThrow(/corridors, sigma: got 0/);
});
