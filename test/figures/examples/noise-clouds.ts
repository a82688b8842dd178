import { noiseClouds } from "../../../src/figures/noise-clouds.js";
import type { NumericArray } from "../../../src/numeric-array.js";
import { filled, scatter } from "./constructed.js";

const COUNT = 400;
const SCALE = 0.5;

/** Numbers that look normal and are always the same (Box and Muller). */
const normal = (k: number) =>
  Math.sqrt(-2 * Math.log(1 - scatter(2 * k))) * Math.cos(2 * Math.PI * scatter(2 * k + 1));

/** Three arms of a pinwheel. */
const source = filled([COUNT, 2], (k, axis) => {
  const radius = 0.25 + 0.75 * scatter(3 * k);
  const angle = ((k % 3) * 2 * Math.PI) / 3 + radius + 0.12 * normal(k);
  return radius * (axis === 0 ? Math.cos(angle) : Math.sin(angle));
});

const throughChannel = (noise: NumericArray) =>
  filled([COUNT, 2], (k, axis) => source.data[2 * k + axis] + SCALE * noise.data[2 * k + axis]);

const gaussianNoise = filled([COUNT, 2], (k, axis) => normal(5000 + 2 * k + axis));
const echoNoise = filled([COUNT, 2], (k, axis) => {
  let sum = 0;
  for (let l = 0; l < 20; l++) {
    const other = Math.floor(scatter(17 * k + 131 * l + 9) * COUNT);
    sum += SCALE ** l * source.data[2 * other + axis];
  }
  return sum;
});

const pinwheel = noiseClouds(
  {
    source,
    channels: [
      { name: "gaussian", noise: gaussianNoise, output: throughChannel(gaussianNoise) },
      { name: "Echo", noise: echoNoise, output: throughChannel(echoNoise) },
    ],
  },
  { maxPoints: 300 },
);

export const examples = { pinwheel };
