import { animateTraversal, drawTraversal, type Runs } from "../../../run-figures/index.js";
import { list, number, text, type ValuesOf, whole } from "../../../settings/index.js";
import { conventionFor, figureCommand, oneSetting } from "./define.js";

/** A GIF counts in hundredths of a second, and browsers slow down what is shown for less than two. */
const MAX_FRAMES_PER_SECOND = 50;

const settings = {
  range: number({ about: "channels go from minus this to this", above: 0, default: 4 }),
  frames: whole({
    about: "number of values they take: pictures in a row, or frames where it moves",
    minimum: 1,
    defaultText: "17, or 50 where it moves",
  }),
  fps: number({
    about: "frames a second where it moves",
    above: 0,
    maximum: MAX_FRAMES_PER_SECOND,
    default: 5,
  }),
  channels: list(text({ about: "", placeholder: "name" }), {
    about: "channels, such as z1,z3",
    defaultText: "all",
  }),
  ...oneSetting,
};

const sweepOf = (runs: Runs, { range, frames, channels, one }: ValuesOf<typeof settings>) => ({
  range,
  convention: conventionFor(one ? { one } : {}, runs),
  ...(frames !== undefined && { frames }),
  ...(channels !== undefined && { channels }),
});

export default figureCommand({
  settings,
  examples: [
    "narrows figure traversal baseline-c10-s0 --out traversal.svg",
    "narrows figure traversal baseline-c10-s0 baseline-c0.3-s0 --channels z1,z2 --range 3 --out both.png",
    "narrows figure traversal baseline-c10-s0 --out traversal.gif",
    "narrows figure traversal baseline-c10-s0 --frames 100 --fps 20 --out traversal.apng",
  ],
  draw: (runs, device, options) => drawTraversal(runs, device, sweepOf(runs, options)),
  animate: (runs, device, options) =>
    animateTraversal(runs, device, { ...sweepOf(runs, options), framesPerSecond: options.fps }),
});
