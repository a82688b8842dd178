import { imageGrid } from "../../../src/figures/image-grid.js";
import { corridorImage, filled } from "./constructed.js";

const corridors = Array.from({ length: 30 }, (_, k) => corridorImage((5 * k) % 13, (3 * k + 4) % 13));
const images = filled([30, 13, 13], (k, row, column) => corridors[k].data[row * 13 + column]);
const smooth = filled([30, 13, 13], (k, row, column) => {
  const centre = row < 6 ? (5 * k) % 13 : (3 * k + 4) % 13;
  return row === 6 ? 0 : 1 - Math.exp(-((column - centre) ** 2) / 2.88);
});
const samples = imageGrid(
  { panels: [{ title: "C = 10 nats", images: smooth }] },
  { title: "Samples", convention: "one-is-black" },
);

const besideEachOther = imageGrid(
  {
    panels: [
      { title: "images", images },
      { title: "reconstructions", images: smooth },
    ],
  },
  { convention: "one-is-black" },
);

/** Wide images in colour: red grows to the right, green downwards, blue from image to image. */
const colours = imageGrid(
  {
    panels: [{ title: "colours", images: filled([6, 8, 16, 3], (k, y, x, c) => [x / 15, y / 7, k / 5][c]) }],
  },
  { columns: 4 },
);

/** Larger images, and what each shows under it. */
const named = imageGrid(
  {
    panels: [
      {
        images: filled([6, 13, 13], (k, row, column) => images.data[(k * 13 + row) * 13 + column]),
        names: Array.from({ length: 6 }, (_, k) => `${(5 * k) % 13}, ${(3 * k + 4) % 13}`),
      },
    ],
  },
  { columns: 3, side: 52, convention: "one-is-black" },
);

export const examples = { samples, besideEachOther, colours, named };
