import type {
  DimensionResults,
  EpochMeasures,
  NetworkResult,
} from "../../../src/papers/intrinsic-dimension/measures/results.js";
import type { DataName } from "../../../src/papers/intrinsic-dimension/networks.js";
import { LAYERS } from "../../../src/papers/intrinsic-dimension/networks.js";
import {
  PUBLISHED_BOTTLENECKS,
  publishedDimension,
  publishedFrechet,
  publishedImbalance,
  publishedRate,
  publishedSteps,
} from "../../../src/papers/intrinsic-dimension/published.js";
import { scatter } from "../../figures/examples/constructed.js";

/** What to make of results that came out as published. */
export interface Choices {
  readonly data?: DataName;
  readonly bottlenecks?: readonly number[];
  readonly epochs?: readonly number[];
  readonly seeds?: readonly number[];
  /** Relative noise on dimensions and imbalances, to see bars. Default 0. */
  readonly noise?: number;
  /** What becomes of a network's measures, to construct results in which a statement fails. */
  readonly change?: (measures: EpochMeasures, bottleneck: number, seed: number) => EpochMeasures;
}

const EPOCHS = [0, 1, 2, 5, 10, 20, 50, 100, 150, 200];
const LAST = 200;

/** Results that came out as published, where something is published; what stands between is made up in the same vein. */
export function resultsAsPublished({
  data = "cifar10",
  bottlenecks = PUBLISHED_BOTTLENECKS,
  epochs = EPOCHS,
  seeds = [0],
  noise = 0,
  change = (measures) => measures,
}: Choices = {}): DimensionResults {
  return {
    features: "64 features of a classifier trained here",
    networks: bottlenecks.flatMap((bottleneck) =>
      seeds.map(
        (seed): NetworkResult => ({
          data,
          bottleneck,
          seed,
          run: `${data}-k${bottleneck}-s${seed}`,
          status: "finished",
          reason: null,
          epochs: epochs.map((epoch) =>
            change(measuresOf({ data, bottleneck, epoch }, noise, seed), bottleneck, seed),
          ),
        }),
      ),
    ),
    crossings: bottlenecks
      .filter((bottleneck) => bottlenecks.includes(2 * bottleneck))
      .flatMap((bottleneck) =>
        seeds.flatMap((seed) =>
          (["l5", "l10"] as const).map((layer, k) => ({
            data,
            seed,
            epoch: epochs.at(-1)!,
            layer,
            bottleneck,
            toLarger: { value: 0.5 / bottleneck + 0.1 * k + 0.01 * seed, standardError: 0.01 },
            toSmaller: { value: 0.3 / bottleneck + 0.1 * k + 0.01 * seed, standardError: 0.01 },
          })),
        ),
      ),
  };
}

interface Place {
  readonly data: DataName;
  readonly bottleneck: number;
  readonly epoch: number;
}

/** Late epochs bring what is published of the last; a short training ends like a long one but for its humps. */
const late = (epoch: number) => Math.min(1, Math.log(1 + epoch) / Math.log(1 + LAST));

function measuresOf(place: Place, noise: number, seed: number): EpochMeasures {
  const { bottleneck, epoch } = place;
  const last = { ...place, epoch: LAST };
  let draws = 1000 * seed + 37 * bottleneck + epoch;
  const estimate = (value: number) => {
    const moved = value * (1 + noise * (scatter(draws++) - 0.5));
    return { value: moved, standardError: 0.014 * moved };
  };
  const steps = publishedSteps(last) ?? madeUpSteps(bottleneck, place.data === "cifar10" ? 31 : 12.5);
  const quality = publishedFrechet(place)?.value ?? 200 + 330 * Math.exp(-epoch) + 300 / bottleneck;
  const rate = publishedRate(place)?.value ?? 6 * Math.sqrt(bottleneck) * (1 - 0.4 * late(epoch) ** 2);
  return {
    epoch,
    points: 5000,
    dimension: LAYERS.map((layer, k) =>
      estimate(
        publishedDimension(place, layer)?.value ?? madeUpDimension(last, k) * (0.6 + 0.4 * late(epoch)),
      ),
    ),
    codeMeanDimension: estimate(Math.min(bottleneck, 18 + bottleneck / 20)),
    toInput: LAYERS.map((layer, k) =>
      estimate(
        publishedImbalance(place, layer)?.value ??
          publishedImbalance(last, layer)?.value ??
          madeUpImbalance(last, k),
      ),
    ),
    toOutput: LAYERS.map((_, k) => estimate(Math.max(0.0004, 0.4 * (1 - k / 10) ** 2))),
    forward: steps.forward.map(estimate),
    backward: steps.backward.map(estimate),
    reconstructions: { frechet: quality, kernel: quality / 1000, slicedWasserstein: 0.1 },
    priorSamples: { frechet: 1.5 * quality, kernel: quality / 500, slicedWasserstein: 0.2 },
    testDistortionNats: 1830 + 100 * Math.exp(-epoch),
    testRateNats: rate,
    trainDistortionNats: 1828 + 100 * Math.exp(-epoch) - 4 * late(epoch),
    trainRateNats: 0.98 * rate,
    activeUnits: Math.min(bottleneck, 26),
  };
}

/** Of layers that are not published. */
function madeUpDimension(last: Place, layer: number): number {
  const code = LAYERS.indexOf("l5");
  if (layer < code) return [12.5, 18, 24, 24.5, 15][layer]!;
  return publishedDimension(last, LAYERS[layer]!)?.value ?? last.bottleneck;
}

function madeUpImbalance({ bottleneck }: Place, layer: number): number {
  const code = LAYERS.indexOf("l5");
  return layer < code ? 0.0004 + 0.01 * layer : 0.4 / Math.sqrt(bottleneck);
}

/** Neutral where the code is much smaller than the images, expanding where it is much larger. */
function madeUpSteps(bottleneck: number, images: number) {
  const r = Math.max(0, Math.log2(bottleneck / images)) / 4;
  const forward = [0.016, 0.0014, 0.0021, 0.04, 0.1, 0.002, 0.002, 0.002, 0.002, 0.003];
  return {
    forward,
    backward: forward.map((value, k) =>
      k < 4 ? 1.2 * value : k === 4 ? 3 * value : (value * (2 - r)) / (2 + r),
    ),
  };
}
