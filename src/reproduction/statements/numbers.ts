import type { ClaimNumber, Finding } from "./claim.js";

/** A number of one of many places, such as a model at a capacity. */
export interface Place {
  readonly where: string;
  readonly value: number;
}

/** The place with the minimum. */
export function minPlace(places: readonly Place[]): Place {
  return maxBy(places, ({ value }) => -value)!;
}

/** The place with the maximum. */
export function maxPlace(places: readonly Place[]): Place {
  return maxBy(places, ({ value }) => value)!;
}

/** The first item with the maximum of a quantity; undefined without items. */
export function maxBy<Item>(items: readonly Item[], of: (item: Item) => number): Item | undefined {
  return items.reduce<Item | undefined>(
    (best, item) => (best !== undefined && of(best) >= of(item) ? best : item),
    undefined,
  );
}

/** A place's number with what it is and where. */
export function claimNumber(what: string, { where, value }: Place, unit?: string): ClaimNumber {
  return { label: `${what} (${where})`, value, ...(unit === undefined ? {} : { unit }) };
}

/** How a capacity is written. */
export function nats(capacityNats: number): string {
  return `${capacityNats} ${capacityNats === 1 ? "nat" : "nats"}`;
}

/** A number with the published one, if there is one. */
export function withPublished(
  label: string,
  value: number,
  published: number | undefined,
  unit?: string,
): ClaimNumber {
  return {
    label,
    value,
    ...(published === undefined ? {} : { published }),
    ...(unit === undefined ? {} : { unit }),
  };
}

/** Holds where each number is above the one before. */
export function rising(...numbers: readonly ClaimNumber[]): Finding {
  return { holds: numbers.every(({ value }, k) => k === 0 || value > numbers[k - 1]!.value), numbers };
}

/** Holds where each number is below the one before. */
export function falling(...numbers: readonly ClaimNumber[]): Finding {
  return { ...rising(...numbers.toReversed()), numbers };
}
