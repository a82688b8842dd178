import { tuningCurves } from "../../../src/figures/tuning-curves.js";
import { filled } from "./constructed.js";

const bump = (row: number, column: number, width: number) => Math.exp(-(row * row + column * column) / width);

const fiveChannels = tuningCurves({
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

export const examples = { fiveChannels };
