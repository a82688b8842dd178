import { toPoints } from "../../../src/geometry/index.js";
import type { Position } from "../../../src/papers/geometry-of-efficient-codes/classes.js";
import type { Atlas, ModelCode } from "../../../src/papers/geometry-of-efficient-codes/measures/atlas.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { published } from "../../geometry/published.js";

/** A code as a function of the positions, with noise of this size. */
export interface ConstructedCode extends Omit<ModelCode, "points"> {
  readonly code: (position: Position) => readonly number[];
  readonly noise?: number;
}

/** Every pair of positions so many times, in every code the same; noise differs by model, capacity and seed. */
export function constructedAtlas(codes: readonly ConstructedCode[], copies = 2): Atlas {
  const positions = Array.from({ length: 169 * copies }, (_, k): Position => {
    const cell = k % 169;
    return [Math.floor(cell / 13), cell % 13];
  });
  return {
    stimuli: { images: noImages(positions.length), positions },
    codes: codes.map(({ code, noise = 0.05, ...which }) => {
      const stream = new PhiloxStream(which.seed, `atlas ${which.model} ${which.capacityNats}`);
      const rows = positions.map((position) => code(position).map((x) => x + noise * stream.normal()));
      return {
        ...which,
        points: toPoints({ shape: [rows.length, rows[0]!.length], data: Float64Array.from(rows.flat()) }),
      };
    }),
  };
}

/** Positions as they are, centred and about 1 apart at most. */
export const plain = ([xU, xL]: Position): number[] => [(xU - 6) / 6, (xL - 6) / 6, 0];

/** The published codes: Baseline and E1M1 at 0.3 and 10 nats. */
export function publishedAtlas(): Atlas {
  const [xU, xL] = ["xU", "xL"].map((key) => published.array(`latents.npz:${key}`).data);
  const positions = Array.from(xU!, (upper, i): Position => [upper, xL![i]!]);
  const codes = (["Baseline", "E1M1"] as const).flatMap((model) =>
    ([0.3, 10] as const).map((capacityNats) => ({
      model,
      capacityNats,
      seed: 0,
      points: published.points(
        `${model === "Baseline" ? "base" : "bottomBias"}_${capacityNats === 10 ? "high" : "low"}_Z`,
      ),
    })),
  );
  return { stimuli: { images: noImages(positions.length), positions }, codes };
}

/** Numbers are all that is measured here: no image is looked at. */
function noImages(count: number): Atlas["stimuli"]["images"] {
  return {
    name: "none",
    fingerprint: "none",
    count,
    imageShape: [0, 0, 1],
    images: new Uint8Array(0),
    scale: 1,
    labels: undefined,
    labelNames: [],
  };
}
