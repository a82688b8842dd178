import { BLUE_WHITE_RED, type ColourStops, colourAt, type Rgb, toHex } from "./colour-map.js";
import { finiteExtent } from "./plane.js";

/** Least and greatest value that a colour scale shows. */
export type Limits = readonly [least: number, greatest: number];

/** A colour for every value, in the two forms a heat map needs: for our own pixels and for a Vega scale. */
export interface ColourScale {
  readonly limits: Limits;
  readonly colourOf: (value: number) => Rgb;
  /** The same colours as a Vega-Lite scale. */
  readonly vega: { readonly domain: number[]; readonly range: string[]; readonly interpolate: "rgb" };
}

/** Equal steps of `stops` from the least to the greatest value. */
export function sequentialScale(limits: Limits, stops: ColourStops): ColourScale {
  const [least, greatest] = limits;
  const at = colourAt(stops);
  const step = (greatest - least) / (stops.length - 1);
  return {
    limits,
    colourOf: (value) => at((value - least) / (greatest - least)),
    vega: { domain: stops.map((_, k) => least + k * step), range: [...stops], interpolate: "rgb" },
  };
}

/**
 * Blue, white at zero, red, with equal strength at equal distance from zero: the side that reaches less far stays
 * paler (what seaborn's `heatmap(center=0, cmap="bwr")` draws).
 */
export function divergingScale(limits: Limits): ColourScale {
  const [least, greatest] = limits;
  const reach = Math.max(Math.abs(least), Math.abs(greatest));
  const at = colourAt(BLUE_WHITE_RED);
  const colourOf = (value: number) => at((value + reach) / (2 * reach));
  const domain = [least, 0, greatest];
  const range = domain.map((value) => toHex(colourOf(value)));
  return { limits, colourOf, vega: { domain, range, interpolate: "rgb" } };
}

const DISTORTION_MARGIN = 0.5;

/**
 * Limits of distortion matrices: half a unit beyond the values and beyond zero on either side.
 * Several matrices give limits in common. Source: the heat-map settings of "The geometry of efficient codes".
 */
export function distortionLimits(matrices: readonly ArrayLike<number>[]): Limits {
  let limits: Limits = [0, 0];
  for (const matrix of matrices) {
    const [least, greatest] = finiteExtent(Array.from(matrix)) ?? [0, 0];
    limits = [Math.min(limits[0], least), Math.max(limits[1], greatest)];
  }
  return [limits[0] - DISTORTION_MARGIN, limits[1] + DISTORTION_MARGIN];
}
