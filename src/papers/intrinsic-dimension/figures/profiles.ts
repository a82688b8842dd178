/** What is followed through the layers: panels of Figures 1, 3, A2, A3 and A4. */
import { FIGURES, type FigureSpec, type LayerProfile, type PublishedValue } from "../../../figures/index.js";
import { relativeImbalance } from "../../../geometry/index.js";
import { mean } from "../../../statistics.js";
import {
  dimensionOf,
  numberOf,
  type Quantity,
  relativeOf,
  toInputOf,
  toOutputOf,
  valuesOver,
} from "../measures/select.js";
import type { Place } from "../networks.js";
import { LAYERS, type LayerName } from "../networks.js";
import {
  PUBLISHED_LAST_EPOCH,
  type PublishedSteps,
  publishedDimension,
  publishedImbalance,
  publishedSteps,
} from "../published.js";
import { colouredByEpoch, colouredByK, type FigureSource } from "./source.js";

/** A quantity of each layer, with its published values. */
interface TrackedQuantity {
  readonly quantity: string;
  readonly column: string;
  readonly of: (layer: LayerName) => Quantity;
  readonly published: (place: Place, layer: LayerName) => PublishedValue | undefined;
}

const DIMENSION: TrackedQuantity = {
  quantity: "intrinsic dimension",
  column: "dimension",
  of: dimensionOf,
  published: publishedDimension,
};

const TO_INPUT: TrackedQuantity = {
  quantity: "Δ(l→l0)",
  column: "imbalance",
  of: toInputOf,
  published: publishedImbalance,
};

const TO_OUTPUT: TrackedQuantity = {
  quantity: "Δ(l→l10)",
  column: "imbalance",
  of: toOutputOf,
  published: () => undefined,
};

/** The dimension of each layer after the last epoch, a line for each K. */
export function dimensionProfiles(source: FigureSource): FigureSpec | undefined {
  return byK(source, DIMENSION, [imagesLevel(source)]);
}

/** Delta(l -> l0) after the last epoch, a line for each K. */
export function inputProfiles(source: FigureSource): FigureSpec | undefined {
  return byK(source, TO_INPUT);
}

/** Delta(l -> l10) after the last epoch, a line for each K. */
export function outputProfiles(source: FigureSource): FigureSpec | undefined {
  return byK(source, TO_OUTPUT);
}

/** The dimension of each layer of one K, a line for each epoch. */
export function dimensionOverTraining(source: FigureSource, bottleneck: number): FigureSpec | undefined {
  return byEpoch(source, bottleneck, DIMENSION, [imagesLevel(source)]);
}

/** Delta(l -> l0) of one K, a line for each epoch. */
export function inputOverTraining(source: FigureSource, bottleneck: number): FigureSpec | undefined {
  return byEpoch(source, bottleneck, TO_INPUT);
}

type Levels = NonNullable<Parameters<(typeof FIGURES)["layer-profiles"]>[1]>["levels"];
type OneLevel = NonNullable<Levels>[number];

/** The dimension of the images: the layers of code and decoder are to be seen against it. */
function imagesLevel({ results, data, bottlenecks, epochs }: FigureSource): OneLevel | undefined {
  const found = bottlenecks.flatMap((bottleneck) =>
    epochs.flatMap((epoch) => valuesOver(results, { data, bottleneck, epoch }, dimensionOf("l0"))),
  );
  if (found.length === 0) return undefined;
  return { value: mean(found), name: "images", at: "start", below: true };
}

function byK(
  source: FigureSource,
  tracked: TrackedQuantity,
  levels: readonly (OneLevel | undefined)[] = [],
): FigureSpec | undefined {
  const { results, data, bottlenecks, lastEpoch } = source;
  const profiles = bottlenecks.map((bottleneck): LayerProfile => {
    const place = { data, bottleneck, epoch: PUBLISHED_LAST_EPOCH };
    return {
      name: String(bottleneck),
      values: LAYERS.map((layer) =>
        valuesOver(results, { data, bottleneck, epoch: lastEpoch }, tracked.of(layer)),
      ),
      published: LAYERS.map((layer) => tracked.published(place, layer)),
    };
  });
  return drawn(profiles, tracked, levels, colouredByK(source));
}

