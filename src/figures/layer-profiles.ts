/** A quantity at each layer of a network, as in Figures 1 and 3 of "Understanding Variational Autoencoders with Intrinsic Dimension and Information Imbalance". */
import { type FigureSpec, requireFinite } from "./figure.js";
import { curvePlane, type QuantityFigureOptions, seriesColour } from "./parts/curve-marks.js";
import { curveFigure, curveRows, curveTable, quantityNames } from "./parts/curves.js";
import { type LayerProfile, layerAxis, profileCurves } from "./parts/layer-axis.js";
import { type Level, sizeOf } from "./parts/plane.js";

/** What a figure `layer-profiles` shows, as plain numbers and names. */
export interface LayerProfilesData {
  /** Names of the layers, from the input to the output. */
  readonly layers: readonly string[];
  readonly profiles: readonly LayerProfile[];
}

/** How a figure `layer-profiles` is drawn. */
export interface LayerProfilesOptions extends QuantityFigureOptions {
  /** Dashed lines across, such as the dimension of the data. */
  readonly levels?: readonly Level[];
}

/**
 * One line for each profile (a size of the code, an epoch), over the layers: means over seeds with bars, published
 * profiles dashed in the same colour.
 * @throws UserError when there is nothing to draw, two profiles have one name, a profile is not as long as there are
 * layers, or a value is not finite.
 */
export function layerProfiles(data: LayerProfilesData, options: LayerProfilesOptions = {}): FigureSpec {
  const { layers, profiles } = data;
  const { levels = [], log = false, domain } = options;
  const placeOf = (x: number) => layers[x];
  requireFinite([0, ...levels.map(({ value }) => value)], "layer-profiles, levels");
  const curves = profileCurves(profiles, layers.length, { figure: "layer-profiles", places: "layers" });
  const rows = curveRows("layer-profiles", curves, options, { placeOf, reach: 1 });
  const { quantity, column } = quantityNames(options);
  return curveFigure(
    "layer-profiles",
    options,
    {
      rows,
      title: "Layer by layer",
      caption: [`${quantity} at each layer, from the input to the output of the network.`],
    },
    curvePlane(rows, {
      x: layerAxis(layers),
      y: { title: quantity, log, domain },
      color: seriesColour(rows, options),
      levels,
      size: sizeOf(options),
    }),
    curveTable(rows, { curve: options.legendTitle ?? "profile", place: "layer", quantity: column }, placeOf),
  );
}
