import { latentMap } from "../../../src/figures/latent-map.js";
import { bentSheet, corridorImage, filled } from "./constructed.js";

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
  { title: "Latent map", side: 320 },
);

const byClass = latentMap({
  panels: [{ points, examples: pictured }],
  colours: {
    kind: "class",
    name: "class",
    values: pairs.map((pair) => (pair.lower <= 6 ? "xL ≤ 6" : "xL > 6")),
  },
});

const group = (position: number) => Math.min(4, Math.floor((position + 1) / 3));

const byManyClasses = latentMap({
  panels: [{ points }],
  colours: {
    kind: "class",
    name: "task0",
    values: pairs.map(({ upper, lower }) => 5 * group(upper) + group(lower)),
  },
});

export const examples = { byQuantity, byClass, byManyClasses };
