import { getOrMake } from "../collections.js";
import type { AdamSettings } from "../nn/adam.js";
import { AdamMemory } from "../nn/adam-memory.js";
import type { ParameterLayout } from "../nn/parameters.js";
import type { Buffers } from "../onnx/session.js";
import { type ParameterSegment, segmentName } from "./parameter-segments.js";
import { GRADIENT, NEXT } from "./programs.js";
import { STATE_VECTORS } from "./state.js";
import type { OptimizerNumbers, StateHome, StateVectors } from "./state-home.js";

/** Pieces of state vectors: segments as the step takes them and as it gives them, parameters by name. */
export interface Views {
  readonly inputs: Buffers;
  readonly outputs: Buffers;
  readonly parameters: Buffers;
}

/** Pieces of state vectors as programs take and give them. */
export function viewsOf(
  vectors: StateVectors,
  segments: readonly ParameterSegment[],
  layout: ParameterLayout,
): Views {
  const inputs: Record<string, Float32Array> = {};
  const outputs: Record<string, Float32Array> = {};
  for (const segment of segments) {
    for (const vector of STATE_VECTORS) {
      const piece = vectors[vector].subarray(segment.start, segment.end);
      inputs[segmentName(vector, segment)] = piece;
      outputs[segmentName(vector, segment) + NEXT] = piece;
    }
  }
  return { inputs, outputs, parameters: layout.views(vectors.parameters) };
}

/** The settings of the optimizers that move parameters. */
export interface Optimizers {
  readonly model: AdamSettings;
  readonly adversary: AdamSettings | undefined;
}

/**
 * A state in memory of the host, double-buffered: a step reads one set and writes the other, so that nothing is copied and the state before
 * a bad step is still there. The program gives gradients; Adam is one pass over them here, where in the program it would be ten.
 * @param state The vectors to begin with, which are put into the memory; always those of the present state.
 */
export function stateOnHost(
  state: StateVectors,
  segments: readonly ParameterSegment[],
  layout: ParameterLayout,
  optimizers: Optimizers,
): StateHome {
  const memory = new AdamMemory(layout.size);
  const [present] = memory.states;
  const spare = { ...memory.states[1] };
  for (const name of STATE_VECTORS) {
    present[name].set(state[name]);
    state[name] = present[name];
  }
  const gradients = Object.entries(layout.views(memory.gradient));
  const gradientViews = Object.fromEntries(gradients.map(([name, part]) => [name + GRADIENT, part]));
  const learnt = segments.filter(isLearnt);
  // Made once for each of the two sets.
  const known = new WeakMap<Float32Array, Views>();
  const viewsFor = (vectors: StateVectors) =>
    getOrMake(known, vectors.parameters, () => viewsOf(vectors, segments, layout));
  const swap = () => {
    for (const name of STATE_VECTORS) [state[name], spare[name]] = [spare[name], state[name]];
  };
  return {
    /** Without what Adam makes of the gradients. */
    outputsOf(program) {
      const ours = learnt.flatMap((segment) =>
        STATE_VECTORS.map((name) => segmentName(name, segment) + NEXT),
      );
      return Object.fromEntries(Object.entries(program).filter(([name]) => !ours.includes(name)));
    },
    keptOf: () => [],
    feeds() {
      const { inputs, parameters } = viewsFor(state);
      return { ...inputs, ...parameters };
    },
    into: () => ({ ...viewsFor(spare).outputs, ...gradientViews }),
    advance(_, numbers) {
      for (const segment of learnt) {
        memory.step(state, spare, segment, numbers[segment.owner]!, optimizers[segment.owner]!);
      }
      swap();
    },
    undo: swap,
    parameters: () => viewsFor(state).parameters,
    fetch: async () => undefined,
    release: () => undefined,
  };
}

/** Whether an optimizer moves the parameters of a segment. */
function isLearnt(
  segment: ParameterSegment,
): segment is ParameterSegment & { readonly owner: keyof OptimizerNumbers } {
  return segment.owner !== "batches";
}
