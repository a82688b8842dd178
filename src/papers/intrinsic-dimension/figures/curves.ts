/** Quantities over K, and over the epochs: panels of Figures 1, 2 and A1. */
import { type Curve, FIGURES, type FigureSpec } from "../../../figures/index.js";
import type { CrossImbalance } from "../measures/results.js";
import { numberOf, valuesOver } from "../measures/select.js";
import type { Place } from "../networks.js";
import { PUBLISHED_BOTTLENECKS, PUBLISHED_EPOCHS, PUBLISHED_LAST_EPOCH } from "../published.js";
import {
  codeMeanDimension,
  dimension,
  frechet,
  frechetAsPublished,
  outputToInput,
  type Tracked,
} from "./quantities.js";
import { colouredByK, type FigureSource } from "./source.js";

function isMeasured({ points }: Curve): boolean {
  return points.some(({ values }) => values.length > 0);
}

function publishedPoints({ published }: Tracked, xs: readonly number[], at: (x: number) => Place) {
  return xs.flatMap((x) => {
    const found = published?.(at(x));
    return found ? [{ x, ...found }] : [];
  });
}

/** A quantity after the last epoch, of every K. */
function overK(
  { results, data, bottlenecks, lastEpoch }: FigureSource,
  name: string,
  tracked: Tracked,
): Curve {
  const at = (epoch: number) => (bottleneck: number) => ({ data, bottleneck, epoch });
  return {
    name,
    points: bottlenecks.map((x) => ({ x, values: valuesOver(results, at(lastEpoch)(x), tracked.of) })),
    ...(tracked.published
      ? { published: publishedPoints(tracked, bottlenecks, at(PUBLISHED_LAST_EPOCH)) }
      : {}),
  };
}

/** Delta(l10 -> l0) and, on the right, the Fréchet distance of the reconstructions. */
export function outputAndQuality(source: FigureSource): FigureSpec | undefined {
  const [output, quality] = [outputToInput, frechet].map((tracked) =>
    overK(source, tracked.quantity, tracked),
  );
  if (!isMeasured(output!)) return undefined;
  return FIGURES["over-dimension"](
    { curves: [output!], ...(isMeasured(quality!) ? { right: [quality!] } : {}) },
    { quantity: outputToInput.quantity, rightQuantity: frechet.quantity },
  );
}

/** The same as published: its Fréchet distance is comparable with no other, and has a figure of its own. */
export function outputAndQualityAsPublished({ data }: FigureSource): FigureSpec | undefined {
  const curveOf = (tracked: Tracked): Curve & Required<Pick<Curve, "published">> => ({
    name: tracked.quantity,
    points: [],
    published: publishedPoints(tracked, PUBLISHED_BOTTLENECKS, (bottleneck) => ({
      data,
      bottleneck,
      epoch: PUBLISHED_LAST_EPOCH,
    })),
  });
  const quality = curveOf(frechetAsPublished);
  if (quality.published.length === 0) return undefined;
  return FIGURES["over-dimension"](
    { curves: [curveOf(outputToInput)], right: [quality] },
    { quantity: outputToInput.quantity, rightQuantity: frechet.quantity },
  );
}

/** The dimension of the sampled code, and of its mean: what noise adds. */
export function codeDimensions(source: FigureSource): FigureSpec | undefined {
  const curves = [
    overK(source, "sampled code", dimension("l5")),
    overK(source, "mean of the code", codeMeanDimension),
  ].filter(isMeasured);
  if (curves.length === 0) return undefined;
  return FIGURES["over-dimension"]({ curves }, { quantity: codeMeanDimension.quantity, column: "dimension" });
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

/** A quantity over the epochs, a line for each K; undefined where nothing is measured. */
export function overTraining(source: FigureSource, tracked: Tracked): FigureSpec | undefined {
  const { results, data, bottlenecks, epochs } = source;
  const { quantity, column = quantity } = tracked;
  const curves = bottlenecks
    .map((bottleneck): Curve => {
      const at = (epoch: number) => ({ data, bottleneck, epoch });
      return {
        name: String(bottleneck),
        points: epochs.map((x) => ({ x, values: valuesOver(results, at(x), tracked.of) })),
        published: publishedPoints(tracked, PUBLISHED_EPOCHS, at),
      };
    })
    .filter(isMeasured);
  if (curves.length === 0) return undefined;
  return FIGURES["over-epochs"]({ curves }, { ...colouredByK(source), quantity, column });
}
