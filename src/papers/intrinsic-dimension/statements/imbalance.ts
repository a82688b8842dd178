/** (iii) and (iv): what layers tell of the input and of each other (Figures 1 centre and right, A2 and A4). */

import { relativeImbalance } from "../../../geometry/index.js";
import { withPublished } from "../../../reproduction/statements/numbers.js";
import { mean } from "../../../statistics.js";
import type { DataName } from "../networks.js";
import { placeOf } from "../networks.js";
import { publishedImbalance, publishedSteps } from "../published.js";
import { onDataset, published, type StatementOf } from "./statement.js";
import type { DimensionView } from "./view.js";

const codeTurns: StatementOf = (data) => ({
  id: `code-imbalance-turns-${data}`,
  statement: `${onDataset(data)} the code tells the more of the input the larger it is, up to some K, and the less from there on.`,
  rule: "At the last epoch Δ(l5→l0) falls from each K to the next down to its least, which is not that of the least or the greatest K, and rises from each K to the next after it. Asked of three K or more, on both sides of the images' dimension.",
  check: (view) => {
    const all = view.bottlenecks;
    view.below(1);
    view.above(1);
    if (all.length < 3) view.missing.add("networks of three K or more");
    const values = all.map((bottleneck) => view.toInput(bottleneck, "l5"));
    const turn = values.indexOf(Math.min(...values));
    return {
      holds:
        turn > 0 &&
        turn < values.length - 1 &&
        values.every((value, k) => k === 0 || (k <= turn ? value < values[k - 1]! : value > values[k - 1]!)),
      numbers: all.map((bottleneck, k) =>
        withPublished(
          `Δ(l5→l0) at K = ${bottleneck}`,
          values[k]!,
          publishedImbalance(published(data, bottleneck), "l5")?.value,
        ),
      ),
    };
  },
});

const outputSaturates: StatementOf = (data) => ({
  id: `output-imbalance-saturates-${data}`,
  statement: `${onDataset(data)} the reconstruction tells more and more of the input as K grows, until K passes the images' dimension, and then no more.`,
  rule: "At the last epoch, at every K above the images' dimension Δ(l10→l0) is less than half of what it is at the least K, and among these K the greatest and the least differ by no more than a quarter of the fall from the least K to their mean.",
  check: (view) => {
    view.below(1);
    const [first = Number.NaN] = view.bottlenecks;
    const start = view.toInput(first, "l10");
    const large = view.above(1);
    const values = large.map((bottleneck) => view.toInput(bottleneck, "l10"));
    const reach = Math.max(...values) - Math.min(...values);
    const fall = start - mean(values);
    return {
      holds: values.every((value) => value < start / 2) && reach <= fall / 4,
      numbers: [first, ...large].map((bottleneck) =>
        withPublished(
          `Δ(l10→l0) at K = ${bottleneck}`,
          view.toInput(bottleneck, "l10"),
          publishedImbalance(published(data, bottleneck), "l10")?.value,
        ),
      ),
    };
  },
});

/** The decoder's steps but for the last, into the image itself. */
const [FIRST_STEP, LAST_STEP] = [placeOf("l5"), placeOf("l8")];
const NEUTRAL = 0.1;
const STEPS = "of the four steps from l5 to l9";

/** Mean of the published relative imbalances from one step to another. */
function publishedRelative(data: DataName, bottleneck: number, first: number, last: number) {
  const steps = publishedSteps(published(data, bottleneck));
  if (!steps) return undefined;
  const all = steps.forward.map((there, k) => relativeImbalance(there, steps.backward[k]!));
  return mean(all.slice(first, last + 1));
}

function relativeNumbers(view: DimensionView, data: DataName, bottlenecks: readonly number[]) {
  const number = (what: string, bottleneck: number, first: number, last: number) =>
    withPublished(
      `${what} at K = ${bottleneck}`,
      view.relative(bottleneck, first, last),
      publishedRelative(data, bottleneck, first, last),
    );
  return bottlenecks.flatMap((bottleneck) => [
    number("mean r", bottleneck, FIRST_STEP, LAST_STEP),
    number("r from l9 to l10", bottleneck, LAST_STEP + 1, LAST_STEP + 1),
  ]);
}

const decoderNeutral: StatementOf = (data) => ({
  id: `decoder-neutral-${data}`,
  statement: `${onDataset(data)} the decoder neither adds nor loses what its layers tell of each other where the code is small.`,
  rule: `At the last epoch, at every K below a quarter of the images' dimension, the mean relative imbalance r (rule J3) ${STEPS} lies between -${NEUTRAL} and ${NEUTRAL}.`,
  check: (view) => {
    const small = view.below(0.25);
    return {
      holds: small.every(
        (bottleneck) => Math.abs(view.relative(bottleneck, FIRST_STEP, LAST_STEP)) <= NEUTRAL,
      ),
      numbers: relativeNumbers(view, data, small),
    };
  },
});

const decoderExpands: StatementOf = (data) => ({
  id: `decoder-expands-${data}`,
  statement: `${onDataset(data)} the decoder expands where the code is large: each of its layers tells more of the one before than that one of it.`,
  rule: `At the last epoch, at every K above twice the images' dimension, the mean relative imbalance r (rule J3) ${STEPS} is above ${NEUTRAL}. The step into l10 is told apart: the published one compresses.`,
  check: (view) => {
    const large = view.above(2);
    return {
      holds: large.every((bottleneck) => view.relative(bottleneck, FIRST_STEP, LAST_STEP) > NEUTRAL),
      numbers: relativeNumbers(view, data, large),
    };
  },
});

export const IMBALANCE_STATEMENTS: readonly StatementOf[] = [
  codeTurns,
  outputSaturates,
  decoderNeutral,
  decoderExpands,
];