function byEpoch(
  source: FigureSource,
  bottleneck: number,
  tracked: TrackedQuantity,
  levels: readonly (OneLevel | undefined)[] = [],
): FigureSpec | undefined {
  const { results, data, epochs } = source;
  const profiles = epochs.map((epoch): LayerProfile => {
    const place = { data, bottleneck, epoch };
    return {
      name: String(epoch),
      values: LAYERS.map((layer) => valuesOver(results, place, tracked.of(layer))),
      published: LAYERS.map((layer) => tracked.published(place, layer)),
    };
  });
  return drawn(profiles, tracked, levels, colouredByEpoch(source));
}

function drawn(
  profiles: readonly LayerProfile[],
  { quantity, column }: TrackedQuantity,
  levels: readonly (OneLevel | undefined)[],
  looks: ReturnType<typeof colouredByK>,
): FigureSpec | undefined {
  const measured = withValues(profiles);
  if (measured.length === 0) return undefined;
  return FIGURES["layer-profiles"](
    { layers: LAYERS, profiles: measured },
    { ...looks, quantity, column, levels: levels.filter((level) => level !== undefined) },
  );
}

/** Profiles of which something was measured. */
function withValues(profiles: readonly LayerProfile[]): LayerProfile[] {
  return profiles.filter(({ values }) => values.some((seeds) => seeds.length > 0));
}

/** The relative imbalance (rule J3) of each layer and the next after the last epoch, of some K. */
export function relativeProfiles(
  source: FigureSource,
  bottlenecks: readonly number[],
): FigureSpec | undefined {
  const { results, data, lastEpoch } = source;
  const steps = LAYERS.slice(1).map((_, step) => step);
  const profiles = bottlenecks.map((bottleneck): LayerProfile => {
    const published = publishedSteps({ data, bottleneck, epoch: PUBLISHED_LAST_EPOCH });
    return {
      name: String(bottleneck),
      values: steps.map((step) =>
        valuesOver(results, { data, bottleneck, epoch: lastEpoch }, relativeOf(step)),
      ),
      ...(published ? { published: steps.map((step) => publishedRelative(published, step)) } : {}),
    };
  });
  const measured = withValues(profiles);
  if (measured.length === 0) return undefined;
  return FIGURES["relative-imbalance"]({ layers: LAYERS, profiles: measured }, colouredByK(source));
}

/** With how far the rounding of the two imbalances may move it. */
function publishedRelative({ forward, backward, rounding }: PublishedSteps, step: number): PublishedValue {
  const [there, back] = [forward[step]!, backward[step]!];
  const value = relativeImbalance(there, back);
  const ends = [rounding, -rounding].map((moved) => relativeImbalance(there + moved, back - moved));
  return { value, uncertainty: Math.max(...ends.map((end) => Math.abs(end - value))) };
}

const LABELLED = 0.03;

/** Each layer and the next in the information plane, of some K. */
export function stepsPlane(source: FigureSource, bottlenecks: readonly number[]): FigureSpec | undefined {
  const { results, data, lastEpoch } = source;
  const series = bottlenecks.map((bottleneck) => {
    const published = publishedSteps({ data, bottleneck, epoch: PUBLISHED_LAST_EPOCH });
    const at = { data, bottleneck, epoch: lastEpoch };
    return {
      name: String(bottleneck),
      points: LAYERS.slice(1).map((layer, step) => {
        // Of a seed without one of the two there is no point.
        const pairs = (direction: "forward" | "backward") =>
          valuesOver(results, at, (measures) =>
            relativeOf(step)(measures) === null ? null : numberOf(measures[direction][step]),
          );
        const [aToB, bToA] = [pairs("forward"), pairs("backward")];
        const isFar = Math.max(...aToB, ...bToA) > LABELLED;
        return {
          label: isFar ? `${LAYERS[step]}→${layer}` : "",
          aToB,
          bToA,
          ...(published
            ? { published: { aToB: published.forward[step]!, bToA: published.backward[step]! } }
            : {}),
        };
      }),
    };
  });
  const measured = series.filter(({ points }) => points.some(({ aToB }) => aToB.length > 0));
  if (measured.length === 0) return undefined;
  return FIGURES["information-plane"](
    { series: measured },
    { ...colouredByK(source), spaces: ["l", "l+1"], log: true },
  );
}
