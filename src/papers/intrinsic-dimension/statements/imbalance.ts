/**
 * (iii) and (iv): what layers predict of the input and of each other (Figures 1 centre and right, A2 and A4).
 */
import type { CheckedStatement, ClaimNumber } from "../../../reproduction/statements/claim.js";
import { mean } from "../../../statistics.js";
import { type LayerName, placeOf } from "../networks.js";
import type { DimensionView } from "./view.js";

function toInput(view: DimensionView, bottleneck: number, layer: LayerName): ClaimNumber {
  return view.compared(`Δ(${layer}→l0) at K = ${bottleneck}`, (one) => one.toInput(bottleneck, layer));
}

/** The decoder's steps but for the last, into the image itself. */
const [FIRST_STEP, LAST_STEP] = [placeOf("l5"), placeOf("l8")];
const NEUTRAL = 0.1;
const STEPS = "of the four steps from l5 to l9";

function relativeNumbers(view: DimensionView, bottlenecks: readonly number[]): ClaimNumber[] {
  const number = (what: string, bottleneck: number, first: number, last: number) =>
    view.compared(`${what} at K = ${bottleneck}`, (one) => one.relative(bottleneck, first, last));
  return bottlenecks.flatMap((bottleneck) => [
    number("mean r", bottleneck, FIRST_STEP, LAST_STEP),
    number("r from l9 to l10", bottleneck, LAST_STEP + 1, LAST_STEP + 1),
  ]);
}

export const IMBALANCE_STATEMENTS: readonly CheckedStatement<DimensionView>[] = [
  {
    id: "code-imbalance-turns",
    statement:
      "the code predicts the input the better the larger it is, up to some K, and the worse from there on.",
    rule: "At the last epoch Δ(l5→l0) falls from each K to the next down to its minimum, which is not at the first or the last K, and rises from each K to the next after it. Asked of three K or more, on both sides of the images' dimension.",
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
          values.every(
            (value, k) => k === 0 || (k <= turn ? value < values[k - 1]! : value > values[k - 1]!),
          ),
        numbers: all.map((bottleneck) => toInput(view, bottleneck, "l5")),
      };
    },
  },
  {
    id: "output-imbalance-saturates",
    statement:
      "the reconstruction predicts the input better and better as K grows, until K passes the images' dimension, and then no more.",
    rule: "At the last epoch, at every K above the images' dimension Δ(l10→l0) is less than half of what it is at the minimum K, and among these K the maximum and the minimum differ by no more than a quarter of the fall from the minimum K to their mean.",
    check: (view) => {
      view.below(1);
      const [first = Number.NaN] = view.bottlenecks;
      const start = view.toInput(first, "l10");
      const large = view.above(1);
      const values = large.map((bottleneck) => view.toInput(bottleneck, "l10"));
      const reach = Math.max(...values) - Math.min(...values);
      return {
        holds: values.every((value) => value < start / 2) && reach <= (start - mean(values)) / 4,
        numbers: [first, ...large].map((bottleneck) => toInput(view, bottleneck, "l10")),
      };
    },
  },
  {
    id: "decoder-neutral",
    statement: "where the code is small, the layers of the decoder predict each other equally well.",
    rule: `At the last epoch, at every K below a quarter of the images' dimension, the mean relative imbalance r (rule J3) ${STEPS} lies between -${NEUTRAL} and ${NEUTRAL}.`,
    check: (view) => {
      const small = view.below(0.25);
      return {
        holds: small.every(
          (bottleneck) => Math.abs(view.relative(bottleneck, FIRST_STEP, LAST_STEP)) <= NEUTRAL,
        ),
        numbers: relativeNumbers(view, small),
      };
    },
  },
  {
    id: "decoder-expands",
    statement:
      "the decoder expands where the code is large: each of its layers predicts the one before better than the other way round.",
    rule: `At the last epoch, at every K above twice the images' dimension, the mean relative imbalance r (rule J3) ${STEPS} is above ${NEUTRAL}. The step into l10 is reported separately: the published one compresses.`,
    check: (view) => {
      const large = view.above(2);
      return {
        holds: large.every((bottleneck) => view.relative(bottleneck, FIRST_STEP, LAST_STEP) > NEUTRAL),
        numbers: relativeNumbers(view, large),
      };
    },
  },
];
