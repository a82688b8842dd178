import type { Rgb } from "../../../../src/figures/parts/colour-map.js";

/**
 * A colour of OKLab, in which equal steps look equal, as sRGB from 0 to 255; what sRGB does not have is clipped.
 * Source: CSS Color 4, section 10 (conversion of OKLab to linear sRGB), and section 10.2 (transfer function).
 * @param lightness 0 black to 1 white.
 * @param a Green (below 0) to red.
 * @param b Blue (below 0) to yellow.
 */
export function oklab(lightness: number, a: number, b: number): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const encoded = (linear: number) => {
    const light = Math.min(Math.max(linear, 0), 1);
    return 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
  };
  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
