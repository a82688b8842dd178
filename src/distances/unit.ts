import type { CentredRows } from "./centred.js";

/** A distance of the rows as given, as a squared distance in the unit of the centred ones. */
export function inUnit({ scale }: CentredRows, distance: number): number {
  return (distance * scale) ** 2;
}
