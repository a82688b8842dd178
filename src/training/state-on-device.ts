import type { ParameterLayout } from "../nn/parameters.js";
import type { ProgramOutputs } from "../onnx/compile.js";
import type { Device } from "../onnx/devices.js";
import { readKept } from "../onnx/read-kept.js";
import type { Buffers, Feeds, KeptOutputs } from "../onnx/session.js";
import { reshape, slice } from "../tensor/operations/layout.js";
import { sizeOf } from "../tensor/shape.js";
import { type ParameterSegment, segmentName } from "./parameter-segments.js";
import { GRADIENT, NEXT } from "./programs.js";
import type { StateHome, StateVectors } from "./state-home.js";
import { type Views, viewsOf } from "./state-on-host.js";

/**
 * A state that stays on its device from step to step: what a step gives the next one takes, and the arrays of the host are written when they
 * are asked for. Two states are kept, so that a bad step can be taken back.
 */
export class StateOnDevice implements StateHome {
  readonly #device: Device;
  readonly #segments: readonly ParameterSegment[];
  readonly #layout: ParameterLayout;
  readonly #host: Views;
  /** What the device holds of the present state and of that before, by output; nothing where the host's arrays are the state. */
  #present: KeptOutputs | undefined;
  #before: KeptOutputs | undefined;

  /** @param state The arrays of the host; they hold the state to begin with. */
  constructor(
    state: StateVectors,
    segments: readonly ParameterSegment[],
    layout: ParameterLayout,
    device: Device,
  ) {
    this.#device = device;
    this.#segments = segments;
    this.#layout = layout;
    this.#host = viewsOf(state, segments, layout);
  }

  /** With each parameter of the next state by itself too: on a device there are no views of a flat vector. */
  outputsOf(program: ProgramOutputs): ProgramOutputs {
    const shapes = new Map(this.#layout.specs.map(({ name, shape }) => [name, shape]));
    const parameters = this.#segments.flatMap((segment) => {
      const vector = program[segmentName("parameters", segment) + NEXT]!;
      let start = 0;
      return segment.parameters.map((name) => {
        const shape = shapes.get(name)!;
        const end = start + sizeOf(shape);
        const piece = reshape(slice(vector, 0, start, end), shape);
        start = end;
        return [name + NEXT, piece] as const;
      });
    });
    const rest = Object.entries(program).filter(([name]) => !name.endsWith(GRADIENT));
    return { ...Object.fromEntries(parameters), ...Object.fromEntries(rest) };
  }

  keptOf(program: ProgramOutputs): readonly string[] {
    return Object.keys(program).filter((name) => name.endsWith(NEXT));
  }

  feeds(): Feeds {
    if (!this.#present) return { ...this.#host.inputs, ...this.#host.parameters };
    return Object.fromEntries(
      Object.entries(this.#present).map(([name, kept]) => [name.slice(0, -NEXT.length), kept]),
    );
  }

  into(): Buffers {
    return {};
  }

  advance(kept: KeptOutputs): void {
    free(this.#before);
    this.#before = this.#present;
    this.#present = kept;
  }

  undo(): void {
    free(this.#present);
    this.#present = this.#before;
    this.#before = undefined;
  }

  parameters(): Feeds {
    if (!this.#present) return this.#host.parameters;
    const feeds = this.feeds();
    return Object.fromEntries(this.#layout.specs.map(({ name }) => [name, feeds[name]!]));
  }

  async fetch(): Promise<void> {
    if (!this.#present) return;
    const present = this.#present;
    const vectors = Object.entries(this.#host.outputs).filter(([name]) => name in present);
    const kept = Object.fromEntries(vectors.map(([name]) => [name, present[name]!]));
    await readKept(this.#device, kept, Object.fromEntries(vectors));
  }

  release(): void {
    free(this.#present);
    free(this.#before);
    this.#present = undefined;
    this.#before = undefined;
  }
}

function free(kept: KeptOutputs | undefined): void {
  for (const one of Object.values(kept ?? {})) one.free();
}
