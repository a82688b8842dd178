/** What is followed over K: panels of Figures 1 and A1. */
import {
  type Curve,
  FIGURES,
  type FigureSpec,
  type PublishedPoint,
  type PublishedValue,
} from "../../../figures/index.js";
import type { CrossImbalance } from "../measures/results.js";
import { dimensionOf, numberOf, type Quantity, toInputOf, valuesOver } from "../measures/select.js";
import {
  PUBLISHED_BOTTLENECKS,
  PUBLISHED_LAST_EPOCH,
  publishedDimension,
  publishedFrechet,
  publishedImbalance,
} from "../published.js";
import type { FigureSource } from "./source.js";

const OUTPUT = "Δ(l10→l0)";
const FRECHET = "Fréchet distance of reconstructions";

function measuredCurve(
  { results, data, bottlenecks, lastEpoch }: FigureSource,
  name: string,
  of: Quantity,
): Curve {
  return {
    name,
    points: bottlenecks.map((x) => ({
      x,
      values: valuesOver(results, { data, bottleneck: x, epoch: lastEpoch }, of),
    })),
  };
}

/** Published values of some K, those that are. */
function publishedPoints(
  bottlenecks: readonly number[],
  of: (bottleneck: number) => PublishedValue | undefined,
): PublishedPoint[] {
  return bottlenecks.flatMap((x) => {
    const found = of(x);
    return found ? [{ x, ...found }] : [];
  });
}

function isMeasured({ points }: Curve): boolean {
  return points.some(({ values }) => values.length > 0);
}

/** Delta(l10 -> l0) and, on the right, the Fréchet distance of the reconstructions. */
export function outputAndQuality(source: FigureSource): FigureSpec | undefined {
  const { data, bottlenecks } = source;
  const output = {
    ...measuredCurve(source, OUTPUT, toInputOf("l10")),
    published: publishedPoints(bottlenecks, (bottleneck) =>
      publishedImbalance({ data, bottleneck, epoch: PUBLISHED_LAST_EPOCH }, "l10"),
    ),
  };
  const quality = measuredCurve(source, FRECHET, ({ reconstructions }) => reconstructions.frechet);
  if (!isMeasured(output)) return undefined;
  return FIGURES["over-dimension"](
    { curves: [output], ...(isMeasured(quality) ? { right: [quality] } : {}) },
    { quantity: OUTPUT, rightQuantity: FRECHET },
  );
}

/** The same as published: its Fréchet distance is comparable with no other, and stands by itself. */
export function outputAndQualityAsPublished({ data }: FigureSource): FigureSpec | undefined {
  const at = (bottleneck: number) => ({ data, bottleneck, epoch: PUBLISHED_LAST_EPOCH });
  const output = publishedPoints(PUBLISHED_BOTTLENECKS, (bottleneck) =>
    publishedImbalance(at(bottleneck), "l10"),
  );
  const quality = publishedPoints(PUBLISHED_BOTTLENECKS, (bottleneck) => publishedFrechet(at(bottleneck)));
  if (quality.length === 0) return undefined;
  return FIGURES["over-dimension"](
    {
      curves: [{ name: OUTPUT, points: [], published: output }],
      right: [{ name: FRECHET, points: [], published: quality }],
    },
    { quantity: OUTPUT, rightQuantity: FRECHET },
  );
}

/** The same layer of two networks, one with twice the other's K: how well each predicts the other. */
export function crossImbalances(
  { results, data, lastEpoch }: FigureSource,
  layer: CrossImbalance["layer"],
): FigureSpec | undefined {
  const own = results.crossings.filter(
    (one) => one.data === data && one.layer === layer && one.epoch === lastEpoch,
  );
  const all = [...new Set(own.map(({ bottleneck }) => bottleneck))];
  const curveOf = (name: string, direction: "toLarger" | "toSmaller"): Curve => ({
    name,
    points: all.map((x) => ({
      x,
      values: own
        .filter(({ bottleneck }) => bottleneck === x)
        .flatMap((one) => numberOf(one[direction]) ?? []),
    })),
  });
  const curves = [curveOf("Δ(K→2K)", "toLarger"), curveOf("Δ(2K→K)", "toSmaller")];
  if (!curves.some(isMeasured)) return undefined;
  return FIGURES["over-dimension"]({ curves }, { quantity: `information imbalance of ${layer}` });
}

/** The dimension of the sampled code, and of its mean: what noise adds. */
export function codeDimensions(source: FigureSource): FigureSpec | undefined {
  const { data, bottlenecks } = source;
  const sampled = {
    ...measuredCurve(source, "sampled code", dimensionOf("l5")),
    published: publishedPoints(bottlenecks, (bottleneck) =>
      publishedDimension({ data, bottleneck, epoch: PUBLISHED_LAST_EPOCH }, "l5"),
    ),
  };
  const mean = measuredCurve(source, "mean of the code", ({ codeMeanDimension }) =>
    numberOf(codeMeanDimension),
  );
  if (!isMeasured(sampled) && !isMeasured(mean)) return undefined;
  return FIGURES["over-dimension"](
    { curves: [sampled, mean].filter(isMeasured) },
    { quantity: "intrinsic dimension", column: "dimension" },
  );
}
