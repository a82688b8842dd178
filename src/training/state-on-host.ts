import type { AdamSettings } from "../nn/adam.js";
import { AdamMemory } from "../nn/adam-memory.js";
import type { ParameterLayout } from "../nn/parameters.js";
import type { ProgramOutputs } from "../onnx/compile.js";
import type { Buffers, Feeds, KeptOutputs } from "../onnx/session.js";
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
 */
export class StateOnHost implements StateHome {
  readonly #state: StateVectors;
  readonly #spare: StateVectors;
  readonly #memory: AdamMemory;
  readonly #segments: readonly ParameterSegment[];
  readonly #layout: ParameterLayout;
  readonly #optimizers: Optimizers;
  readonly #gradients: Buffers;
  readonly #viewsOf = new WeakMap<Float32Array, Views>();

  /** @param state The vectors to begin with, which are put into the memory; always those of the present state. */
  constructor(
    state: StateVectors,
    segments: readonly ParameterSegment[],
    layout: ParameterLayout,
    optimizers: Optimizers,
  ) {
    this.#memory = new AdamMemory(layout.size);
    const [present, spare] = this.#memory.states;
    for (const name of STATE_VECTORS) {
      present[name].set(state[name]);
      state[name] = present[name];
    }
    this.#state = state;
    this.#spare = { ...spare };
    this.#segments = segments;
    this.#layout = layout;
    this.#optimizers = optimizers;
    const gradients = Object.entries(layout.views(this.#memory.gradient));
    this.#gradients = Object.fromEntries(gradients.map(([name, part]) => [name + GRADIENT, part]));
  }

  /** Without what Adam makes of the gradients. */
  outputsOf(program: ProgramOutputs): ProgramOutputs {
    const ours = this.#segments
      .filter(isLearnt)
      .flatMap((segment) => STATE_VECTORS.map((vector) => segmentName(vector, segment) + NEXT));
    return Object.fromEntries(Object.entries(program).filter(([name]) => !ours.includes(name)));
  }

  keptOf(): readonly string[] {
    return [];
  }

  feeds(): Feeds {
    const { inputs, parameters } = this.#views(this.#state);
    return { ...inputs, ...parameters };
  }

  into(): Buffers {
    return { ...this.#views(this.#spare).outputs, ...this.#gradients };
  }

  advance(_: KeptOutputs, numbers: OptimizerNumbers): void {
    for (const segment of this.#segments.filter(isLearnt)) {
      const { owner } = segment;
      this.#memory.step(this.#state, this.#spare, segment, numbers[owner]!, this.#optimizers[owner]!);
    }
    this.#swap();
  }

  undo(): void {
    this.#swap();
  }

  parameters(): Buffers {
    return this.#views(this.#state).parameters;
  }

  async fetch(): Promise<void> {}

  release(): void {}

  #swap(): void {
    for (const name of STATE_VECTORS) {
      const present = this.#state[name];
      this.#state[name] = this.#spare[name];
      this.#spare[name] = present;
    }
  }

  /** Made once for each of the two sets. */
  #views(vectors: StateVectors): Views {
    const known = this.#viewsOf.get(vectors.parameters);
    if (known) return known;
    const views = viewsOf(vectors, this.#segments, this.#layout);
    this.#viewsOf.set(vectors.parameters, views);
    return views;
  }
}

/** Whether an optimizer moves the parameters of a stretch. */
function isLearnt(
  segment: ParameterSegment,
): segment is ParameterSegment & { readonly owner: keyof OptimizerNumbers } {
  return segment.owner !== "batches";
}
