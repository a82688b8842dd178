/** Where a network loses what its next layer knows, and where it spreads it, as in Figure 1 (right) of "Understanding Variational Autoencoders with Intrinsic Dimension and Information Imbalance". */
import type { FigureSpec } from "./figure.js";
import { type CurveFigureOptions, curveColour, curvePlane } from "./parts/curve-plane.js";
import { type CurveRow, curveRows, curvesCaption, curveTable } from "./parts/curves.js";
import { type LayerProfile, layerAxis, profileCurves } from "./parts/layer-axis.js";
import type { UnitSpec } from "./parts/vega-types.js";
import { STYLE } from "./theme.js";

export interface RelativeImbalanceData {
  /** Names of the layers, from the input to the output. */
  readonly layers: readonly string[];
  /**
   * For each step from a layer l to the next (one fewer than layers) the difference of the two imbalances over their mean:
   * r = (Δ(l→l+1) − Δ(l+1→l)) / ((Δ(l→l+1) + Δ(l+1→l)) / 2), from −2 to 2.
   */
  readonly profiles: readonly LayerProfile[];
}

export type RelativeImbalanceOptions = CurveFigureOptions;

/** Beyond it r cannot lie. */
const MOST = 2;
const LEAST_REACH = 0.5;
const HEIGHT_SHARE = 1.12;

/**
 * r between each layer and the next. Above 0 the next layer knows of this one more than this one of the next: what there is
 * is spread out (expansion); below 0 some of it is lost (compression).
 * @throws UserError when there is nothing to draw, two profiles have one name, a profile is not one shorter than there are
 * layers, or a value is not finite.
 */
export function relativeImbalance(
  data: RelativeImbalanceData,
  options: RelativeImbalanceOptions = {},
): FigureSpec {
  const { layers, profiles } = data;
  const interval = options.interval ?? "confidence";
  const placeOf = (x: number) => `${layers[x]}→${layers[x + 1]}`;
  const figure = "relative-imbalance";
  const curves = profileCurves(profiles, layers.length - 1, { figure, places: "steps between layers" });
  const rows = curveRows(curves, { figure, placeOf, interval, reach: 1 });
  const reach = reachOf(rows);
  const plane = curvePlane(rows, {
    place: layerAxis(layers, true),
    axis: { title: "relative imbalance r", domain: [-reach, reach] },
    colour: curveColour(rows, options),
  });
  return {
    name: figure,
    title: options.title ?? "Expansion and compression",
    caption:
      options.caption ??
      `From each layer to the next, the difference of the two information imbalances over their mean: above 0 the next layer knows more of this one than this one of the next (expansion), below 0 less (compression). ${curvesCaption(rows, interval)}`.trim(),
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      ...plane,
      layer: [zeroLine(), side("expansion", reach), side("compression", -reach), ...plane.layer],
    },
    table: curveTable(
      rows,
      { curve: options.legendTitle ?? "profile", place: "step", quantity: "relativeImbalance" },
      placeOf,
    ),
  };
}

/** As far to either side of 0 as the values and the bars need, and no further than r can lie. */
function reachOf(rows: readonly CurveRow[]): number {
  const furthest = Math.max(...rows.map(({ value }) => Math.abs(value)));
  const bars = Math.max(...rows.flatMap(({ least, greatest }) => [Math.abs(least), Math.abs(greatest)]));
  return HEIGHT_SHARE * Math.max(LEAST_REACH, Math.min(MOST, bars, 1.5 * furthest), Math.min(MOST, furthest));
}

function zeroLine(): UnitSpec {
  return {
    data: { values: [{ value: 0 }] },
    mark: { type: "rule", style: STYLE.referenceLine },
    encoding: { x: { value: 0 }, x2: { value: "width" } },
  };
}

/** What a side of 0 stands for, in its corner. */
function side(name: string, value: number): UnitSpec {
  return {
    data: { values: [{ value, name }] },
    mark: {
      type: "text",
      style: STYLE.annotation,
      align: "left",
      baseline: value > 0 ? "top" : "bottom",
      dy: value > 0 ? 4 : -4,
    },
    encoding: { x: { value: 6 }, text: { field: "name" } },
  };
}
