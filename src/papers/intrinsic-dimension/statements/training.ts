/**
 * (v) and (vi): a fast fit, then a slow drift (Figures 2, 3 and A2), and how good the images are (Figures 2
 * left and A1 left).
 */
import type { CheckedStatement } from "../../../reproduction/statements/claim.js";
import { claimNumber, maxPlace } from "../../../reproduction/statements/numbers.js";
import { type LayerName, layersBetween } from "../networks.js";
import { type DimensionView, EARLY_EPOCHS } from "./view.js";

const ENCODER = layersBetween("l1", "l4");
const INNER_DECODER = layersBetween("l6", "l9");
const PART_OF_FALL = 0.9;
/** A training shorter than this has no late part. */
const LATE_EPOCHS = 50;
const CHANGE = 0.1;
const SLACK = 1.05;

/** How much of the fall of Delta(l10 -> l0) from epoch 0 to its minimum is done at an epoch. */
const fallDone = (bottleneck: number, epoch: number) => (view: DimensionView) => {
  const at = (one: number) => view.toInput(bottleneck, "l10", one);
  const untrained = at(0);
  return (untrained - at(epoch)) / (untrained - Math.min(...view.epochs.map(at)));
};

/** -ELBO on the test images. */
function negativeElbo(view: DimensionView, bottleneck: number, epoch: number): number {
  return view.number(
    "-ELBO of the test images",
    bottleneck,
    ({ testDistortionNats, testRateNats }) =>
      testDistortionNats === null || testRateNats === null ? null : testDistortionNats + testRateNats,
    epoch,
  );
}

/** The rate at the last epoch over that at another. */
const rateChange = (bottleneck: number, early: number) => (view: DimensionView) => {
  const rate = (epoch: number) =>
    view.number("the rate", bottleneck, ({ testRateNats }) => testRateNats, epoch);
  return rate(view.lastEpoch) / rate(early);
};

/** The maximum dimension of some layers at the last epoch over that at another. */
const growth = (bottleneck: number, layers: readonly LayerName[], early: number) => (view: DimensionView) => {
  const at = (epoch: number) => Math.max(...layers.map((layer) => view.dimension(bottleneck, layer, epoch)));
  return at(view.lastEpoch) / at(early);
};

export const TRAINING_STATEMENTS: readonly CheckedStatement<DimensionView>[] = [
  {
    id: "fast-fit",
    statement: `networks have learnt within ${EARLY_EPOCHS} epochs nearly all that their reconstructions will predict of the input.`,
    rule: `At every K, at the last measured epoch up to ${EARLY_EPOCHS}, Δ(l10→l0) has made ${PART_OF_FALL} of its fall from the untrained network to the minimum of all measured epochs; the training lasts twice as long or more.`,
    check: (view) => {
      const early = view.earlyEpoch;
      view.requireEpoch(Number.isNaN(early) ? EARLY_EPOCHS : 2 * early);
      const numbers = view.bottlenecks.map((bottleneck) =>
        view.compared(`done at epoch ${early}, K = ${bottleneck}`, fallDone(bottleneck, early)),
      );
      return { holds: numbers.every(({ value }) => value >= PART_OF_FALL), numbers };
    },
  },
  {
    id: "rate-falls-late",
    statement: "networks slowly give up rate after that.",
    rule: `At every K the rate of the test images at the last epoch is below that at the last measured epoch up to ${EARLY_EPOCHS} by more than a tenth. Asked of trainings of ${LATE_EPOCHS} epochs or more. Whether that is generalisation or over-fitting the verdict does not say: see how the -ELBO of the test images moves.`,
    check: (view) => {
      view.requireEpoch(LATE_EPOCHS);
      const early = view.earlyEpoch;
      const changes = view.bottlenecks.map((bottleneck) =>
        view.compared(
          `last rate over that of epoch ${early}, K = ${bottleneck}`,
          rateChange(bottleneck, early),
        ),
      );
      const losses = view.bottlenecks.map((bottleneck) => ({
        where: `K = ${bottleneck}`,
        value: negativeElbo(view, bottleneck, view.lastEpoch) - negativeElbo(view, bottleneck, early),
      }));
      return {
        holds: changes.every(({ value }) => value < 1 - CHANGE),
        numbers: [
          ...changes,
          ...(losses.length > 0
            ? [claimNumber("maximum change of the test -ELBO since then", maxPlace(losses), "nats per image")]
            : []),
        ],
      };
    },
  },
  {
    id: "humps-grow",
    statement: "the humps of dimension grow meanwhile.",
    rule: `From the last measured epoch up to ${EARLY_EPOCHS} to the last, the maximum dimension of l1 to l4 grows by more than a tenth at every K, and that of l6 to l9 at every K above the images' dimension. Asked of trainings of ${LATE_EPOCHS} epochs or more.`,
    check: (view) => {
      view.requireEpoch(LATE_EPOCHS);
      const early = view.earlyEpoch;
      const grown = (part: string, layers: readonly LayerName[]) => (bottleneck: number) =>
        view.compared(`${part}, last over early at K = ${bottleneck}`, growth(bottleneck, layers, early));
      const numbers = [
        ...view.bottlenecks.map(grown("encoder", ENCODER)),
        ...view.above(1).map(grown("decoder", INNER_DECODER)),
      ];
      return { holds: numbers.every(({ value }) => value > 1 + CHANGE), numbers };
    },
  },
  {
    id: "quality-holds",
    statement: "reconstructions do not get worse once K has passed the images' dimension.",
    rule: "At the last epoch, from the maximum K below the images' dimension on, the Fréchet distance of the reconstructions is at no K more than a twentieth above that at the K before. (Published, on other features and on the last batch alone: 228, 210, 205, 204 at K = 16, 32, 64, 128.)",
    check: (view) => {
      const large = [...view.below(1).slice(-1), ...view.above(1)];
      const distance = (bottleneck: number) =>
        view.number("the Fréchet distance", bottleneck, ({ reconstructions }) => reconstructions.frechet);
      const steps = large.slice(1).map((bottleneck, k) => ({
        where: `K = ${bottleneck}`,
        value: distance(bottleneck) / distance(large[k]!),
      }));
      return {
        holds: steps.every(({ value }) => value <= SLACK),
        numbers: [
          ...large.map((bottleneck) => ({
            label: `Fréchet distance at K = ${bottleneck}`,
            value: distance(bottleneck),
          })),
          ...(steps.length > 0 ? [claimNumber("maximum, over that at the K before", maxPlace(steps))] : []),
        ],
      };
    },
  },
];
