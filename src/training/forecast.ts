import { isAutoencoder } from "../model/kinds.js";
import type { Experiment } from "./experiment.js";
import { lengthOf, type PlannedLength, settingsForSteps, unreachedSteps } from "./length.js";
import { progressOf, type TrainingPlan } from "./schedule.js";
import { toleranceNats } from "./verdict.js";

/** What can be known of a training before it begins. */
export interface TrainingForecast {
  /** The target and what a nat costs, in one line; undefined for a model without a rate. */
  readonly aim: string | undefined;
  /** What will not be reached, each with the setting to change and its value. */
  readonly warnings: readonly string[];
}

/** What an experiment's settings mean for its length and its rate on its data (rules S13, O7 and L10). */
export function predictTraining(experiment: Experiment): TrainingForecast {
  const plan = lengthOf(experiment);
  const unreached = unreachedSteps(plan);
  const { aim, warnings } = predictRate(experiment, plan);
  return { aim, warnings: unreached === undefined ? warnings : [unreached, ...warnings] };
}

function predictRate({ model, configuration, split }: Experiment, plan: PlannedLength): TrainingForecast {
  if (!isAutoencoder(model)) return { aim: undefined, warnings: [] };
  const images = { train: split.train.count, validation: split.validation.count };
  const price = model.objective.pricePerNat(model.objectiveView);
  const { distortionUnit } = model.likelihood;
  const capacityNats = model.finalTargetRateNats;
  if (capacityNats === undefined) {
    const critical = model.objectiveView.criticalPricePerNat;
    const { key } = model.objective.settingForPrice(price);
    const { value } = model.objective.settingForPrice(critical / 2);
    const costs = `a nat costs ${digits(price)} (${distortionUnit}), and`;
    const sum = distortionUnit.endsWith("per pixel") ? " or --set likelihood.pixels=sum" : "";
    const dead = `the code will be dead: ${costs} no nat saves more than about ${digits(critical)}; give --set ${short(key)}=${digits(value)}${sum}`;
    return {
      aim: `no target: ${costs} the first one saves about ${digits(critical)}`,
      warnings: price < critical ? [] : [dead],
    };
  }
  const evaluations = plannedEvaluations(configuration.training, plan, images.validation);
  const targetAt = (step: number) => {
    const reached = { step, evaluations: Math.round((evaluations * step) / plan.totalSteps) };
    return model.targetRateNats(progressOf(reached, plan)) ?? 0;
  };
  const last = targetAt(plan.totalSteps - 1);
  const { key, value } = model.objective.settingForPrice(price);
  return {
    aim:
      `target C = ${capacityNats} nats${reachedAt(targetAt, capacityNats, plan)}; ` +
      `${short(key)} ${digits(value)}, a nat off costs ${digits(price)} (${distortionUnit})`,
    warnings: [
      last < capacityNats - toleranceNats(capacityNats) &&
        `C rises to ${last.toFixed(3)} of ${capacityNats} nats in the ${plan.totalSteps} steps planned; give --set objective.schedule.warmup=40%, or more steps: ${settingsForSteps(stepsFor(capacityNats, last, plan), plan)}`,
      capacityNats > Math.log(images.train) &&
        `C = ${capacityNats} nats is more than is needed to distinguish ${images.train} training images, ln ${images.train} = ${Math.log(images.train).toFixed(2)}; give more images, or --set objective.capacity=${Math.floor(10 * Math.log(images.train)) / 10} at most`,
    ].filter((warning) => warning !== false),
  };
}

/** Evaluation batches of a whole training. */
function plannedEvaluations(
  { evaluateEverySteps, metricBatchSize }: Experiment["configuration"]["training"],
  { stepsPerEpoch, totalSteps }: TrainingPlan,
  validationImages: number,
): number {
  const evaluations = Math.floor(totalSteps / (evaluateEverySteps ?? stepsPerEpoch));
  return evaluations * Math.ceil(validationImages / metricBatchSize);
}

function reachedAt(
  targetAt: (step: number) => number,
  capacityNats: number,
  { totalSteps }: TrainingPlan,
): string {
  let [low, high] = [0, totalSteps];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (targetAt(middle) >= capacityNats) high = middle;
    else low = middle + 1;
  }
  return low < totalSteps ? `, from step ${low + 1} of ${totalSteps} on` : "";
}

/** Steps in which C would reach its target, plus a quarter. */
function stepsFor(capacityNats: number, reached: number, { totalSteps }: TrainingPlan): number {
  return (1.25 * totalSteps * capacityNats) / Math.max(reached, capacityNats / 1000);
}

/** As the command line takes it. */
function short(key: string): string {
  return key.replace(/^model\./, "");
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
