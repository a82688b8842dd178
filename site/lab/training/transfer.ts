import type { ParameterLayout } from "../../../src/nn/parameters.js";
import { freshState, STATE_VECTORS, type TrainingState } from "../../../src/training/state.js";

/** Whether two layouts hold the same parameters in the same places. */
export function sameLayout(a: ParameterLayout, b: ParameterLayout): boolean {
  const text = ({ specs }: ParameterLayout) => JSON.stringify(specs.map(({ name, shape }) => [name, shape]));
  return text(a) === text(b);
}

/**
 * The state of one model as far as another has the same parameters, by name and shape; what it does not have begins fresh. The step stays:
 * a classifier that is added later begins with the optimizer's memory of the others, and none of its own.
 */
export function transferred(
  state: TrainingState,
  from: ParameterLayout,
  to: ParameterLayout,
  seed: number,
): TrainingState {
  const moved = { ...freshState(to.initialise(seed)), step: state.step, evaluations: state.evaluations };
  const shapes = new Map(from.specs.map(({ name, shape }) => [name, shape.join()]));
  for (const vector of STATE_VECTORS) {
    const [old, own] = [from.views(state[vector]), to.views(moved[vector])];
    for (const { name, shape } of to.specs) {
      if (shapes.get(name) === shape.join()) own[name]!.set(old[name]!);
    }
  }
  return moved;
}
