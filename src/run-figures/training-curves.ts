import type { FigureSpec } from "../figures/figure.js";
import { trainingCurves } from "../figures/training-curves.js";
import { soundRunMetrics } from "../runs/newest.js";
import type { Runs } from "./runs.js";

/**
 * Squared error per pixel and rate (nats per image) of every run over its training steps, as its metrics file
 * has them.
 * @throws UserError when a run has no such metrics, or they cannot be read.
 */
export function drawTrainingCurves(runs: Runs): FigureSpec {
  return trainingCurves({
    runs: runs.map(({ run, model }) => {
      const capacityNats = model.objective.finalTargetRateNats;
      return {
        name: run.name,
        ...(capacityNats === undefined ? {} : { capacityNats }),
        points: soundRunMetrics(run).flatMap(({ step, split, squaredErrorPerPixel, rateNats }) =>
          (split === "train" || split === "validation") &&
          typeof squaredErrorPerPixel === "number" &&
          typeof rateNats === "number"
            ? [{ step, split, distortion: squaredErrorPerPixel, rateNats }]
            : [],
        ),
      };
    }),
  });
}
