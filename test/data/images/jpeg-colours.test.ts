import { expect, test } from "vitest";
import { type Grid, toColours } from "../../../src/data/images/jpeg-colours.js";

const FULL: Grid = { across: 1, down: 1 };

/** Pixels whose third component is on a coarser grid, each sample repeated; the others are 0. */
function onGrid(
  samples: readonly (readonly number[])[],
  height: number,
  width: number,
  grid: Grid,
): Uint8Array {
  const data = new Uint8Array(3 * height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data[3 * (y * width + x) + 2] = samples[Math.floor(y / grid.down)]![Math.floor(x / grid.across)]!;
    }
  }
  return data;
}

function interpolated(
  samples: readonly (readonly number[])[],
  height: number,
  width: number,
  grid: Grid,
): number[] {
  const data = onGrid(samples, height, width, grid);
  toColours(data, [height, width], [FULL, FULL, grid], false);
  return Array.from({ length: height * width }, (_, k) => data[3 * k + 2]!);
}

test("D18: a sample for two pixels counts 3/4 in each, its neighbour 1/4; those at the edge stay", () => {
  const across = { across: 2, down: 1 };
  expect(interpolated([[0, 100, 200]], 1, 6, across)).toEqual([0, 25, 75, 125, 175, 200]);
  // Rounded down and up in turn: 10.25 and 10.75, 11.25 and 11.75.
  expect(interpolated([[10, 11, 12]], 1, 5, across)).toEqual([10, 10, 11, 11, 12]);
  expect(interpolated([[0], [100]], 4, 1, { across: 1, down: 2 })).toEqual([0, 25, 75, 100]);
});

test("D18: along both axes the weights are 9, 3, 3 and 1 of 16", () => {
  const both = interpolated(
    [
      [0, 160, 0],
      [0, 0, 0],
    ],
    4,
    6,
    { across: 2, down: 2 },
  );
  expect(both.slice(0, 6)).toEqual([0, 40, 120, 120, 40, 0]);
  expect(both.slice(6, 12)).toEqual([0, 30, 90, 90, 30, 0]);
  expect(both.slice(12, 18)).toEqual([0, 10, 30, 30, 10, 0]);
  expect(both.slice(18)).toEqual([0, 0, 0, 0, 0, 0]);
});

test("D18: grids of four pixels a sample, and very narrow ones, are repeated", () => {
  expect(interpolated([[0, 100]], 1, 8, { across: 4, down: 1 })).toEqual([0, 0, 0, 0, 100, 100, 100, 100]);
  expect(interpolated([[0, 100]], 1, 4, { across: 2, down: 1 })).toEqual([0, 0, 100, 100]);
});

test("D18: luminance and chroma become colours by the weights of ITU-R BT.601, cut to bytes", () => {
  const pixels = [
    [97, 84, 201, [199, 60, 19]],
    [128, 128, 128, [128, 128, 128]],
    [255, 255, 255, [255, 121, 255]],
    [0, 0, 0, [0, 135, 0]],
  ] as const;
  const data = Uint8Array.from(pixels.flatMap((pixel) => pixel.slice(0, 3) as number[]));
  toColours(data, [1, 4], [FULL, FULL, FULL], true);
  expect([...data]).toEqual(pixels.flatMap(([, , , rgb]) => [...rgb]));
});
