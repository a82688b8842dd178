import type { Span } from "../numbers/scales.js";

/** Pixels around the marks of a chart, for numbers and titles. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the horizontal axis goes, and the vertical one, from the bottom up. */
export function spansOf(width: number, height: number, { left, right, top, bottom }: Margins) {
  const across: Span = { from: left, to: Math.max(left + 1, width - right) };
  const up: Span = { from: height - bottom, to: Math.min(top, height - bottom - 1) };
  return { across, up };
}
