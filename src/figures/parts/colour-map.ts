/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Colours at equal steps, blended linearly in sRGB between them (as Vega's linear colour ranges are). */
export type ColourStops = readonly string[];

/** matplotlib's `bwr`: blue, white, red. */
export const BLUE_WHITE_RED: ColourStops = ["#0000ff", "#ffffff", "#ff0000"];

/** matplotlib's `viridis` at 17 equal steps. */
export const VIRIDIS: ColourStops = `
  #440154 #48196b #472d7b #424086 #3b528b #34638d #2c728e #27828e #21918d #1f9f88 #28ae80
  #3ebc74 #5dc963 #82d34c #abdc32 #d5e21b #fde725
`
  .trim()
  .split(/\s+/);

/** For signed quantities drawn as points: no step is near white or near black, so it reads on either page. */
export const BLUE_SAND_RED: ColourStops = ["#2c5f9e", "#4fa0b5", "#b9b184", "#e08d4f", "#b63a3f"];

/** For curves in an order, such as that of a size: no step is near white or near black, and none pale. */
export const TEAL_TO_AMBER: ColourStops = ["#2b9aa6", "#3f6fb5", "#8b5bb0", "#cf5077", "#dd8a33"];

function parseHex(colour: string): Rgb {
  const number = Number.parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** `#rrggbb` of a colour. */
export function toHex(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

const MISSING: Rgb = [150, 150, 150];

/** A function from a position in [0, 1] (clamped) to its colour; grey for NaN. */
export function colourAt(stops: ColourStops): (position: number) => Rgb {
  const colours = stops.map(parseHex);
  const last = colours.length - 1;
  return (position) => {
    if (Number.isNaN(position)) return MISSING;
    const place = Math.min(Math.max(position, 0), 1) * last;
    const lower = Math.min(Math.floor(place), last - 1);
    const share = place - lower;
    const [from, to] = [colours[lower], colours[lower + 1]];
    return [0, 1, 2].map((part) => from[part] + share * (to[part] - from[part])) as unknown as Rgb;
  };
}

/** Relative luminance of sRGB, 0 (black) to 1 (white); WCAG 2, definition of relative luminance. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Black or white, whichever contrasts more (WCAG 2 contrast ratio) with the colour it is written on. */
export function readableOn(colour: Rgb): string {
  return luminance(colour) > 0.179 ? "#000000" : "#ffffff";
}

/**
 * `count` colours for classes beyond a named palette: once around the circle of hues, with lightness changing at
 * every step, so that neighbours have similar hues and can still be distinguished.
 */
export function manyColours(count: number): string[] {
  const lightnesses = [0.42, 0.66, 0.3];
  return Array.from({ length: count }, (_, k) => {
    const hue = (210 + (360 * k) / count) % 360;
    return toHex(fromHsl(hue, 0.55, lightnesses[k % lightnesses.length]));
  });
}

/**
 * Colours for classes that are pairs, the first part as hue and the second as lightness: pair (i, j) stands at
 * `i * seconds + j`.
 */
export function pairColours(firsts: number, seconds: number): string[] {
  const [darkest, lightest] = [0.27, 0.74];
  return Array.from({ length: firsts * seconds }, (_, k) => {
    const [first, second] = [Math.floor(k / seconds), k % seconds];
    const share = seconds > 1 ? second / (seconds - 1) : 0.5;
    return toHex(fromHsl((215 + (360 * first) / firsts) % 360, 0.62, darkest + share * (lightest - darkest)));
  });
}

/** CSS Color 4, section 7.1: hue in degrees, saturation and lightness in [0, 1]. */
function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    return 255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}
