import { type Points, toPoints } from "../../../../src/geometry/index.js";
import type { Position } from "../../../../src/papers/geometry-of-efficient-codes/classes.js";
import type { Atlas } from "../../../../src/papers/geometry-of-efficient-codes/measures/atlas.js";
import { published } from "../../../geometry/published.js";
import { stimuliOf } from "./constructed.js";

const MODELS = { base: "Baseline", bottomBias: "E1M1" } as const;
const CAPACITIES = { low: 0.3, high: 10 } as const;

/** The authors' codes of their 1522 stimuli, as an atlas: Baseline and E1M1 at 0.3 and 10 nats. */
export function givenAtlas(): Atlas {
  const [xU, xL, images] = ["xU", "xL", "X"].map((key) => published.array(`latents.npz:${key}`));
  const positions = Array.from(xU!.data, (value, k): Position => [value, xL!.data[k]!]);
  const codes = Object.entries(MODELS).flatMap(([key, model]) =>
    Object.entries(CAPACITIES).map(([name, capacityNats]) => {
      const points: Points = toPoints(published.array(`latents.npz:${key}_${name}_Z`), `${key} ${name}`);
      return { model, capacityNats, seed: 0, points };
    }),
  );
  return { stimuli: stimuliOf(Uint8Array.from(images!.data), positions), codes };
}
