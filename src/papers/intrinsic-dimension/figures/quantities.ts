/** What the figures show of a network: measured quantities, each with what is published of it. */
import type { PublishedValue } from "../../../figures/index.js";
import { dimensionOf, numberOf, type Quantity, toInputOf, toOutputOf } from "../measures/select.js";
import type { LayerName, Place } from "../networks.js";
import { publishedDimension, publishedFrechet, publishedImbalance, publishedRate } from "../published.js";

/** A quantity of a network after an epoch. */
export interface Tracked {
  /** As axes call it. */
  readonly quantity: string;
  /** As tables call it. */
  readonly column?: string;
  readonly of: Quantity;
  readonly published?: (place: Place) => PublishedValue | undefined;
}

export const dimension = (layer: LayerName): Tracked => ({
  quantity: "intrinsic dimension",
  column: "dimension",
  of: dimensionOf(layer),
  published: (place) => publishedDimension(place, layer),
});

export const codeMeanDimension: Tracked = {
  quantity: "intrinsic dimension",
  of: (measures) => numberOf(measures.codeMeanDimension),
};

export const toInput = (layer: LayerName): Tracked => ({
  quantity: "Δ(l→l0)",
  column: "imbalance",
  of: toInputOf(layer),
  published: (place) => publishedImbalance(place, layer),
});

export const toOutput = (layer: LayerName): Tracked => ({
  quantity: "Δ(l→l10)",
  column: "imbalance",
  of: toOutputOf(layer),
});

/** Delta(l10 -> l0). */
export const outputToInput: Tracked = { ...toInput("l10"), quantity: "Δ(l10→l0)" };

/** Of the reconstructions of test images. The published one is comparable with no other. */
export const frechet: Tracked = {
  quantity: "Fréchet distance of reconstructions",
  column: "frechet",
  of: ({ reconstructions }) => reconstructions.frechet,
};

export const frechetAsPublished: Tracked = { ...frechet, published: publishedFrechet };

export const rate: Tracked = {
  quantity: "rate (nats per test image)",
  column: "rateNats",
  of: ({ testRateNats }) => testRateNats,
  published: publishedRate,
};

export const gap: Tracked = {
  quantity: "−ELBO, test minus training (nats per image)",
  column: "gapNats",
  of: ({ testDistortionNats, testRateNats, trainDistortionNats, trainRateNats }) =>
    testDistortionNats === null ||
    testRateNats === null ||
    trainDistortionNats === null ||
    trainRateNats === null
      ? null
      : testDistortionNats + testRateNats - trainDistortionNats - trainRateNats,
};

export const activeUnits: Tracked = {
  quantity: "active dimensions of the code",
  column: "activeUnits",
  of: (measures) => measures.activeUnits,
};
