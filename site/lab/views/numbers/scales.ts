/** From numbers to pixels and back, with ticks. */
import { nice, tickStep, ticks } from "d3-array";
import { fixed, threeDigits } from "./format.js";

export interface Tick {
  readonly value: number;
  readonly text: string;
}

export interface Scale {
  readonly domain: readonly [low: number, high: number];
  readonly toPixel: (value: number) => number;
  readonly fromPixel: (pixel: number) => number;
  readonly ticks: readonly Tick[];
}

/** Where a scale is drawn, in pixels: the low end of the domain at `from`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Pixels between ticks. */
const TICK_GAP = { across: 64, up: 34 };

/** About as many ticks as have room. */
export function tickCount({ from, to }: Span, direction: keyof typeof TICK_GAP): number {
  return Math.max(2, Math.floor(Math.abs(to - from) / TICK_GAP[direction]));
}

/** @param rounded Ends of the domain at ticks. */
export function linearScale(
  domain: readonly [number, number],
  span: Span,
  count: number,
  rounded = false,
): Scale {
  const [low, wanted] = rounded ? nice(domain[0], domain[1], count) : domain;
  const high = wanted > low ? wanted : low + 1;
  const digits = Math.max(0, -Math.floor(Math.log10(tickStep(low, high, count))));
  const pixels = (span.to - span.from) / (high - low);
  return {
    domain: [low, high],
    toPixel: (value) => span.from + (value - low) * pixels,
    fromPixel: (pixel) => low + (pixel - span.from) / pixels,
    ticks: ticks(low, high, count).map((value) => ({ value, text: fixed(value, digits) })),
  };
}

/** Both ends above 0; a value at or below 0 is drawn at the low end. */
export function logarithmicScale(domain: readonly [number, number], span: Span, count: number): Scale {
  const low = domain[0];
  const high = domain[1] > low ? domain[1] : low * 10;
  const decades = Math.log(high / low);
  const pixels = (span.to - span.from) / decades;
  const values = logarithmicTicks(low, high, count);
  return {
    domain: [low, high],
    toPixel: (value) => span.from + Math.log(Math.max(value, low) / low) * pixels,
    fromPixel: (pixel) => low * Math.exp((pixel - span.from) / pixels),
    ticks: values.map((value) => ({ value, text: threeDigits(value) })),
  };
}

/** Powers of 10; with 2 and 5 times these where there is room, and in a narrow domain round numbers of any kind. */
function logarithmicTicks(low: number, high: number, count: number): number[] {
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const times = (factors: readonly number[]) =>
    Array.from({ length: to - from + 1 }, (_, k) => factors.map((factor) => factor * 10 ** (from + k)))
      .flat()
      .map((value) => Number(value.toPrecision(1)))
      .filter((value) => value >= low && value <= high);
  const dense = times([1, 2, 5]);
  if (dense.length < 2) return ticks(low, high, count);
  const powers = times([1]);
  if (dense.length <= count + 2) return dense;
  const every = Math.ceil(powers.length / count);
  return powers.length < 2 ? dense : powers.filter((_, k) => k % every === 0);
}
