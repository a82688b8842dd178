import { UserError } from "../errors.js";
import type { Animation, FigureSpec } from "../figures/figure.js";
import { type TraversalData, type TraversalOptions, traversal } from "../figures/traversal.js";
import { type TraversalAnimationOptions, traversalAnimation } from "../figures/traversal-animation.js";
import type { NumericArray } from "../numeric-array.js";
import type { Device } from "../onnx/devices.js";
import { decodeCodes } from "../training/decode.js";
import { imageSizeOf, type Runs, requireAlike, titlesOf } from "./runs.js";

/** Which values of which channels a latent traversal decodes. */
export interface Sweep {
  /** The channel goes from minus this to this, in units of the code. Default 4, as in the paper's code. */
  readonly range?: number;
  /** How many values it takes. Default 17 in a still picture, 50 in one that moves. */
  readonly frames?: number;
  /** Channels by name (`z1`, ...). Default: all. */
  readonly channels?: readonly string[];
}

const RANGE = 4;
const STILL_FRAMES = 17;
const MOVING_FRAMES = 50;

/**
 * What each latent channel of each run does to the image: a row for a channel.
 * @throws UserError when a channel is unknown, the sweep is empty, or the runs differ in dimensions or images.
 */
export async function drawTraversal(
  runs: Runs,
  device: Device,
  sweep: Sweep & TraversalOptions = {},
): Promise<FigureSpec> {
  return traversal(await traversalData(runs, device, { frames: STILL_FRAMES, ...sweep }), sweep);
}

/**
 * The same as a picture that moves: a panel for a channel, all sweeping at once.
 * @throws UserError as {@link drawTraversal} does.
 */
export async function animateTraversal(
  runs: Runs,
  device: Device,
  sweep: Sweep & TraversalAnimationOptions = {},
): Promise<Animation> {
  return traversalAnimation(await traversalData(runs, device, { frames: MOVING_FRAMES, ...sweep }), sweep);
}

async function traversalData(
  runs: Runs,
  device: Device,
  { range = RANGE, frames, channels }: Sweep & { readonly frames: number },
): Promise<TraversalData> {
  requireAlike(runs, "number of channels", ({ model }) => model.codeDimensions);
  requireAlike(runs, "image size", imageSizeOf);
  const values = sweepValues(range, frames);
  const [{ model, run }] = runs;
  const known = Array.from({ length: model.codeDimensions }, (_, d) => `z${d + 1}`);
  const chosen = channels ?? known;
  const codes = codesOf(
    chosen.map((name) => channelAt(name, known, run.name)),
    values,
    known.length,
  );
  const titles = titlesOf(runs);
  const panels = [];
  for (const [index, trained] of runs.entries()) {
    panels.push({ title: titles[index], images: await decodeCodes(trained, device, codes) });
  }
  return { panels, channelNames: chosen, values };
}

function sweepValues(range: number, frames: number): number[] {
  if (!(Number.isFinite(range) && range > 0 && Number.isInteger(frames) && frames >= 2)) {
    throw new UserError({
      where: "traversal",
      what: `a sweep from ${-range} to ${range} in ${frames} values does not move`,
      remedy: "Give a range above 0 and two or more values",
    });
  }
  return Array.from({ length: frames }, (_, k) => range * ((2 * k) / (frames - 1) - 1));
}

function channelAt(name: string, known: readonly string[], run: string): number {
  const found = known.indexOf(name);
  if (found >= 0) return found;
  throw new UserError({
    where: `channel ${name}`,
    what: `${run} has the channels ${known[0]} to ${known.at(-1)}`,
    remedy: `Name some of them, such as ${known.slice(0, 2).join(",")}`,
  });
}

/** For one channel after the other, a code for each value, all other channels 0: [channels * values, D]. */
function codesOf(
  channels: readonly number[],
  values: readonly number[],
  dimensions: number,
): NumericArray<Float32Array> {
  const count = channels.length * values.length;
  const data = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    const channel = channels[Math.floor(row / values.length)];
    data[row * dimensions + channel] = values[row % values.length];
  }
  return { shape: [count, dimensions], data };
}
