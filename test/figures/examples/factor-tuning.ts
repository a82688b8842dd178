import { factorTuning } from "../../../src/figures/factor-tuning.js";
import { filled } from "./constructed.js";

/** Dimension 1 follows posX, 2 posY against posX, 3 scale, 4 orientation (a heart has no symmetry), 5 nothing. */
const fiveDimensions = factorTuning({
  variances: [0.3, 0.21, 0.12, 0.05, 0.0004],
  map: {
    rows: { name: "posY", values: Array.from({ length: 16 }, (_, k) => k) },
    columns: { name: "posX", values: Array.from({ length: 16 }, (_, k) => k) },
    means: filled([5, 16, 16], (d, y, x) =>
      d === 0 ? (x - 7.5) / 8 : d === 1 ? Math.sin((y - x) / 5) : d === 2 ? 0.1 : 0,
    ),
  },
  curves: [
    {
      axis: { name: "scale", values: [0.5, 0.6, 0.7, 0.8, 0.9, 1] },
      means: filled([5, 3, 6], (d, shape, scale) =>
        d === 2 ? (scale - 2.5) / 3 + 0.1 * shape : 0.05 * shape,
      ),
    },
    {
      axis: { name: "orientation (degrees)", values: Array.from({ length: 40 }, (_, k) => 9 * k) },
      means: filled([5, 3, 40], (d, shape, angle) =>
        d === 3 ? 0.6 * Math.cos((angle * [4, 2, 1][shape] * Math.PI) / 20) : 0,
      ),
    },
  ],
  classes: ["square", "ellipse", "heart"],
});

export const examples = { fiveDimensions };
