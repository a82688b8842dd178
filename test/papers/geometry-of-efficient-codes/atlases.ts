import { toPoints } from "../../../src/geometry/index.js";
import type { Position } from "../../../src/papers/geometry-of-efficient-codes/classes.js";
import {
  type Atlas,
  type ModelCode,
  publishedAtlas,
} from "../../../src/papers/geometry-of-efficient-codes/measures/atlas.js";
import { readPublishedCodes } from "../../../src/papers/geometry-of-efficient-codes/measures/published-codes.js";
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

/** The authors' codes of all eight models at 0.3 and 10 nats, where they are at hand. */
export function authorsAtlas(): Atlas {
  return publishedAtlas(readPublishedCodes(published.path("latents.npz")));
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
