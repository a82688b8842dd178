/** What is followed over the epochs: panels of Figure 2. */
import { FIGURES, type FigureSpec, type PublishedValue } from "../../../figures/index.js";
import { type Quantity, toInputOf, valuesOver } from "../measures/select.js";
import type { Place } from "../networks.js";
import { PUBLISHED_EPOCHS, publishedImbalance, publishedRate } from "../published.js";
import { colouredByK, type FigureSource } from "./source.js";

interface TrackedQuantity {
  readonly quantity: string;
  readonly column: string;
  readonly of: Quantity;
  readonly published?: (place: Place) => PublishedValue | undefined;
}

/** A line for each K; undefined where nothing is measured. */
function overTraining(source: FigureSource, tracked: TrackedQuantity): FigureSpec | undefined {
  const { results, data, bottlenecks, epochs } = source;
  const { quantity, column, of, published = () => undefined } = tracked;
  const curves = bottlenecks
    .map((bottleneck) => ({
      name: String(bottleneck),
      points: epochs.map((x) => ({ x, values: valuesOver(results, { data, bottleneck, epoch: x }, of) })),
      published: PUBLISHED_EPOCHS.flatMap((x) => {
        const found = published({ data, bottleneck, epoch: x });
        return found ? [{ x, ...found }] : [];
      }),
    }))
    .filter(({ points }) => points.some(({ values }) => values.length > 0));
  if (curves.length === 0) return undefined;
  return FIGURES["over-epochs"]({ curves }, { ...colouredByK(source), quantity, column });
}

/** Fréchet distance of the reconstructions. */
export const frechetOverTraining = (source: FigureSource) =>
  overTraining(source, {
    quantity: "Fréchet distance of reconstructions",
    column: "frechet",
    of: ({ reconstructions }) => reconstructions.frechet,
  });

/** Rate of the test images. */
export const rateOverTraining = (source: FigureSource) =>
  overTraining(source, {
    quantity: "rate (nats per test image)",
    column: "rateNats",
    of: ({ testRateNats }) => testRateNats,
    published: publishedRate,
  });

/** Delta(l10 -> l0). */
export const outputOverTraining = (source: FigureSource) =>
  overTraining(source, {
    quantity: "Δ(l10→l0)",
    column: "imbalance",
    of: toInputOf("l10"),
    published: (place) => publishedImbalance(place, "l10"),
  });

/** -ELBO of the test images minus that of the training images. */
export const gapOverTraining = (source: FigureSource) =>
  overTraining(source, {
    quantity: "−ELBO, test minus training (nats per image)",
    column: "gapNats",
    of: ({ testDistortionNats, testRateNats, trainDistortionNats, trainRateNats }) =>
      testDistortionNats === null ||
      testRateNats === null ||
      trainDistortionNats === null ||
      trainRateNats === null
        ? null
        : testDistortionNats + testRateNats - trainDistortionNats - trainRateNats,
  });

/** Dimensions of the code that are in use. */
export const unitsOverTraining = (source: FigureSource) =>
  overTraining(source, {
    quantity: "active dimensions of the code",
    column: "activeUnits",
    of: ({ activeUnits }) => activeUnits,
  });
