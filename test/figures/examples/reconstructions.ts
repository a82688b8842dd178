import { reconstructions } from "../../../src/figures/reconstructions.js";
import { corridorImage, filled } from "./constructed.js";

const corridors = [0, 1, 2, 3, 4, 5, 6, 7].map((k) => corridorImage((5 * k) % 13, (3 * k + 4) % 13));

const rows = [
  { title: "input", images: filled([8, 13, 13], (k, row, column) => corridors[k].data[row * 13 + column]) },
  {
    title: "C = 10 nats",
    images: filled([8, 13, 13], (k, row, column) => {
      const centre = row < 6 ? (5 * k) % 13 : (3 * k + 4) % 13;
      return row === 6 ? 0 : 1 - Math.exp(-((column - centre) ** 2) / 2.88);
    }),
  },
  { title: "C = 0.3 nats", images: filled([8, 13, 13], (_k, row) => (row === 6 ? 0 : 0.8)) },
];

const threeRows = reconstructions({ rows }, { convention: "one-is-black" });

export const examples = { threeRows };
