import { BLUE_WHITE_RED, type ColourStops, colourAt, type Rgb, toHex } from "./colour-map.js";
import { finiteExtent } from "./plane.js";

/** Minimum and maximum that a colour scale shows. */
export type Limits = readonly [low: number, high: number];

/** A colour for every value, in the two forms a heat map needs: for our own pixels and for a Vega scale. */
export interface ColourScale {
  readonly limits: Limits;
  readonly colourOf: (value: number) => Rgb;
  /** The same colours as a Vega-Lite scale. */
  readonly vega: { readonly domain: number[]; readonly range: string[]; readonly interpolate: "rgb" };
}

/** Equal steps of `stops` from the minimum to the maximum value. */
export function sequentialScale(limits: Limits, stops: ColourStops): ColourScale {
  const [low, high] = limits;
  const at = colourAt(stops);
  const step = (high - low) / (stops.length - 1);
  return {
    limits,
    colourOf: (value) => at((value - low) / (high - low)),
    vega: { domain: stops.map((_, k) => low + k * step), range: [...stops], interpolate: "rgb" },
  };
}

/**
 * Blue, white at zero, red, with equal strength at equal distance from zero: the side that reaches less far stays
 * paler (what seaborn's `heatmap(center=0, cmap="bwr")` draws).
 */
export function divergingScale(limits: Limits): ColourScale {
  const [low, high] = limits;
  const reach = Math.max(Math.abs(low), Math.abs(high));
  const at = colourAt(BLUE_WHITE_RED);
  const colourOf = (value: number) => at((value + reach) / (2 * reach));
  const domain = [low, 0, high];
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
    const [low, high] = finiteExtent(Array.from(matrix)) ?? [0, 0];
    limits = [Math.min(limits[0], low), Math.max(limits[1], high)];
  }
  return [limits[0] - DISTORTION_MARGIN, limits[1] + DISTORTION_MARGIN];
}
