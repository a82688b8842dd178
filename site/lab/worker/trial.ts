import type { Device } from "../../../src/onnx/devices.js";
import { STATE_VECTORS, type TrainingState } from "../../../src/training/state.js";
import { isHopeless, TIMED_STEPS, type Timed, WARM_STEPS } from "../core/way-trial.js";
import type { WayName } from "../core/ways.js";
import type { Prepared } from "../training/prepared.js";
import { Training } from "../training/training.js";

/**
 * Makes some steps of an experiment on a way, from a copy of a state: the same steps on every way.
 * @param own What the page's own code took for them; a way that is hopeless beside it is not waited for.
 * @param now A clock, in milliseconds.
 * @throws what the training throws: a DeviceFailure, a TrainingFailure.
 */
export async function timedSteps(
  { prepared, state }: { readonly prepared: Prepared; readonly state: TrainingState },
  way: WayName,
  device: Device,
  own: Timed | undefined,
  now: () => number,
): Promise<Timed> {
  const training = new Training(prepared, device, copyOf(state));
  const losses: number[] = [];
  const milliseconds: number[] = [];
  let before = now();
  try {
    await training.train({
      onStep: (_, __, { loss }) => {
        const time = now();
        losses.push(loss);
        if (losses.length > WARM_STEPS) milliseconds.push(time - before);
        before = now();
      },
      shouldStop: () =>
        milliseconds.length >= TIMED_STEPS ||
        (milliseconds.length > 0 && own !== undefined && isHopeless(milliseconds, own)),
    });
  } finally {
    await training.release();
  }
  return { way, losses, milliseconds };
}

/** A state that shares nothing with another. */
function copyOf(state: TrainingState): TrainingState {
  const copy = { ...state, sinceLog: structuredClone(state.sinceLog) };
  // Piece by piece: a structured clone would copy all of the memory that they lie in.
  for (const name of STATE_VECTORS) copy[name] = state[name].slice();
  return copy;
}
