import { latentMap } from "../../../src/figures/latent-map.js";
import { pairColours } from "../../../src/figures/parts/colour-map.js";
import { bentSheet, corridorImage, filled, scatter } from "./constructed.js";

const { pairs, points } = bentSheet();
const indexOf = (upper: number, lower: number) =>
  pairs.findIndex((pair) => pair.upper === upper && pair.lower === lower);
const pictured = [
  [0, 12],
  [4, 8],
  [6, 6],
  [8, 4],
  [12, 0],
  [0, 0],
  [12, 12],
  [2, 3],
  [10, 9],
].map(([upper, lower]) => ({ index: indexOf(upper, lower), image: corridorImage(upper, lower) }));

const byQuantity = latentMap(
  {
    panels: [
      { title: "C = 10 nats", points, examples: pictured },
      {
        title: "C = 0.3 nats",
        points: filled(points.shape, (k, axis) => points.data[2 * k + axis] * (axis ? 0.2 : 1)),
      },
    ],
    colours: { kind: "quantity", name: "xU − xL", values: pairs.map((pair) => pair.upper - pair.lower) },
  },
  { title: "Latent map", side: 320, convention: "one-is-black" },
);

const byClass = latentMap(
  {
    panels: [{ points, examples: pictured }],
    colours: {
      kind: "class",
      name: "class",
      values: pairs.map((pair) => (pair.lower <= 6 ? "xL ≤ 6" : "xL > 6")),
    },
  },
  { convention: "one-is-black" },
);

const group = (position: number) => Math.min(4, Math.floor((position + 1) / 3));

const byManyClasses = latentMap({
  panels: [{ points }],
  colours: {
    kind: "class",
    name: "task0",
    values: pairs.map(({ upper, lower }) => 5 * group(upper) + group(lower)),
  },
});

/** Classes that are pairs: a table of colours in place of a legend; the code that contracted on the scale of the other, and enlarged. */
const GROUPS = ["0, 1", "2 to 4", "5 to 7", "8 to 10", "11, 12"];
const byPairs = latentMap(
  {
    panels: [
      { title: "C = 10 nats", points, examples: pictured, pixelsPerUnit: 120 },
      {
        title: "C = 0.3",
        points: filled(points.shape, (k, axis) => points.data[2 * k + axis] / 3),
        pixelsPerUnit: 120,
      },
      {
        title: "C = 0.3 nats, enlarged",
        points: filled(points.shape, (k, axis) => points.data[2 * k + axis] / 3),
      },
    ],
    colours: {
      kind: "class",
      name: "groups",
      values: pairs.map(({ upper, lower }) => 5 * group(upper) + group(lower)),
      order: Array.from({ length: 25 }, (_, k) => k),
      palette: pairColours(5, 5),
      pairs: { rows: { name: "xU", values: GROUPS }, columns: { name: "xL", values: GROUPS } },
    },
  },
  { side: 260, convention: "one-is-black" },
);

/** No label at all; pictures of 28 x 28 greys, as wide as they are high. */
const digits = [3, 40, 84, 120, 165].map((index) => ({
  index,
  image: filled([28, 28], (y, x) =>
    Math.exp(-((Math.hypot(y - 14, (x - 14) * (1 + (index % 3) / 2)) - 8) ** 2) / 4),
  ),
}));
const withoutLabel = latentMap({ panels: [{ title: "no label", points, examples: digits }] });

/** Several labels, one map each: numbers, few classes, and more classes than a legend holds. Pictures in colour, wide. */
const scenes = [20, 84, 150].map((index) => ({
  index,
  image: filled([24, 32, 3], (y, x, c) => [x / 31, y / 23, index / 169][c]),
}));
const severalLabels = latentMap({
  panels: [{ points, examples: scenes }],
  colours: [
    { kind: "quantity", name: "brightness", values: pairs.map(({ upper, lower }) => (upper + lower) / 24) },
    {
      kind: "class",
      name: "shape",
      values: pairs.map(({ upper }) => ["square", "ellipse", "heart"][upper % 3]),
    },
    {
      kind: "class",
      name: "person",
      values: pairs.map(({ upper, lower }) => `person ${Math.floor((13 * upper + lower) / 3)}`),
    },
  ],
});

/** A crowd of 1,500 dots in ten classes, with pictures of 64 x 64. */
const crowd = latentMap({
  panels: [
    {
      points: filled([1500, 2], (k, axis) => {
        const angle = 0.2 * Math.PI * (k % 10) + 0.6 * (scatter(3 * k) - 0.5);
        const radius = 1 + 0.8 * scatter(5 * k + 1);
        return radius * (axis === 0 ? Math.cos(angle) : Math.sin(angle));
      }),
      examples: Array.from({ length: 10 }, (_, index) => ({
        index,
        image: filled([64, 64], (y, x) => 0.5 + 0.5 * Math.sin((x * (index + 1)) / 10) * Math.cos(y / 9)),
      })),
    },
  ],
  colours: { kind: "class", name: "digit", values: Array.from({ length: 1500 }, (_, k) => k % 10) },
});

export const examples = { byQuantity, byClass, byManyClasses, byPairs, withoutLabel, severalLabels, crowd };
