import { traversal } from "../../../src/figures/traversal.js";
import { traversalAnimation } from "../../../src/figures/traversal-animation.js";
import { filled } from "./constructed.js";

/** Three channels of a made-up code: the upper corridor, the lower one, and one that carries nothing. */
function constructed(values: readonly number[], reach: number) {
  return filled([3 * values.length, 13, 13], (k, row, column) => {
    const value = values[k % values.length];
    const channel = Math.floor(k / values.length);
    const centre = 6 + (channel === (row < 6 ? 0 : 1) ? reach * value : 0);
    return row === 6 ? 0 : 1 - Math.exp(-((column - centre) ** 2) / 2.88);
  });
}

const channelNames = ["z1", "z2", "z3"];
const whole = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
const halves = Array.from({ length: 17 }, (_, k) => -4 + k / 2);

const threeChannels = traversal(
  {
    panels: [{ title: "C = 10 nats", images: constructed(halves, 1.5) }],
    channelNames,
    values: halves,
  },
  { convention: "one-is-black" },
);

const twoModels = traversal(
  {
    panels: [
      { title: "C = 10 nats", images: constructed(whole, 1.5) },
      { title: "C = 0.3 nats", images: constructed(whole, 0.2) },
    ],
    channelNames,
    values: whole,
  },
  { convention: "one-is-black" },
);

/** What the tests of animations draw: nine frames of two models. */
export const moving = traversalAnimation(
  {
    panels: [
      { title: "C = 10 nats", images: constructed(whole, 1.5) },
      { title: "C = 0.3 nats", images: constructed(whole, 0.2) },
    ],
    channelNames,
    values: whole,
  },
  { convention: "one-is-black" },
);

const oneFrame = moving.frames[6];

export const examples = { threeChannels, twoModels, oneFrame };
