import type { Measures } from "../../model/trainable.js";
import type { Evaluation } from "../../training/evaluate.js";
import type { LoopListener } from "../../training/loop.js";
import { formatDuration, signed } from "../format.js";
import { type DisplayOptions, openDisplay } from "./display.js";

/**
 * A listener that shows a training: its steps with the time left, and every evaluation with its target, rate and gap. Call `stop`
 * when the training has ended, however it did.
 * @param label is said before each line.
 */
export function trainingProgress({ label, ...options }: DisplayOptions & { readonly label: string }) {
  const display = openDisplay(options);
  const begun = performance.now();
  let firstStep: number | undefined;
  const listener: LoopListener = {
    onStep({ step }, { totalSteps, stepsPerEpoch }, measures) {
      firstStep ??= step - 1;
      const perStep = (performance.now() - begun) / (step - firstStep);
      const left = `${formatDuration((perStep * (totalSteps - step)) / 1000)} left`;
      const numbers = shortMeasures(measures);
      display.show("steps", {
        label,
        done: step,
        total: totalSteps,
        words: [`epoch ${Math.floor((step - 1) / stepsPerEpoch) + 1}`, ...numbers, left],
        line: `${label}: ${[`step ${step} of ${totalSteps}`, ...numbers, left].join(", ")}`,
      });
    },
    onEvaluation(evaluation, { step, epoch }) {
      display.say(`${label}: epoch ${epoch + 1}, step ${step}: ${evaluationLine(evaluation)}`);
    },
  };
  return { listener, stop: display.stop };
}

/** The numbers of a batch in a few words: error and rate where the model has them, otherwise its loss. */
export function shortMeasures({ loss, squaredErrorPerPixel, rateNats }: Measures): string[] {
  const shown = [
    ...(squaredErrorPerPixel === undefined ? [] : [`MSE ${squaredErrorPerPixel.toFixed(4)}`]),
    ...(rateNats === undefined ? [] : [`rate ${rateNats.toFixed(3)} nats`]),
  ];
  return shown.length > 0 ? shown : [`loss ${loss.toFixed(4)}`];
}

/** An evaluation in one line: distortion, rate, target, gap and -ELBO where the model has them, otherwise its loss; F1 of the heads. */
export function evaluationLine(evaluation: Evaluation): string {
  const { squaredErrorPerPixel, rateNats, rateBits, loss, tasks } = evaluation;
  const { negativeElboNats } = evaluation;
  const aim = aimWords(evaluation);
  const answered = Object.entries(tasks).map(([head, { f1 }]) => `, ${head} F1 ${f1.toFixed(3)}`);
  const rate =
    rateNats === undefined ? "" : `, rate ${rateNats.toFixed(3)} nats (${rateBits?.toFixed(3)} bits)${aim}`;
  const judged =
    squaredErrorPerPixel === undefined
      ? `loss ${loss.toFixed(5)}`
      : `MSE per pixel ${squaredErrorPerPixel.toFixed(5)}`;
  const elbo = negativeElboNats === undefined ? "" : `, -ELBO ${negativeElboNats.toFixed(3)} nats`;
  return `validation ${judged}${rate}${elbo}${answered.join("")}`;
}

/** The configured target and the gap to it; while the target still rises, how far it has come. */
function aimWords({ targetRateNats, capacityNats, capacityGapNats }: Evaluation): string {
  if (targetRateNats === undefined || capacityNats === undefined) return "";
  const risen = targetRateNats < capacityNats ? ` (so far ${targetRateNats.toFixed(3)})` : "";
  return `, target C ${capacityNats}${risen}, gap ${signed(capacityGapNats)} nats`;
}
