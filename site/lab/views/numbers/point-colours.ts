/** Colours of stimuli by their positions or by the classes of a task; all can be distinguished without red and green. */
import { colourAt, manyColours, toHex, VIRIDIS } from "../../../../src/figures/parts/colour-map.js";
import { CATEGORY_COLOURS } from "../../../../src/figures/theme.js";
import type { Stimuli } from "../../core/contract.js";
import type { Cells } from "./cells.js";
import { oklab } from "./oklab.js";

/** What the colour of a point says. */
export type ColourBy = "both" | "xU" | "xL" | "class";

/** The classes that a task makes of the stimuli. */
export interface StimulusClasses {
  readonly names: readonly string[];
  /** [stimuli]: index into the names. */
  readonly of: ArrayLike<number>;
}

export interface Colouring {
  readonly by: ColourBy;
  readonly palette: readonly string[];
  /** [stimuli]: index into the palette. */
  readonly indexOf: Uint16Array;
}

/** Ends of viridis that are too near the page are left out. */
const VIRIDIS_SPAN = { light: [0, 0.82], dark: [0.22, 1] } as const;

/**
 * Colours of every stimulus. Without a task, `class` colours by both positions.
 * @param isDark Whether the page is dark: no colour is near that of the page.
 */
export function colouringOf(
  by: ColourBy,
  stimuli: Pick<Stimuli, "xU" | "xL">,
  { side, cellOf }: Pick<Cells, "side" | "cellOf">,
  classes: StimulusClasses | undefined,
  isDark: boolean,
): Colouring {
  switch (by) {
    case "xU":
    case "xL":
      return { by, palette: positionColours(side, isDark), indexOf: Uint16Array.from(stimuli[by]) };
    case "class":
      if (classes === undefined) break;
      return { by, palette: classColours(classes.names.length), indexOf: Uint16Array.from(classes.of) };
  }
  return { by: "both", palette: pairColours(side), indexOf: cellOf };
}

/** One colour for each column of a corridor, from dark violet over green to yellow. */
export function positionColours(side: number, isDark: boolean): string[] {
  const at = colourAt(VIRIDIS);
  const [low, high] = VIRIDIS_SPAN[isDark ? "dark" : "light"];
  return Array.from({ length: side }, (_, k) => toHex(at(low + ((high - low) * k) / Math.max(1, side - 1))));
}

function classColours(count: number): readonly string[] {
  return count <= CATEGORY_COLOURS.length ? CATEGORY_COLOURS.slice(0, count) : manyColours(count);
}

/** Lightness for xL, dark on the left; blue to orange for xU: the two axes that everybody sees. */
const PAIR = {
  lightness: [0.4, 0.83],
  blue: { a: -0.025, b: -0.16 },
  orange: { a: 0.075, b: 0.135 },
} as const;

/** A colour for each pair of positions, at side * xU + xL. */
export function pairColours(side: number): string[] {
  const last = Math.max(1, side - 1);
  const between = (from: number, to: number, share: number) => from + (to - from) * share;
  return Array.from({ length: side * side }, (_, cell) => {
    const [u, l] = [Math.floor(cell / side) / last, (cell % side) / last];
    const lightness = between(PAIR.lightness[0], PAIR.lightness[1], l);
    // Dark orange and light blue do not exist as strong as light orange and dark blue.
    const strength = u < 0.5 ? between(1, 0.62, l) : between(0.66, 1, l);
    const a = between(PAIR.blue.a, PAIR.orange.a, u) * strength;
    const b = between(PAIR.blue.b, PAIR.orange.b, u) * strength;
    return toHex(oklab(lightness, a, b));
  });
}
