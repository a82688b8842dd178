/** What a trial of the ways to compute comes to: numbers in, a choice out. */
import type { Experiment } from "../../../src/lab/experiment.js";
import { interpolated, sum } from "../../../src/statistics.js";
import { WAY_NAMES, type Way, type WayName } from "./ways.js";

/** Steps of a trial that open the programs and warm them, and those that are timed. */
export const WARM_STEPS = 2;
export const TIMED_STEPS = 6;
/** By how much of their size losses may differ from those of the page's own code: rounding is far below. */
export const TOLERANCE = 1e-3;
/** A way is taken in place of the page's own code where it is so many times as fast: a gain that one notices. */
const MIN_GAIN = 1.2;
/** A way that has taken so many times as long as the page's own code is not waited for. */
const HOPELESS = 2;

/** The same steps on one way: the loss of each, and the milliseconds of each that was timed. */
export interface Timed {
  readonly way: WayName;
  readonly losses: readonly number[];
  readonly milliseconds: readonly number[];
}

/** What was seen of a way. */
export interface Seen {
  readonly way: WayName;
  /** Undefined where it could not compute. */
  readonly stepsPerSecond: number | undefined;
  /** Why it is not used, in one sentence; undefined where it may be. */
  readonly problem: string | undefined;
}

/** A choice that was measured, and of what: with another key it is measured again. */
export interface Measured {
  readonly key: string;
  readonly way: WayName;
  readonly seen: readonly Seen[];
}

/** What a choice holds for: the versions, the network, and the ways there were. */
export function measuredKey(
  versions: { readonly narrows: string; readonly onnxruntime: string },
  network: Experiment["network"],
  ways: readonly Way[],
): string {
  const candidates = ways.filter(({ isCandidate }) => isCandidate);
  const names = candidates.map(({ name, threads }) => `${name} ${threads}`);
  return [versions.narrows, versions.onnxruntime, network, ...names].join(", ");
}

/** Whether a way is so slow that its trial ends. @param spent Milliseconds of each of its timed steps so far. */
export function isHopeless(spent: readonly number[], own: Timed): boolean {
  return sum(spent) > HOPELESS * sum(own.milliseconds);
}

/** The largest difference of losses of the same steps, relative to their size; infinite where one is not finite. */
export function lossesApart(losses: readonly number[], reference: readonly number[]): number {
  const differences = losses.map(
    (loss, step) => Math.abs(loss - reference[step]!) / Math.abs(reference[step]!),
  );
  return differences.every(Number.isFinite) ? Math.max(0, ...differences) : Number.POSITIVE_INFINITY;
}

/**
 * The fastest way of those whose losses are those of the page's own code, which is kept where nothing is faster by a gain that one notices.
 * @param failed Ways that could not make the steps, with the reason in a sentence.
 */
export function judged(
  own: Timed,
  others: readonly Timed[],
  failed: ReadonlyMap<WayName, string> = new Map(),
): Omit<Measured, "key"> {
  const seen = [own, ...others].map(
    ({ way, losses, milliseconds }): Seen => ({
      way,
      stepsPerSecond: 1000 / median(milliseconds),
      problem: unsound(lossesApart(losses, own.losses)),
    }),
  );
  const [ownSpeed, ...rest] = seen.map(({ stepsPerSecond }) => stepsPerSecond!);
  let [way, best]: [WayName, number] = ["own", MIN_GAIN * ownSpeed!];
  rest.forEach((speed, place) => {
    const { way: other, problem } = seen[place + 1]!;
    if (problem === undefined && speed >= best) [way, best] = [other, speed];
  });
  const without = [...failed].map(
    ([name, problem]): Seen => ({ way: name, stepsPerSecond: undefined, problem }),
  );
  const inOrder = [...seen, ...without].sort((a, b) => WAY_NAMES.indexOf(a.way) - WAY_NAMES.indexOf(b.way));
  return { way, seen: inOrder };
}

function unsound(apart: number): string | undefined {
  if (apart <= TOLERANCE) return undefined;
  const size = Number.isFinite(apart)
    ? `apart by ${(100 * apart).toPrecision(2)} % of their size`
    : "not finite";
  return `It is not used here: its losses are not those of this page's own code (${size}).`;
}

const median = (values: readonly number[]): number =>
  interpolated(Float64Array.from(values).sort(), (values.length - 1) / 2);
