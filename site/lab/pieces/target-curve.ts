/** The target rate over the steps of a training (rules S1, S2 and S12), as the objective itself computes it. */
import { targetRateNats } from "../../../src/model/objectives/capacity-schedule.js";

export interface TargetSettings {
  readonly capacityNats: number;
  /** Share of the steps until the target is the capacity, in percent. */
  readonly warmupPercent: number;
  /** Steps during which the rising target is divided by four. */
  readonly quarteredUntil: number;
  readonly steps: number;
}

/** The target in nats of every step, counted from 0. */
export function targetsOf({
  capacityNats,
  warmupPercent,
  quarteredUntil,
  steps,
}: TargetSettings): readonly { readonly step: number; readonly nats: number }[] {
  const schedule = {
    unit: "step",
    warmup: `${warmupPercent}%`,
    quarteredUntil,
    countEvaluations: false,
  } as const;
  return Array.from({ length: steps }, (_, step) => {
    const progress = { step, epoch: 0, evaluations: 0, totalSteps: steps, totalEpochs: 1 };
    return { step, nats: targetRateNats(capacityNats, schedule, progress) };
  });
}
