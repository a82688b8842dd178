/** (i) and (ii): what the intrinsic dimension does from layer to layer (Figures 1 left, 3 and A3). */
import type { CheckedStatement, ClaimNumber } from "../../../reproduction/statements/claim.js";
import { claimNumber, maxBy, maxPlace, withPublished } from "../../../reproduction/statements/numbers.js";
import { type LayerName, layersBetween } from "../networks.js";
import type { DimensionView } from "./view.js";

const ENCODER = layersBetween("l1", "l3");
const DECODER = layersBetween("l6", "l10");
const INNER_DECODER = layersBetween("l6", "l9");

/** The layer of some with the maximum dimension, and that dimension. */
function peak(view: DimensionView, bottleneck: number, layers: readonly LayerName[]) {
  const places = layers.map((layer) => ({ layer, value: view.dimension(bottleneck, layer) }));
  return maxBy(places, ({ value }) => value)!;
}

/** The maximum dimension of some layers; NaN where that of one is not known. */
const maximum = (bottleneck: number, layers: readonly LayerName[]) => (view: DimensionView) =>
  Math.max(...layers.map((layer) => view.dimension(bottleneck, layer)));

function ofImages(view: DimensionView): ClaimNumber {
  const published = view.published((one) => one.dimension(2, "l0"));
  return withPublished("dimension of the images", view.dataDimension, published);
}

function ofOutput(view: DimensionView, label: string, bottleneck: number): ClaimNumber {
  return view.compared(`${label} at K = ${bottleneck}`, (one) => one.dimension(bottleneck, "l10"));
}

/** A tenth, where K is at most a quarter of the images' dimension; a third up to that dimension. */
function decoderIsK(times: number, share: number, words: string): CheckedStatement<DimensionView> {
  return {
    id: `decoder-dimension-${times < 1 ? "small-k" : "k"}`,
    statement: `the decoder keeps to the dimension of the code where K is ${words}.`,
    rule: `At the last epoch, at every K below ${times < 1 ? `1/${1 / times} of ` : ""}the images' dimension, the dimensions of l6 to l10 lie within ${share === 0.1 ? "a tenth" : "a third"} of K${times < 1 ? "" : " (the published ones reach 1.30 times K, at K = 8)"}.`,
    check: (view) => {
      const all = view.below(times);
      const places = all.flatMap((bottleneck) =>
        DECODER.map((layer) => ({
          where: `${layer} at K = ${bottleneck}`,
          value: view.dimension(bottleneck, layer) / bottleneck,
        })),
      );
      const worst = maxBy(places, ({ value }) => Math.abs(value - 1));
      return {
        holds: places.every(({ value }) => Math.abs(value - 1) <= share),
        numbers: [
          ...all.map((bottleneck) => ofOutput(view, "dimension of l10", bottleneck)),
          ...(worst ? [claimNumber("furthest, as a multiple of K", worst)] : []),
        ],
      };
    },
  };
}

const MAXIMUM_GROWTH = 0.25;

export const HUMP_STATEMENTS: readonly CheckedStatement<DimensionView>[] = [
  {
    id: "encoder-hump",
    statement:
      "where the code has fewer dimensions than the images, their dimension rises and falls once, within the encoder.",
    rule: "At the last epoch, at every K below the images' dimension (that of l0), the maximum dimension of l1 to l3 is above those of l0 and of l4, and for more than half of these K it is that of l2 or l3.",
    check: (view) => {
      const peaks = view.below(1).map((bottleneck) => ({
        bottleneck,
        ...peak(view, bottleneck, ENCODER),
        others: maximum(bottleneck, ["l0", "l4"])(view),
      }));
      const inside = peaks.filter(({ layer }) => layer !== "l1").length;
      return {
        holds: peaks.every(({ value, others }) => value > others) && inside > peaks.length / 2,
        numbers: [
          ofImages(view),
          ...peaks.map(({ bottleneck, layer }) =>
            view.compared(`maximum at K = ${bottleneck} (${layer})`, maximum(bottleneck, ENCODER)),
          ),
        ],
      };
    },
  },
  decoderIsK(0.25, 0.1, "far below that of the images"),
  decoderIsK(1, 1 / 3, "below that of the images, though less exactly as K comes near"),
  {
    id: "decoder-hump",
    statement: "where the code has more dimensions than the images, there is a second hump in the decoder.",
    rule: "At the last epoch, at every K above the images' dimension, the maximum dimension of l6 to l9 is above those of l5 and of l10 by more than its standard error (the dimension over the root of the number of points), and for more than half of these K it is that of l7 or l8.",
    check: (view) => {
      const peaks = view.above(1).map((bottleneck) => ({
        bottleneck,
        ...peak(view, bottleneck, INNER_DECODER),
        outer: maximum(bottleneck, ["l5", "l10"]),
      }));
      const inside = peaks.filter(({ layer }) => layer === "l7" || layer === "l8").length;
      return {
        holds:
          peaks.every(({ value, outer }) => value - value / Math.sqrt(view.points) > outer(view)) &&
          inside > peaks.length / 2,
        numbers: peaks.flatMap(({ bottleneck, layer, outer }) => [
          view.compared(`maximum at K = ${bottleneck} (${layer})`, maximum(bottleneck, INNER_DECODER)),
          view.compared(`maximum of l5 and l10 at K = ${bottleneck}`, outer),
        ]),
      };
    },
  },
  {
    id: "output-dimension-saturates",
    statement: "the dimension of the reconstructions stops growing with K, near that of the images.",
    rule: "At the last epoch, at every K above twice the images' dimension, the dimension of l10 lies between half and one and a half times that of the images; and where two or more K lie above the images' dimension, from the minimum to the maximum of them it grows by less than the fourth root of what K does.",
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
          (growth === undefined || growth < MAXIMUM_GROWTH),
        numbers: [
          ofImages(view),
          ...large.map((bottleneck) => ofOutput(view, "l10", bottleneck)),
          ...(ratios.length > 0 ? [claimNumber("maximum, over that of the images", maxPlace(ratios))] : []),
          ...(growth === undefined ? [] : [{ label: "power of K by which it grows", value: growth }]),
        ],
      };
    },
  },
];
