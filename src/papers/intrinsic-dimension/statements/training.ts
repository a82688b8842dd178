/** (v): a fast fit, then a slow drift (Figures 2, 3 and A2). */
import { claimNumber, maxPlace, withPublished } from "../../../reproduction/statements/numbers.js";
import type { DataName } from "../networks.js";
import { type LayerName, layersBetween } from "../networks.js";
import {
  PUBLISHED_EPOCHS,
  PUBLISHED_LAST_EPOCH,
  publishedDimension,
  publishedImbalance,
  publishedRate,
} from "../published.js";
import { onDataset, type StatementOf } from "./statement.js";
import { type DimensionView, EARLY_EPOCHS } from "./view.js";

const ENCODER = layersBetween("l1", "l4");
const INNER_DECODER = layersBetween("l6", "l9");
const MOST_OF_FALL = 0.9;
/** A training shorter than this has no late part. */
const LATE_EPOCHS = 50;
const CHANGE = 0.1;

/** How much of the fall of Delta(l10 -> l0) from epoch 0 to its least is done at an epoch. */
function fallDone(view: DimensionView, bottleneck: number, epoch: number): number {
  const at = (one: number) => view.toInput(bottleneck, "l10", one);
  const untrained = at(0);
  return (untrained - at(epoch)) / (untrained - Math.min(...view.epochs.map(at)));
}

function publishedFallDone(data: DataName, bottleneck: number, epoch: number): number | undefined {
  const at = (one: number) => publishedImbalance({ data, bottleneck, epoch: one }, "l10")?.value;
  const all = PUBLISHED_EPOCHS.map(at);
  const [untrained, then] = [at(0), at(epoch)];
  if (untrained === undefined || then === undefined || all.includes(undefined)) return undefined;
  return (untrained - then) / (untrained - Math.min(...all.map((value) => value!)));
}

const fastFit: StatementOf = (data) => ({
  id: `fast-fit-${data}`,
  statement: `${onDataset(data)} networks have learnt within ${EARLY_EPOCHS} epochs nearly all that their reconstructions will tell of the input.`,
  rule: `At every K, at the last measured epoch up to ${EARLY_EPOCHS}, Δ(l10→l0) has made ${MOST_OF_FALL} of its fall from the untrained network to the least of all measured epochs; the training goes on for twice as long or more.`,
  check: (view) => {
    const early = view.earlyEpoch;
    view.requireEpoch(Number.isNaN(early) ? EARLY_EPOCHS : 2 * early);
    const done = view.bottlenecks.map((bottleneck) => ({
      bottleneck,
      value: fallDone(view, bottleneck, early),
    }));
    return {
      holds: done.every(({ value }) => value >= MOST_OF_FALL),
      numbers: done.map(({ bottleneck, value }) =>
        withPublished(
          `done at epoch ${early}, K = ${bottleneck}`,
          value,
          publishedFallDone(data, bottleneck, early),
        ),
      ),
    };
  },
});

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

function publishedChange(data: DataName, bottleneck: number, early: number): number | undefined {
  const [then, last] = [early, PUBLISHED_LAST_EPOCH].map(
    (epoch) => publishedRate({ data, bottleneck, epoch })?.value,
  );
  return then === undefined || last === undefined ? undefined : last / then;
}

const rateFallsLate: StatementOf = (data) => ({
  id: `rate-falls-late-${data}`,
  statement: `${onDataset(data)} networks slowly give up rate after that.`,
  rule: `At every K the rate of the test images at the last epoch is below that at the last measured epoch up to ${EARLY_EPOCHS} by more than a tenth. Asked of trainings of ${LATE_EPOCHS} epochs or more. Whether that is generalisation or over-fitting the verdict does not tell: see how the -ELBO of the test images moves.`,
  check: (view) => {
    view.requireEpoch(LATE_EPOCHS);
    const early = view.earlyEpoch;
    const rate = (bottleneck: number, epoch: number) =>
      view.number("the rate", bottleneck, ({ testRateNats }) => testRateNats, epoch);
    const changes = view.bottlenecks.map((bottleneck) => ({
      bottleneck,
      value: rate(bottleneck, view.lastEpoch) / rate(bottleneck, early),
    }));
    const losses = view.bottlenecks.map((bottleneck) => ({
      where: `K = ${bottleneck}`,
      value: negativeElbo(view, bottleneck, view.lastEpoch) - negativeElbo(view, bottleneck, early),
    }));
    return {
      holds: changes.every(({ value }) => value < 1 - CHANGE),
      numbers: [
        ...changes.map(({ bottleneck, value }) =>
          withPublished(
            `last rate over that of epoch ${early}, K = ${bottleneck}`,
            value,
            publishedChange(data, bottleneck, early),
          ),
        ),
        ...(losses.length > 0
          ? [claimNumber("greatest change of the test -ELBO since then", maxPlace(losses), "nats per image")]
          : []),
      ],
    };
  },
});

const humpsGrow: StatementOf = (data) => ({
  id: `humps-grow-${data}`,
  statement: `${onDataset(data)} the humps of dimension grow meanwhile.`,
  rule: `From the last measured epoch up to ${EARLY_EPOCHS} to the last, the greatest dimension of l1 to l4 grows by more than a tenth at every K, and that of l6 to l9 at every K above the images' dimension. Asked of trainings of ${LATE_EPOCHS} epochs or more.`,
  check: (view) => {
    view.requireEpoch(LATE_EPOCHS);
    const early = view.earlyEpoch;
    const growth = (bottleneck: number, layers: readonly LayerName[], part: string) => {
      const at = (epoch: number) =>
        Math.max(...layers.map((layer) => view.dimension(bottleneck, layer, epoch)));
      return {
        label: `${part} at K = ${bottleneck}`,
        bottleneck,
        layers,
        value: at(view.lastEpoch) / at(early),
      };
    };
    const all = [
      ...view.bottlenecks.map((bottleneck) => growth(bottleneck, ENCODER, "encoder, last over early")),
      ...view.above(1).map((bottleneck) => growth(bottleneck, INNER_DECODER, "decoder, last over early")),
    ];
    return {
      holds: all.every(({ value }) => value > 1 + CHANGE),
      numbers: all.map(({ label, bottleneck, layers, value }) =>
        withPublished(label, value, publishedGrowth(data, bottleneck, layers, early)),
      ),
    };
  },
});

function publishedGrowth(data: DataName, bottleneck: number, layers: readonly LayerName[], early: number) {
  const [then, last] = [early, PUBLISHED_LAST_EPOCH].map((epoch) => {
    const values = layers.map((layer) => publishedDimension({ data, bottleneck, epoch }, layer)?.value);
    return values.every((value) => value !== undefined) ? Math.max(...values) : undefined;
  });
  return then === undefined || last === undefined ? undefined : last / then;
}

export const TRAINING_STATEMENTS: readonly StatementOf[] = [fastFit, rateFallsLate, humpsGrow];
