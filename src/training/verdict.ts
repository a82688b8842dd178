import { valueAt } from "../configuration/schema-walk.js";
import type { WorkedOutName } from "../model/metrics.js";
import { USED_RATE_NATS } from "../model/used-rate.js";
import { type PlannedLength, settingsForSteps } from "./length.js";

/** A rate under this says nothing of an image: the code is dead (rule R7). */
const DEAD_RATE_NATS = 0.05;

/** What an evaluation knows of the rate and its target; null in a metrics file where a number was not finite. */
export type RateFigures = {
  readonly [Name in "rateNats" | "distortion" | WorkedOutName]?: number | null | undefined;
};

/** What of a configuration decides the rate. */
export interface RateSettings {
  /** As a manifest holds it. */
  readonly model?: unknown;
  /** How long it was trained, where that is known. */
  readonly length?: PlannedLength | undefined;
  /** Price of a nat at which no nat pays (rule L10), where it is known. */
  readonly criticalPrice?: number | undefined;
}

/** What is to be said of a rate in the end. */
export interface Verdict {
  /** The rate with the target of the configuration; undefined where there is none. */
  readonly aim: string | undefined;
  /** What is not as it was meant, each with what to change and to which value. */
  readonly warnings: readonly string[];
}

/** How far a rate may be from its target without a warning, in nats (rule O4). */
export function toleranceNats(capacityNats: number): number {
  return Math.max(0.05, 0.05 * capacityNats);
}

/** The verdict on a training's last evaluation (rules O4 and R7). */
export function rateVerdict(figures: RateFigures, settings: RateSettings): Verdict {
  const { rateNats, capacityNats } = figures;
  if (typeof rateNats !== "number") return { aim: undefined, warnings: [] };
  return {
    aim:
      typeof capacityNats === "number"
        ? `reached ${rateNats.toFixed(3)} of C = ${capacityNats} nats (gap ${signed(rateNats - capacityNats)})`
        : undefined,
    warnings: warningsOf(figures, settings, rateNats),
  };
}

/** What makes all else meaningless stands alone: a code that says nothing has no rate to correct, and no dimension to spare. */
function warningsOf(figures: RateFigures, settings: RateSettings, rateNats: number): readonly string[] {
  const { capacityNats } = figures;
  if (rateNats < Math.min(DEAD_RATE_NATS, (capacityNats ?? 1) / 2)) {
    return [deadCode(figures, settings, rateNats)];
  }
  const empty = emptyCode(figures, settings, rateNats);
  if (empty.length > 0) return empty;
  const off =
    typeof capacityNats === "number" ? offTarget(figures, settings, rateNats, capacityNats) : undefined;
  // Dimensions may come into use while the rate still rises.
  const isRising = off !== undefined && rateNats < (capacityNats ?? 0);
  return [...(off === undefined ? [] : [off]), ...(isRising ? [] : unusedDimensions(figures, settings))];
}

function offTarget(
  figures: RateFigures,
  settings: RateSettings,
  rateNats: number,
  capacityNats: number,
): string | undefined {
  const gap = rateNats - capacityNats;
  if (Math.abs(gap) <= toleranceNats(capacityNats)) return undefined;
  const found = `the rate is ${rateNats.toFixed(3)} nats, ${Math.abs(gap).toFixed(3)} ${gap > 0 ? "above" : "below"} C = ${capacityNats}`;
  return `${found}: ${gap > 0 ? tooHigh(figures, settings, gap) : tooLow(figures, settings, rateNats, capacityNats)}`;
}

/** Distortion falls as e^(-2 rate / dimensions), so that a nat at C pays e^(2 gap / dimensions) times what it pays here (rule O8). */
function tooHigh(
  { pricePerNat, dimensionsInUse }: RateFigures,
  { model }: RateSettings,
  gap: number,
): string {
  const dimensions = Math.max(1, dimensionsInUse ?? numberAt(model, "channel", "dimensions") ?? 1);
  if (typeof pricePerNat !== "number" || pricePerNat <= 0) return "raise model.objective.gamma";
  const price = pricePerNat * Math.exp(Math.min(7, (2 * gap) / dimensions)) * SAFETY;
  const gamma = settingFor(price, model);
  return `a nat costs too little to come down; train again with --set objective.gamma=${rounded(gamma)}`;
}

/** On top of what brings the rate to C. */
const SAFETY = 1.2;

function tooLow(
  figures: RateFigures,
  settings: RateSettings,
  rateNats: number,
  capacityNats: number,
): string {
  const advice = longerOrSooner(figures, settings, capacityNats);
  if (!hasRisen(figures, capacityNats)) return advice;
  return `${advice}; if it no longer rises, these images need no more: --set objective.capacity=${rounded(rateNats)}`;
}

