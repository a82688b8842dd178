import type { PaperFigure } from "./paper-figure.js";

/** Figures in the order of their paper: by number, those of an appendix behind the others. */
export function inPaperOrder(figures: readonly PaperFigure[]): PaperFigure[] {
  return [...figures].sort((a, b) => {
    const inAppendix = Number(typeof a.number === "string") - Number(typeof b.number === "string");
    return inAppendix || String(a.number).localeCompare(String(b.number), "en", { numeric: true });
  });
}
