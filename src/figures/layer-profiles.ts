/** A quantity followed through the layers of a network, as in Figures 1 and 3 of "Understanding Variational Autoencoders with Intrinsic Dimension and Information Imbalance". */
import type { FigureSpec } from "./figure.js";
import { requireFinite } from "./figure.js";
import { curveColour, curvePlane, type Level, type QuantityFigureOptions } from "./parts/curve-plane.js";
import { curveRows, curvesCaption, curveTable } from "./parts/curves.js";
import { type LayerProfile, layerAxis, profileCurves } from "./parts/layer-axis.js";

export interface LayerProfilesData {
  /** Names of the layers, from the input to the output. */
  readonly layers: readonly string[];
  readonly profiles: readonly LayerProfile[];
}

export interface LayerProfilesOptions extends QuantityFigureOptions {
  /** Dashed lines across, such as the dimension of the data. */
  readonly levels?: readonly Level[];
}

/**
 * One line for each profile (a size of the code, an epoch), over the layers: means over seeds with bars, published
 * profiles dashed beside in the same colour.
 * @throws UserError when there is nothing to draw, two profiles have one name, a profile is not as long as there are
 * layers, or a value is not finite.
 */
export function layerProfiles(data: LayerProfilesData, options: LayerProfilesOptions = {}): FigureSpec {
  const { layers, profiles } = data;
  const interval = options.interval ?? "confidence";
  const placeOf = (x: number) => layers[x]!;
  const levels = options.levels ?? [];
  requireFinite([0, ...levels.map(({ value }) => value)], "layer-profiles, levels");
  const curves = profileCurves(profiles, layers.length, { figure: "layer-profiles", places: "layers" });
  const rows = curveRows(curves, { figure: "layer-profiles", placeOf, interval, reach: 1 });
  const quantity = options.quantity ?? "value";
  return {
    name: "layer-profiles",
    title: options.title ?? "Layer by layer",
    caption:
      options.caption ??
      `From the input to the output of the network, layer by layer: ${quantity}. ${curvesCaption(rows, interval)}`.trim(),
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      ...curvePlane(rows, {
        place: layerAxis(layers),
        axis: {
          title: quantity,
          log: options.log ?? false,
          ...(options.domain ? { domain: options.domain } : {}),
        },
        colour: curveColour(rows, options),
        levels,
      }),
    },
    table: curveTable(
      rows,
      {
        curve: options.legendTitle ?? "profile",
        place: "layer",
        quantity: options.column ?? "value",
      },
      placeOf,
    ),
  };
}
