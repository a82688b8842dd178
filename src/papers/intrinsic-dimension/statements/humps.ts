/** (i) and (ii): what the intrinsic dimension does from layer to layer (Figures 1 left, 3 and A3). */
import { claimNumber, maxBy, maxPlace, withPublished } from "../../../reproduction/statements/numbers.js";
import type { DataName } from "../networks.js";
import { type LayerName, layersBetween } from "../networks.js";
import { publishedDimension } from "../published.js";
import { onDataset, published, type Statement, type StatementOf } from "./statement.js";
import type { DimensionView } from "./view.js";

const ENCODER = layersBetween("l1", "l3");
const DECODER = layersBetween("l6", "l10");
const INNER_DECODER = layersBetween("l6", "l9");

/** The layer of some with the greatest dimension, and that dimension. */
function peak(view: DimensionView, bottleneck: number, layers: readonly LayerName[]) {
  const places = layers.map((layer) => ({ layer, value: view.dimension(bottleneck, layer) }));
  return maxBy(places, ({ value }) => value)!;
}

/** Of published dimensions of some layers the greatest; undefined where one is not published. */
function publishedPeak(data: DataName, bottleneck: number, layers: readonly LayerName[]) {
  const values = layers.map((layer) => publishedDimension(published(data, bottleneck), layer)?.value);
  return values.every((value) => value !== undefined) ? Math.max(...values) : undefined;
}

const encoderHump: StatementOf = (data) => ({
  id: `encoder-hump-${data}`,
  statement: `${onDataset(data)}, where the code has fewer dimensions than the images, their dimension rises and falls once, within the encoder.`,
  rule: "At the last epoch, at every K below the images' dimension (that of l0), the greatest dimension of l1 to l3 is above those of l0 and of l4, and for more than half of these K it is that of l2 or l3.",
  check: (view) => {
    const peaks = view.below(1).map((bottleneck) => ({
      bottleneck,
      ...peak(view, bottleneck, ENCODER),
      others: [view.dimension(bottleneck, "l0"), view.dimension(bottleneck, "l4")],
    }));
    const inside = peaks.filter(({ layer }) => layer !== "l1").length;
    return {
      holds: peaks.every(({ value, others }) => value > Math.max(...others)) && inside > peaks.length / 2,
      numbers: [
        withPublished("dimension of the images", view.dataDimension, imageDimension(data)),
        ...peaks.map(({ bottleneck, layer, value }) =>
          withPublished(
            `greatest at K = ${bottleneck} (${layer})`,
            value,
            publishedPeak(data, bottleneck, ENCODER),
          ),
        ),
      ],
    };
  },
});

/** A tenth, where K is at most a quarter of the images' dimension; a third up to that dimension. */
function decoderIsK(data: DataName, times: number, share: number, words: string): Statement {
  return {
    id: `decoder-dimension-${times < 1 ? "small-k" : "k"}-${data}`,
    statement: `${onDataset(data)} the decoder keeps to the dimension of the code where K is ${words}.`,
    rule: `At the last epoch, at every K below ${times < 1 ? `1/${1 / times} of ` : ""}the images' dimension, the dimensions of l6 to l10 lie within ${share === 0.1 ? "a tenth" : "a third"} of K${times < 1 ? "" : " (the published ones reach 1.30 times K, at K = 8)"}.`,
    check: (view) => {
      const places = view.below(times).flatMap((bottleneck) =>
        DECODER.map((layer) => ({
          where: `${layer} at K = ${bottleneck}`,
          value: view.dimension(bottleneck, layer) / bottleneck,
        })),
      );
      const worst = maxBy(places, ({ value }) => Math.abs(value - 1));
      return {
        holds: places.every(({ value }) => Math.abs(value - 1) <= share),
        numbers: [
          ...view
            .below(times)
            .map((bottleneck) =>
              withPublished(
                `dimension of l10 at K = ${bottleneck}`,
                view.dimension(bottleneck, "l10"),
                publishedDimension(published(data, bottleneck), "l10")?.value,
              ),
            ),
          ...(worst ? [claimNumber("furthest, as a multiple of K", worst)] : []),
        ],
      };
    },
  };
}