/** Whether the target itself was where it is meant to be in the end. */
function hasRisen({ targetRateNats }: RateFigures, capacityNats: number): boolean {
  return typeof targetRateNats !== "number" || targetRateNats >= capacityNats - toleranceNats(capacityNats);
}

/** How a rate comes up to its target: by a target that rises sooner, or by more steps. */
function longerOrSooner(figures: RateFigures, { length }: RateSettings, capacityNats: number): string {
  const { targetRateNats } = figures;
  if (typeof targetRateNats === "number" && !hasRisen(figures, capacityNats)) {
    const times = capacityNats / Math.max(targetRateNats, capacityNats / 100);
    const longer =
      length === undefined ? "" : ` or ${settingsForSteps(length.totalSteps * times * 1.25, length)}`;
    return `C itself had risen to ${targetRateNats.toFixed(3)} nats only; train again with --set objective.schedule.warmup=40%${longer}`;
  }
  const longer = length === undefined ? "more steps" : settingsForSteps(2 * length.totalSteps, length);
  return `resume with ${longer}`;
}

function deadCode(figures: RateFigures, settings: RateSettings, rateNats: number): string {
  const { model, criticalPrice } = settings;
  const { capacityNats } = figures;
  const found = `the code is dead: ${rateNats.toFixed(3)} nats, under ${DEAD_RATE_NATS}, carry no information about an image`;
  if (typeof capacityNats === "number") {
    const isOff = capacityNats - rateNats > toleranceNats(capacityNats);
    return isOff ? `${found}; ${longerOrSooner(figures, settings, capacityNats)}` : found;
  }
  if (typeof figures.pricePerNat !== "number") return found;
  const price =
    criticalPrice === undefined ? figures.pricePerNat / 10 : Math.min(criticalPrice, figures.pricePerNat) / 2;
  const beta = settingFor(price, model);
  return `${found}; a nat costs more than it saves: train again with --set objective.beta=${rounded(beta)}`;
}

/** Above this share of the distortion without a code, a code has nothing that the decoder makes use of (rule R7). */
const EMPTY_SHARE = 0.97;
/** A rate that is still on its way to the target says nothing of a code yet. */
const REACHED_SHARE = 0.8;

/**
 * A code may have the rate that is asked for and be the same for all images: a mean away from 0 costs rate as well. That happens
 * where a nat off the target weighs much more than what it could save, so that the rate reaches the target before the decoder can use it.
 */
function emptyCode(
  { capacityNats, distortion, distortionWithoutCode, pricePerNat }: RateFigures,
  { model, length }: RateSettings,
  rateNats: number,
): string[] {
  if (typeof capacityNats !== "number" || rateNats < REACHED_SHARE * capacityNats) return [];
  if (typeof distortion !== "number" || typeof distortionWithoutCode !== "number") return [];
  if (distortion <= EMPTY_SHARE * distortionWithoutCode) return [];
  const gamma = typeof pricePerNat === "number" ? settingFor(pricePerNat / 3, model) : undefined;
  return [
    `the code is empty: at ${rateNats.toFixed(3)} nats the distortion is ${rounded(distortion)}, and reconstructing every image as the mean image gives ${rounded(distortionWithoutCode)}; train again ${gamma ? `with --set objective.gamma=${rounded(gamma)}, or ` : ""}for longer${length ? `: ${settingsForSteps(2 * length.totalSteps, length)}` : ""}`,
  ];
}

function unusedDimensions({ dimensionsInUse }: RateFigures, { model }: RateSettings): string[] {
  const dimensions = numberAt(model, "channel", "dimensions");
  if (dimensions === undefined || typeof dimensionsInUse !== "number" || dimensionsInUse >= dimensions)
    return [];
  const unused = dimensions - dimensionsInUse;
  return [
    `${unused} of ${dimensions} dimensions of the code ${unused === 1 ? "sends" : "send"} less than ${USED_RATE_NATS} nats: --set channel.dimensions=${Math.max(1, dimensionsInUse)} would do`,
  ];
}

/** The gamma or beta with this price of a nat. */
function settingFor(pricePerNat: number, model: unknown): number {
  return pricePerNat / (numberAt(model, "objective", "rateWeight") ?? 1);
}

function numberAt(root: unknown, ...path: readonly string[]): number | undefined {
  const found = valueAt(root, path);
  return typeof found === "number" ? found : undefined;
}

function signed(value: number): string {
  return `${value >= 0 ? "+" : ""}${value.toFixed(3)}`;
}

/** Two digits are as much as such a value is worth. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(2)));
}
