import { tuningCurves } from "../../../src/figures/tuning-curves.js";
import { filled, scatter } from "./constructed.js";

const bump = (row: number, column: number, width: number) => Math.exp(-(row * row + column * column) / width);

const columns = Array.from({ length: 13 }, (_, k) => k);
const fiveChannels = tuningCurves({
  axes: [
    { name: "xU", values: columns },
    { name: "xL", values: columns },
  ],
  panels: [
    {
      title: "C = 10 nats",
      curves: filled([5, 13, 13], (channel, row, column) => bump(row - 3 * channel, column - 6, 30)),
    },
    {
      title: "C = 0.3 nats",
      curves: filled([5, 13, 13], (channel, row, column) =>
        channel === 4 && row > 9 ? Number.NaN : channel === 0 ? (row + column) / 24 : 0.5,
      ),
    },
  ],
});

/** One numeric label, ten channels in two rows, two models on each plane. */
const angles = Array.from({ length: 24 }, (_, k) => 15 * k);
const numericLabel = tuningCurves(
  {
    axes: [{ name: "orientation (degrees)", values: angles }],
    panels: [1, 0.2].map((gain) => ({
      title: `gain ${gain}`,
      curves: filled(
        [10, 24],
        (channel, k) => 0.5 + 0.4 * gain * Math.cos((angles[k] * Math.PI) / 180 - channel),
      ),
    })),
  },
  { columns: 5 },
);

/** One categorical label with names of some length, one of which no sample has. */
const categories = tuningCurves({
  axes: [{ name: "class", values: ["T-shirt/top", "trouser", "pullover", "dress", "ankle boot"] }],
  panels: [
    {
      title: "C = 10 nats",
      curves: filled([4, 5], (channel, k) => (k === 3 ? Number.NaN : scatter(5 * channel + k))),
    },
  ],
});

/** No labels: each channel over the bins of the first two principal axes. */
const bins = Array.from({ length: 9 }, (_, k) => (k - 4) * 0.513);
const principalAxes = tuningCurves(
  {
    axes: [
      { name: "principal axis 2", values: bins },
      { name: "principal axis 1", values: bins },
    ],
    panels: [
      {
        title: "run",
        curves: filled([3, 9, 9], (channel, y, x) =>
          (x - 4) ** 2 + (y - 4) ** 2 > 18 ? Number.NaN : bump(y - 2 * channel, x - 4, 12),
        ),
      },
    ],
  },
  { quantity: "mean code (share of range)" },
);

export const examples = { fiveChannels, numericLabel, categories, principalAxes };
