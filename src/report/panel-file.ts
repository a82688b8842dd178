import type { FigureNumber } from "./report.js";

/** A panel's letter as it may stand in a file name or an id. */
export function panelKey(letter: string): string {
  return letter.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

/** Stem of a panel's file, the same in a folder and in a download: `figure-05-a`, `figure-a1-b`. */
export function panelFile(number: FigureNumber, letter: string): string {
  return `figure-${panelKey(String(number).padStart(2, "0"))}-${panelKey(letter)}`;
}
