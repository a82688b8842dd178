/** Where a network loses what its next layer knows, and where it spreads it, as in Figure 1 (right) of "Understanding Variational Autoencoders with Intrinsic Dimension and Information Imbalance". */
import type { FigureSpec } from "./figure.js";
import { type CurveFigureOptions, curvePlane, seriesColour } from "./parts/curve-marks.js";
import { type CurveRow, curveFigure, curveRows, curveTable } from "./parts/curves.js";
import { type LayerProfile, layerAxis, profileCurves } from "./parts/layer-axis.js";
import { sizeOf, text, unit } from "./parts/plane.js";
import { STYLE } from "./theme.js";

/** Layers, and the relative difference of the two imbalances from each to the next, without a unit. */
export interface RelativeImbalanceData {
  /** Names of the layers, from the input to the output. */
  readonly layers: readonly string[];
  /**
   * For each step from a layer l to the next (one fewer than layers) the difference of the two imbalances over their mean:
   * r = (Δ(l→l+1) − Δ(l+1→l)) / ((Δ(l→l+1) + Δ(l+1→l)) / 2), from −2 to 2.
   */
  readonly profiles: readonly LayerProfile[];
}

/** How the figure of relative imbalances is drawn: as any figure of curves. */
export type RelativeImbalanceOptions = CurveFigureOptions;

/** r cannot lie beyond. */
const MAXIMUM = 2;
const MINIMUM_REACH = 0.5;
const HEIGHT_SHARE = 1.12;

/**
 * r between each layer and the next. Above 0 the next layer predicts this one better than this one predicts
 * the next: what there is is spread out (expansion); below 0 some of it is lost (compression).
 * @param data layers, and a profile for each curve.
 * @param options how it is drawn.
 * @throws UserError when there is nothing to draw, two profiles have one name, a profile is not one shorter
 * than there are layers, or a value is not finite.
 */
export function relativeImbalance(
  { layers, profiles }: RelativeImbalanceData,
  options: RelativeImbalanceOptions = {},
): FigureSpec {
  const placeOf = (x: number) => `${layers[x]}→${layers[x + 1]}`;
  const name = "relative-imbalance";
  const curves = profileCurves(profiles, layers.length - 1, { figure: name, places: "steps between layers" });
  const rows = curveRows(name, curves, options, { placeOf, reach: 1 });
  const reach = reachOf(rows);
  // Each step stands between its two layers.
  const between = rows.map((row) => ({ ...row, x: row.x + 0.5 }));
  const { layer, ...axes } = curvePlane(between, {
    x: layerAxis(layers),
    y: { title: "relative imbalance r", domain: [-reach, reach] },
    color: seriesColour(rows, options),
    size: sizeOf(options),
  });
  const side = (words: string, value: number) =>
    text(
      [{ value, text: words }],
      {
        style: STYLE.annotation,
        align: "left",
        baseline: value > 0 ? "top" : "bottom",
        dy: value > 0 ? 4 : -4,
      },
      { x: { value: 6 } },
    );
  const zero = unit(
    [{ value: 0 }],
    { type: "rule", style: STYLE.referenceLine },
    { x: { value: 0 }, x2: { value: "width" } },
  );
  return curveFigure(
    name,
    options,
    {
      rows,
      title: "Expansion and compression",
      caption: [
        "From each layer to the next, the difference of the two information imbalances over their mean: above 0 the next layer predicts this one better than this one predicts the next (expansion), below 0 worse (compression).",
      ],
    },
    { ...axes, layer: [...zero, ...side("expansion", reach), ...side("compression", -reach), ...layer] },
    curveTable(
      rows,
      { curve: options.legendTitle ?? "profile", place: "step", quantity: "relativeImbalance" },
      placeOf,
    ),
  );
}

/** As far to either side of 0 as the values and the bars need, and no further than r can lie. */
function reachOf(rows: readonly CurveRow[]): number {
  const furthest = Math.max(...rows.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  return HEIGHT_SHARE * Math.max(MINIMUM_REACH, Math.min(MAXIMUM, furthest));
}