const secondHump: StatementOf = (data) => ({
  id: `decoder-hump-${data}`,
  statement: `${onDataset(data)}, where the code has more dimensions than the images, a second hump stands in the decoder.`,
  rule: "At the last epoch, at every K above the images' dimension, the greatest dimension of l6 to l9 is above those of l5 and of l10 by more than its standard error (the dimension over the root of the number of points), and for more than half of these K it is that of l7 or l8.",
  check: (view) => {
    const peaks = view.above(1).map((bottleneck) => ({
      bottleneck,
      ...peak(view, bottleneck, INNER_DECODER),
      atDecoderEnds: Math.max(view.dimension(bottleneck, "l5"), view.dimension(bottleneck, "l10")),
    }));
    const inside = peaks.filter(({ layer }) => layer === "l7" || layer === "l8").length;
    return {
      holds:
        peaks.every(({ value, atDecoderEnds }) => value - value / Math.sqrt(view.points) > atDecoderEnds) &&
        inside > peaks.length / 2,
      numbers: peaks.flatMap(({ bottleneck, layer, value, atDecoderEnds: other }) => [
        withPublished(
          `greatest at K = ${bottleneck} (${layer})`,
          value,
          publishedPeak(data, bottleneck, INNER_DECODER),
        ),
        withPublished(
          `greater of l5 and l10 at K = ${bottleneck}`,
          other,
          publishedPeak(data, bottleneck, ["l5", "l10"]),
        ),
      ]),
    };
  },
});

const MOST_GROWTH = 0.25;

const outputSaturates: StatementOf = (data) => ({
  id: `output-dimension-saturates-${data}`,
  statement: `${onDataset(data)} the dimension of what is reconstructed stops growing with K, near that of the images.`,
  rule: "At the last epoch, at every K above twice the images' dimension, the dimension of l10 lies between half and one and a half times that of the images; and where two or more K lie above the images' dimension, from the least to the greatest of them it grows by less than the fourth root of what K does.",
  check: (view) => {
    const large = view.above(1);
    const ratios = view.above(2).map((bottleneck) => ({
      where: `K = ${bottleneck}`,
      value: view.dimension(bottleneck, "l10") / view.dataDimension,
    }));
    const [first, last] = [large[0], large.at(-1)];
    const growth =
      first === undefined || last === undefined || first === last
        ? undefined
        : Math.log(view.dimension(last, "l10") / view.dimension(first, "l10")) / Math.log(last / first);
    return {
      holds:
        ratios.every(({ value }) => value >= 0.5 && value <= 1.5) &&
        (growth === undefined || growth < MOST_GROWTH),
      numbers: [
        withPublished("dimension of the images", view.dataDimension, imageDimension(data)),
        ...large.map((bottleneck) =>
          withPublished(
            `l10 at K = ${bottleneck}`,
            view.dimension(bottleneck, "l10"),
            publishedDimension(published(data, bottleneck), "l10")?.value,
          ),
        ),
        ...(ratios.length > 0 ? [claimNumber("greatest, over that of the images", maxPlace(ratios))] : []),
        ...(growth === undefined ? [] : [{ label: "power of K by which it grows", value: growth }]),
      ],
    };
  },
});

function imageDimension(data: DataName): number | undefined {
  return publishedDimension(published(data, 2), "l0")?.value;
}

export const HUMP_STATEMENTS: readonly StatementOf[] = [
  encoderHump,
  (data) => decoderIsK(data, 0.25, 0.1, "far below that of the images"),
  (data) => decoderIsK(data, 1, 1 / 3, "below that of the images, though less exactly as K comes near"),
  secondHump,
  outputSaturates,
];
