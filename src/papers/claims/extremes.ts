import type { ClaimNumber } from "./claim.js";

/** A number of one of many places, such as a model at a capacity. */
export interface Place {
  readonly where: string;
  readonly value: number;
}

/** The place with the minimum. */
export function minPlace(places: readonly Place[]): Place {
  return places.reduce((best, place) => (place.value < best.value ? place : best));
}

/** The place with the maximum. */
export function maxPlace(places: readonly Place[]): Place {
  return places.reduce((best, place) => (place.value > best.value ? place : best));
}

/** A place's number with what it is and where. */
export function claimNumber(what: string, { where, value }: Place, unit?: string): ClaimNumber {
  return { label: `${what} (${where})`, value, ...(unit === undefined ? {} : { unit }) };
}

/** How a capacity is written. */
export function nats(capacityNats: number): string {
  return `${capacityNats} ${capacityNats === 1 ? "nat" : "nats"}`;
}
