import type { ParameterLayout } from "../nn/parameters.js";
import type { ProgramOutputs } from "../onnx/compile.js";
import type { Buffers, Feeds } from "../onnx/session.js";
import { NEXT } from "./programs.js";
import { freshState, STATE_VECTORS } from "./state.js";
import type { StateHome, StateVectors } from "./state-home.js";
import { type Stretch, stretchName } from "./stretches.js";

/** Pieces of state vectors: stretches as the step takes them and as it gives them, parameters by name. */
export interface Views {
  readonly inputs: Buffers;
  readonly outputs: Buffers;
  readonly parameters: Buffers;
}

/** Pieces of state vectors as programs take and give them. */
export function viewsOf(
  vectors: StateVectors,
  stretches: readonly Stretch[],
  layout: ParameterLayout,
): Views {
  const inputs: Record<string, Float32Array> = {};
  const outputs: Record<string, Float32Array> = {};
  for (const stretch of stretches) {
    for (const vector of STATE_VECTORS) {
      const piece = vectors[vector].subarray(stretch.start, stretch.end);
      inputs[stretchName(vector, stretch)] = piece;
      outputs[stretchName(vector, stretch) + NEXT] = piece;
    }
  }
  return { inputs, outputs, parameters: layout.views(vectors.parameters) };
}

/**
 * A state in arrays of the host, double-buffered: a step reads one set and writes the other, so that nothing is copied and the state before
 * a bad step is still there.
 */
export class StateOnHost implements StateHome {
  readonly #state: StateVectors;
  readonly #spare: StateVectors;
  readonly #stretches: readonly Stretch[];
  readonly #layout: ParameterLayout;
  readonly #viewsOf = new WeakMap<Float32Array, Views>();

  /** @param state The vectors to use; always those of the present state. */
  constructor(state: StateVectors, stretches: readonly Stretch[], layout: ParameterLayout) {
    this.#state = state;
    this.#spare = freshState(new Float32Array(layout.size));
    this.#stretches = stretches;
    this.#layout = layout;
  }

  outputsOf(program: ProgramOutputs): ProgramOutputs {
    return program;
  }

  keptOf(): readonly string[] {
    return [];
  }

  feeds(): Feeds {
    const { inputs, parameters } = this.#views(this.#state);
    return { ...inputs, ...parameters };
  }

  into(): Buffers {
    return this.#views(this.#spare).outputs;
  }

  advance(): void {
    for (const name of STATE_VECTORS) {
      const present = this.#state[name];
      this.#state[name] = this.#spare[name];
      this.#spare[name] = present;
    }
  }

  undo(): void {
    this.advance();
  }

  parameters(): Buffers {
    return this.#views(this.#state).parameters;
  }

  async fetch(): Promise<void> {}

  release(): void {}

  /** Made once for each of the two sets. */
  #views(vectors: StateVectors): Views {
    const known = this.#viewsOf.get(vectors.parameters);
    if (known) return known;
    const views = viewsOf(vectors, this.#stretches, this.#layout);
    this.#viewsOf.set(vectors.parameters, views);
    return views;
  }
}
