/** Points of a plane on a page whose both axes have one scale, and the axes that say which. */
import type { NumericArray } from "../../numeric-array.js";
import type { Extent } from "./place-pictures.js";
import { type Axis, finiteExtent } from "./plane.js";

/** Points as they stand on a page. */
export interface MapPage {
  /** Place of point `k`, in pixels from the lower left corner. */
  readonly toPage: (k: number) => { readonly x: number; readonly value: number };
  readonly width: number;
  readonly height: number;
  /** The rectangle around the points, in the middle of the page. */
  readonly inner: Extent;
  readonly axes: readonly [x: Axis, y: Axis];
}

/** How a page is made for points. */
export interface MapScale {
  readonly pixelsPerUnit: number;
  /** Room around the points, in pixels. */
  readonly margin: number;
  /** Smallest page. */
  readonly minimum: Extent;
}

/** What the axes are called; null for one that means nothing, which is not drawn. */
export type AxisTitles = readonly [x: string | null, y: string | null];

/** How far points of [points, 2] reach in the direction in which they reach farther; 1 where they are all one. */
export function longerExtent(points: NumericArray): number {
  return Math.max(...extents(points).map(([low, high]) => high - low)) || 1;
}

/** A page around points [points, 2]. */
export function mapPage(
  points: NumericArray,
  { pixelsPerUnit, margin, minimum }: MapScale,
  titles: AxisTitles,
): MapPage {
  const ends = extents(points);
  const lengths = ends.map(([low, high]) => pixelsPerUnit * (high - low));
  const smallest = [minimum.width, minimum.height];
  const sides = lengths.map((length, axis) => Math.ceil(Math.max(length + 2 * margin, smallest[axis])));
  const middles = ends.map(([low, high]) => (low + high) / 2);
  const place = (value: number, axis: number) => sides[axis] / 2 + pixelsPerUnit * (value - middles[axis]);
  const axes = [0, 1].map((axis): Axis => {
    const half = sides[axis] / (2 * pixelsPerUnit);
    const values = ticksWithin(middles[axis] - half, middles[axis] + half, sides[axis]);
    return {
      title: titles[axis] || null,
      domain: [0, sides[axis]],
      ticks: values.map((value) => place(value, axis)),
      names: values.map(tickText),
      grid: true,
      hidden: titles[axis] === null,
    };
  });
  return {
    toPage: (k) => ({ x: place(points.data[2 * k], 0), value: place(points.data[2 * k + 1], 1) }),
    width: sides[0],
    height: sides[1],
    inner: { width: lengths[0], height: lengths[1] },
    axes: [axes[0], axes[1]],
  };
}

function extents({ shape: [count], data }: NumericArray): [number, number][] {
  const column = (axis: number) => Array.from({ length: count }, (_, k) => data[2 * k + axis]);
  return [0, 1].map((axis) => finiteExtent(column(axis)) ?? [0, 0]);
}

/** Minimum number of pixels between two ticks; fewer on a page so small that it would have a single tick. */
const TICK_DISTANCES = [45, 22, 11];

/** Whole multiples of 1, 2 or 5 times a power of ten. */
function ticksWithin(low: number, high: number, pixels: number): number[] {
  const choices = TICK_DISTANCES.map((distance) => {
    const wanted = ((high - low) * distance) / pixels;
    const power = 10 ** Math.floor(Math.log10(wanted));
    const step = power * ([1, 2, 5].find((factor) => factor * power >= wanted) ?? 10);
    const first = Math.ceil(low / step);
    return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, k) => (first + k) * step);
  });
  return choices.find((ticks) => ticks.length > 1) ?? choices[0];
}

/** A number without the last digits of arithmetic, and with a minus sign. */
function tickText(value: number): string {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}
