import type { Measures } from "../../model/trainable.js";

/** The numbers of a batch in a few words: error and rate where the model has them, its loss where not. */
export function shortMeasures({ loss, squaredErrorPerPixel, rateNats }: Measures): string {
  const shown = [
    ...(squaredErrorPerPixel === undefined ? [] : [`MSE ${squaredErrorPerPixel.toFixed(4)}`]),
    ...(rateNats === undefined ? [] : [`rate ${rateNats.toFixed(3)} nats`]),
  ];
  return shown.length > 0 ? shown.join(" | ") : `loss ${loss.toFixed(4)}`;
}
