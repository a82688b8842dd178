/** A training's history as curves of few points. */
import type { TrainingPoint } from "../../core/contract.js";
import { extremesByColumn } from "./extremes.js";

type Series = readonly (readonly [step: number, value: number])[];

export interface TrainingCurve {
  readonly name: string;
  readonly unit: string;
  /** Where little room is left; empty for what has no unit. */
  readonly shortUnit: string;
  readonly points: Series;
  /** The rate that was aimed at; empty for other curves. */
  readonly target: Series;
  readonly latest: number;
  /** Minimum and maximum; for the rate from 0, for a share from 0 to 1. */
  readonly domain: readonly [low: number, high: number];
  /** Whether it falls by powers of ten, and is better seen so. */
  readonly logarithmic: boolean;
}

/**
 * Loss, rate, distortion, and accuracy where there is one.
 * @param columns Columns of pixels: each keeps its minimum and maximum, so that 100,000 points are as quick to draw as 1,000.
 */
export function curvesOf(history: readonly TrainingPoint[], columns: number): TrainingCurve[] {
  const series = (quantityOf: (point: TrainingPoint) => number | undefined) =>
    extremesByColumn(
      history.length,
      (k) => history[k].step,
      (k) => quantityOf(history[k]),
      columns,
    );
  const curve = (
    words: Pick<TrainingCurve, "name" | "unit" | "shortUnit" | "logarithmic">,
    quantityOf: (point: TrainingPoint) => number | undefined,
    target: Series = [],
    ends: readonly number[] = [],
  ): TrainingCurve[] => {
    const points = series(quantityOf);
    if (points.length === 0) return [];
    const shown = [...points, ...target].map(([, value]) => value);
    const [low, high] = [Math.min(...shown, ...ends), Math.max(...shown, ...ends)];
    return [
      {
        ...words,
        points,
        target,
        latest: points[points.length - 1][1],
        domain: [low, high > low ? high : low + 1],
      },
    ];
  };
  const target = series(({ targetRateNats }) => targetRateNats);
  return [
    ...curve({ name: "Loss", unit: "", shortUnit: "", logarithmic: true }, ({ loss }) => loss),
    ...curve(
      { name: "Rate", unit: "nats per image", shortUnit: "nats", logarithmic: false },
      ({ rateNats }) => rateNats,
      target,
      [0],
    ),
    ...curve(
      { name: "Distortion", unit: "per image", shortUnit: "", logarithmic: true },
      ({ distortion }) => distortion,
    ),
    ...curve(
      { name: "Right answers", unit: "share of the images", shortUnit: "", logarithmic: false },
      ({ accuracy }) => accuracy,
      [],
      [0, 1],
    ),
  ];
}
