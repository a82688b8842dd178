/** Numbers as a visitor types them and reads them. */
import type { Limit } from "../../../src/lab/experiment.js";
import type { Ended, PlanePoint } from "../core/contract.js";

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly isWhole?: boolean | undefined;
  readonly unit?: string | undefined;
}

/** The number that a text says, with a comma or a point, or what is wrong with it. */
export function readNumber(
  text: string,
  { min, max, isWhole = false, unit }: NumberRange,
): { readonly value: number } | { readonly problem: string } {
  const value = text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", "."));
  const isGood = value >= min && value <= max && (!isWhole || Number.isInteger(value));
  if (isGood) return { value };
  const kind = isWhole ? "a whole number" : "a number";
  return { problem: `Give ${kind} from ${min} to ${max}${unit ? ` ${unit}` : ""}` };
}

/** A number in a few digits, without zeros at its end: 3, 0.3, 12.5. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(3)));

export const bitsOf = (nats: number): number => nats / Math.LN2;

/** A limit of the rate in a few characters, to mark a point with. */
export const limitInShort = (limit: Limit): string =>
  limit.kind === "capacity" ? `C ${shortNumber(limit.nats)}` : `beta ${shortNumber(limit.beta)}`;

/** How fast a training is; nothing where that is not known. */
export function stepsPerSecondText(stepsPerSecond: number | undefined): string {
  if (stepsPerSecond === undefined) return "";
  return `${stepsPerSecond < 10 ? stepsPerSecond.toFixed(1) : Math.round(stepsPerSecond)} steps/s`;
}

/** Where earlier settings ended, each with its limit to mark it with. */
export const labelledEnds = (
  ended: readonly Ended[],
): { readonly label: string; readonly point: PlanePoint }[] =>
  ended.map(({ experiment: { limit }, point }) => ({ label: limitInShort(limit), point }));
