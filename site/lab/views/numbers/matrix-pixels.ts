/** A matrix of signed numbers as pixels: blue below 0, red above, and the colour of the page's middle at 0. */
import { type ColourStops, colourAt, toHex } from "../../../../src/figures/parts/colour-map.js";

/** Ends of equal strength, whose colours people who do not distinguish red and green see as blue and brown. */
const STOPS: Readonly<Record<"light" | "dark", ColourStops>> = {
  light: ["#15478f", "#3f7fc1", "#a9cbe6", "#f7f7f5", "#f3b79a", "#d4573f", "#8d1324"],
  dark: ["#8fc7ff", "#3f86d6", "#27476b", "#23282e", "#6b3026", "#dd5a3c", "#ffb08f"],
};

const stopsOf = (isDark: boolean) => STOPS[isDark ? "dark" : "light"];

/** Of many values, this share has a colour of its own; a few extreme ones would leave all others pale. */
const SHARE = 0.98;
const MANY = 200;
const SMALLEST_LIMIT = 0.1;

/**
 * A limit for the colours: the magnitude that nearly all values are within (of few values, all), rounded up to a number with one
 * digit, so that it does not change with each frame; at least 0.1.
 */
export function symmetricLimit(values: Float32Array): number {
  const magnitudes = values.filter(Number.isFinite).map(Math.abs).sort();
  const last = magnitudes.length - 1;
  const reach = magnitudes[magnitudes.length > MANY ? Math.round(last * SHARE) : last] ?? 0;
  const limit = Math.max(reach, SMALLEST_LIMIT);
  const unit = 10 ** Math.floor(Math.log10(limit));
  return Number((Math.ceil(limit / unit - 1e-6) * unit).toPrecision(2));
}

/** CSS colour of a value between -limit and limit; grey for NaN. */
export function divergingColour(value: number, limit: number, isDark: boolean): string {
  return toHex(colourAt(stopsOf(isDark))((value + limit) / (2 * limit)));
}

/** RGBA of every value, row by row; NaN is transparent. */
export function matrixPixels(
  values: Float32Array,
  limit: number,
  isDark: boolean,
): Uint8ClampedArray<ArrayBuffer> {
  // A table instead of a computation for each of tens of thousands of pixels.
  const steps = 512;
  const at = colourAt(stopsOf(isDark));
  const table = Array.from({ length: steps + 1 }, (_, k) => at(k / steps));
  const pixels = new Uint8ClampedArray(new ArrayBuffer(4 * values.length));
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (Number.isNaN(value)) continue;
    const share = Math.min(1, Math.max(0, (value + limit) / (2 * limit)));
    const [red, green, blue] = table[Math.round(share * steps)];
    pixels[4 * k] = red;
    pixels[4 * k + 1] = green;
    pixels[4 * k + 2] = blue;
    pixels[4 * k + 3] = 255;
  }
  return pixels;
}

/** CSS gradient of the scale, from -limit to limit. */
export const divergingGradient = (isDark: boolean) =>
  `linear-gradient(to right, ${stopsOf(isDark).join(", ")})`;
