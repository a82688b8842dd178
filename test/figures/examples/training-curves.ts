import { trainingCurves } from "../../../src/figures/training-curves.js";
import { scatter } from "./constructed.js";

const run = (name: string, capacityNats: number, floor: number) => ({
  name,
  capacityNats,
  points: Array.from({ length: 300 }, (_, k) => {
    const step = 20 * (k + 1);
    const rise = Math.min(1, step / 2500);
    const noise = 0.004 * (scatter(k) - 0.5);
    const distortion = floor + (0.25 - floor) * Math.exp(-step / 700);
    const point = {
      step,
      split: "train" as const,
      distortion: distortion + noise,
      rateNats: capacityNats * rise * (1 + 30 * noise),
    };
    return step % 1000 === 0
      ? [point, { step, split: "validation" as const, distortion, rateNats: capacityNats * rise }]
      : [point];
  }).flat(),
});
const runs = [run("baseline C = 10", 10, 0.053), run("baseline C = 0.3", 0.3, 0.145)];

const twoRuns = trainingCurves({ runs }, { maxPoints: 150 });
const logarithmic = trainingCurves({ runs }, { log: true, maxPoints: 100 });
const oneStep = trainingCurves({
  runs: [{ name: "free", points: [{ step: 1, split: "validation", distortion: 0.2, rateNats: 3 }] }],
});

export const examples = { twoRuns, logarithmic, oneStep };
