/** A made code that contracts and clusters over time, and all that is measured of one: what the preview shows. No model is trained. */
import { corridorsPositionCurve } from "../../../../src/information/corridors-bound.js";
import type {
  BoundCurve,
  CodeFrame,
  CodeMeasures,
  PlanePoint,
  Stimuli,
  TrainingPoint,
} from "../../core/contract.js";
import { boundAt } from "../numbers/bound-at.js";
import { cellMeans, cellsOf } from "../numbers/cells.js";

const SIDE = 13;
const EACH = 4;
const DIMENSIONS = 5;

/** A number in [0, 1) for each argument, without a state. */
function noise(k: number): number {
  let word = Math.imul(k + 0x9e3779b9, 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return ((word ^ (word >>> 16)) >>> 0) / 2 ** 32;
}
const normal = (k: number) =>
  Math.sqrt(-2 * Math.log(1 - noise(2 * k))) * Math.cos(2 * Math.PI * noise(2 * k + 1));

export function madeStimuli(): Stimuli {
  const count = SIDE * SIDE * EACH;
  const xU = Uint8Array.from({ length: count }, (_, k) => Math.floor(k / EACH / SIDE));
  const xL = Uint8Array.from({ length: count }, (_, k) => Math.floor(k / EACH) % SIDE);
  const images = new Uint8Array(count * SIDE * SIDE);
  for (let k = 0; k < images.length; k++) {
    const [row, column] = [Math.floor(k / SIDE) % SIDE, k % SIDE];
    const stimulus = Math.floor(k / SIDE / SIDE);
    const middle = row < 6 ? xU[stimulus]! : xL[stimulus]!;
    const white = row === 6 || noise(k) < Math.exp(-((column - middle) ** 2) / 2.88);
    images[k] = white ? 0 : 1;
  }
  return { count, xU, xL, images };
}

/** @param share 0 at the beginning, 1 at the end: the code unfolds, and then draws together in four groups. */
export function madeFrame({ count, xU, xL }: Stimuli, share: number): CodeFrame {
  const unfolded = Math.min(1, share * 3);
  const grouped = Math.max(0, share - 0.4) / 0.6;
  const place = (position: number) => {
    const linear = (position - 6) / 4;
    const step = (position < 6 ? -1 : 1) * 0.9;
    return unfolded * (linear * (1 - grouped) + step * grouped);
  };
  const turn = 0.4 + share;
  const means = new Float32Array(count * DIMENSIONS);
  for (let k = 0; k < count; k++) {
    const [u, l] = [place(xU[k]!), place(xL[k]!)];
    const bend = 0.12 * unfolded * (u * u + l * l);
    const values = [
      u * Math.cos(turn) - l * Math.sin(turn),
      0.02 * normal(9 * k),
      u * Math.sin(turn) + l * Math.cos(turn),
      bend * (1 - grouped),
      0.01 * normal(9 * k + 4),
    ];
    for (const [d, value] of values.entries())
      means[k * DIMENSIONS + d] = value + 0.05 * (1 - 0.7 * grouped) * normal(count + 9 * k + d);
  }
  const step = Math.round(share * 4000);
  const samples = means.map((value, k) => value + 0.25 * normal(7 * count + k + 31 * step));
  const dimensionRateNats = Float32Array.from(
    [1.4, 0.004, 1.2, 0.3 * (1 - grouped), 0.002],
    (rate) => rate * unfolded,
  );
  return { step, dimensions: DIMENSIONS, means, samples, dimensionRateNats };
}

/** The true bound of uniform frequencies: takes a moment. */
export function trueBound(): BoundCurve {
  const curve = corridorsPositionCurve({}, 1e-3);
  return {
    points: curve.trace(60).map(({ rateNats, distortion }) => ({ rateNats, positionDistortion: distortion })),
    entropyNats: curve.maxRateNats,
  };
}

export function madePath(bound: BoundCurve, share: number): PlanePoint[] {
  return Array.from({ length: Math.max(1, Math.round(200 * share)) }, (_, k) => {
    const rateNats = 2.9 * (1 - Math.exp(-k / 30)) + 0.05 * noise(k);
    const above = 0.004 + 0.07 * Math.exp(-k / 25) + 0.001 * noise(k + 500);
    return { step: 20 * k, rateNats, positionDistortion: (boundAt(bound, rateNats) ?? 0) + above };
  });
}

/** @param accuracy Whether there is a task. */
export function madeHistory(points: number, accuracy: boolean): TrainingPoint[] {
  return Array.from({ length: points }, (_, k) => {
    const time = (4000 * k) / points;
    const fall = Math.exp(-time / 300);
    return {
      step: k + 1,
      loss: 0.06 + 0.9 * fall * (1 + 0.3 * noise(k)) + 0.02 * noise(k + 1) ** 2,
      rateNats: Math.abs(3 * (1 - Math.exp(-time / 500)) + 0.12 * normal(k)),
      distortion: 9 + 25 * fall + 0.8 * noise(3 * k),
      targetRateNats: Math.min(3, (3 * time) / 600),
      accuracy: accuracy ? Math.min(1, 0.5 + 0.48 * (1 - fall) + 0.02 * normal(k)) : undefined,
    };
  });
}

export const CLASSES = ["xU > xL", "xU <= xL"] as const;

/** Distortion of a frame in relation to another, as rule G5 has it. */
export function madeMeasures(stimuli: Stimuli, frame: CodeFrame, reference: CodeFrame): CodeMeasures {
  const cells = cellsOf(stimuli);
  const [code, before] = [frame, reference].map(({ means }) => cellMeans(means, DIMENSIONS, cells));
  const size = SIDE * SIDE;
  const ratio = new Float32Array(size * size);
  const distance = (points: Float32Array, a: number, b: number) => {
    let sum = 0;
    for (let d = 0; d < DIMENSIONS; d++)
      sum += (points[a * DIMENSIONS + d]! - points[b * DIMENSIONS + d]!) ** 2;
    return Math.sqrt(sum);
  };
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++)
      ratio[a * size + b] = a === b ? Number.NaN : distance(code!, a, b) / distance(before!, a, b);
  const known = ratio.filter(Number.isFinite);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return {
    step: frame.step,
    capacityDistortion: ratio.map((value) => value - mean),
    classDistortion: { classes: [...CLASSES], values: Float32Array.from([-0.31, 0.22, 0.22, -0.14]) },
    indices: {
      prototypization: { value: 0.62, low: 0.48, high: 0.77 },
      specialization: { value: -0.08, low: -0.21, high: 0.06 },
      orthogonalization: undefined,
    },
    separableStimuli: 31,
    classesAbout: "the task xU <= xL",
  };
}
