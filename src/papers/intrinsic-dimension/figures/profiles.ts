/** Quantities from layer to layer: panels of Figures 1, 3, A2, A3 and A4. */
import { FIGURES, type FigureSpec, type LayerProfile, type PublishedValue } from "../../../figures/index.js";
import { relativeImbalance } from "../../../geometry/index.js";
import { mean } from "../../../statistics.js";
import { dimensionOf, numberOf, relativeOf, valuesOver } from "../measures/select.js";
import { LAYERS, type LayerName } from "../networks.js";
import { PUBLISHED_LAST_EPOCH, type PublishedSteps, publishedSteps } from "../published.js";
import type { Tracked } from "./quantities.js";
import { colouredByEpoch, colouredByK, type FigureSource } from "./source.js";

/** A quantity of each layer after the last epoch, a line for each K; undefined where nothing is measured. */
export function profilesOfK(source: FigureSource, of: (layer: LayerName) => Tracked): FigureSpec | undefined {
  const { bottlenecks, lastEpoch } = source;
  const lines = bottlenecks.map((bottleneck) => ({
    name: String(bottleneck),
    bottleneck,
    ours: lastEpoch,
    published: PUBLISHED_LAST_EPOCH,
  }));
  return profiles(source, of, lines, colouredByK(source));
}

/** A quantity of each layer of one K, a line for each epoch; undefined where nothing is measured. */
export function profilesOfEpochs(
  source: FigureSource,
  of: (layer: LayerName) => Tracked,
  bottleneck: number,
): FigureSpec | undefined {
  const lines = source.epochs.map((epoch) => ({
    name: String(epoch),
    bottleneck,
    ours: epoch,
    published: epoch,
  }));
  return profiles(source, of, lines, colouredByEpoch(source));
}

/** A line, with the epoch that ours and the published one are of. */
interface Line {
  readonly name: string;
  readonly bottleneck: number;
  readonly ours: number;
  readonly published: number;
}

function profiles(
  source: FigureSource,
  of: (layer: LayerName) => Tracked,
  lines: readonly Line[],
  looks: ReturnType<typeof colouredByK>,
): FigureSpec | undefined {
  const { results, data } = source;
  const all = lines.map(
    ({ name, bottleneck, ours, published }): LayerProfile => ({
      name,
      values: LAYERS.map((layer) => valuesOver(results, { data, bottleneck, epoch: ours }, of(layer).of)),
      published: LAYERS.map((layer) => of(layer).published?.({ data, bottleneck, epoch: published })),
    }),
  );
  const measured = withValues(all);
  if (measured.length === 0) return undefined;
  const { quantity, column = quantity } = of("l0");
  const levels = column === "dimension" ? imagesLevel(source) : [];
  return FIGURES["layer-profiles"](
    { layers: LAYERS, profiles: measured },
    { ...looks, quantity, column, levels },
  );
}

/** The dimension of the images: the layers of code and decoder are to be compared with it. */
function imagesLevel({ results, data, bottlenecks, epochs }: FigureSource) {
  const found = bottlenecks.flatMap((bottleneck) =>
    epochs.flatMap((epoch) => valuesOver(results, { data, bottleneck, epoch }, dimensionOf("l0"))),
  );
  return found.length === 0
    ? []
    : [{ value: mean(found), name: "images", at: "start" as const, below: true }];
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
