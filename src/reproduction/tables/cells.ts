/** How numbers are written in the tables of the reproduction. */
import { mean, spread, studentInterval } from "../../statistics.js";

/** A number, or a text, of a table. */
export type Cell = string | number;

/** What stands where there is no number. */
export const NOTHING = "-";

/** A number with a number of decimals, and a minus sign; words for what is not a number. */
export function decimals(value: number, count: number): string {
  if (Number.isNaN(value)) return "undefined";
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : "-infinite";
  return value.toFixed(count).replace(/^-(0(\.0*)?)$/, "$1");
}

/** A difference, with its sign. */
export function signed(value: number, count: number): string {
  const text = decimals(value, count);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A number of any size: whole ones as they are, others in 3 significant digits. */
export function brief(value: number): string {
  if (!Number.isFinite(value)) return decimals(value, 0);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}

/** The mean over seeds, and from two seeds on their standard deviation behind it. */
export function overSeeds(values: readonly number[], count: number): string {
  if (values.length === 0) return NOTHING;
  const deviation = spread(values);
  return `${decimals(mean(values), count)}${deviation === null ? "" : ` ± ${decimals(deviation, count)}`}`;
}

const CONFIDENCE = 0.95;

/** Student's 95 % interval of the mean over seeds, `0.0730 to 0.0741`; nothing for fewer than two. */
export function intervalText(values: readonly number[], count: number): string {
  const interval = studentInterval(values, CONFIDENCE);
  return interval === null ? NOTHING : interval.map((end) => decimals(end, count)).join(" to ");
}

/** Whether a published value lies in that interval, and if not how far from it; nothing where there is no interval or no value. */
export function besideInterval(
  values: readonly number[],
  published: number | null | undefined,
  count: number,
): string {
  const interval = studentInterval(values, CONFIDENCE);
  if (interval === null || published === null || published === undefined) return NOTHING;
  const [low, high] = interval;
  const beyond = published < low ? published - low : published > high ? published - high : 0;
  return beyond === 0 ? "inside" : `outside by ${signed(beyond, count)}`;
}

/** The numbers that are there. */
export function present<T>(items: readonly T[], of: (item: T) => number | null): number[] {
  return items.flatMap((item) => of(item) ?? []);
}

/** Results of the same place, whatever the seed, in the order in which places come. */
export function bySeed<T>(items: readonly T[], placeOf: (item: T) => string): T[][] {
  const places = new Map<string, T[]>();
  for (const item of items) {
    const place = places.get(placeOf(item)) ?? [];
    places.set(placeOf(item), [...place, item]);
  }
  return [...places.values()];
}
