import type { ParameterLayout } from "../nn/parameters.js";
import type { Device } from "../onnx/devices.js";
import { readKept } from "../onnx/run-once.js";
import type { Feeds, KeptOutputs } from "../onnx/session.js";
import { reshape, slice } from "../tensor/operations/layout.js";
import { sizeOf } from "../tensor/shape.js";
import { type ParameterSegment, segmentName } from "./parameter-segments.js";
import { GRADIENT, NEXT } from "./programs.js";
import type { StateHome, StateVectors } from "./state-home.js";
import { viewsOf } from "./state-on-host.js";

/**
 * A state that stays on its device from step to step: what a step gives the next one takes, and the arrays of the host are written when they
 * are asked for. Two states are kept, so that a bad step can be taken back.
 * @param state The arrays of the host; they hold the state to begin with.
 */
export function stateOnDevice(
  state: StateVectors,
  segments: readonly ParameterSegment[],
  layout: ParameterLayout,
  device: Device,
): StateHome {
  const host = viewsOf(state, segments, layout);
  // What the device holds of the present state and of that before, by output; nothing where the host's arrays are the state.
  let present: KeptOutputs | undefined;
  let before: KeptOutputs | undefined;
  const feeds = (): Feeds => {
    if (!present) return { ...host.inputs, ...host.parameters };
    const entries = Object.entries(present).map(([name, kept]) => [name.slice(0, -NEXT.length), kept]);
    return Object.fromEntries(entries);
  };
  return {
    /** With each parameter of the next state by itself too: on a device there are no views of a flat vector. */
    outputsOf(program) {
      const shapes = new Map(layout.specs.map(({ name, shape }) => [name, shape]));
      const parameters = segments.flatMap((segment) => {
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
    },
    keptOf: (program) => Object.keys(program).filter((name) => name.endsWith(NEXT)),
    feeds,
    into: () => ({}),
    advance(kept) {
      free(before);
      [before, present] = [present, kept];
    },
    undo() {
      free(present);
      [present, before] = [before, undefined];
    },
    parameters() {
      if (!present) return host.parameters;
      const all = feeds();
      return Object.fromEntries(layout.specs.map(({ name }) => [name, all[name]!]));
    },
    async fetch() {
      const held = present;
      if (!held) return;
      const vectors = Object.entries(host.outputs).filter(([name]) => name in held);
      const kept = Object.fromEntries(vectors.map(([name]) => [name, held[name]!]));
      await readKept(device, kept, Object.fromEntries(vectors));
    },
    release() {
      free(present);
      free(before);
      [present, before] = [undefined, undefined];
    },
  };
}

function free(kept: KeptOutputs | undefined): void {
  for (const one of Object.values(kept ?? {})) one.free();
}
