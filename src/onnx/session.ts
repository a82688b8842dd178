import type {
  InferenceSession,
  InferenceSessionFactory,
  Tensor as OrtTensor,
  TensorConstructor,
} from "onnxruntime-common";
import { formatShape, type Shape, sameShape, sizeOf } from "../tensor/shape.js";
import type { CompiledProgram } from "./compile.js";

/** Numbers of a program's inputs or outputs, by name, in row-major order. */
export type Buffers = Readonly<Record<string, Float32Array>>;

/** A program loaded on a device. */
export interface Session {
  /**
   * Runs the program once: reads every input from `feeds` and writes every output into `into`. An array may be passed
   * again in every call.
   * @throws Error when an input or output has no array, or one of another length.
   */
  run(feeds: Buffers, into: Buffers): Promise<void>;
  release(): Promise<void>;
}

/** What is needed of a runtime; onnxruntime-node and onnxruntime-web both have it. */
export interface OnnxRuntime {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
}

/**
 * How a runtime hands over results: it fills the arrays given (Node), or gives arrays of its own (a browser, where the
 * arrays given are taken and returned untouched).
 */
export type ResultStyle = "filled" | "returned";

/**
 * Loads a program in a runtime.
 * @throws Error with the runtime's reason when the program is refused.
 */
export async function openSession(
  runtime: OnnxRuntime,
  program: CompiledProgram,
  options: InferenceSession.SessionOptions,
  resultStyle: ResultStyle,
): Promise<Session> {
  const session = await runtime.InferenceSession.create(program.bytes, options);
  const wrap = tensorCache(runtime);
  const inputs = program.inputs.map(({ name, shape }) => ({ name: name!, shape }));
  const outputs = Object.entries(program.outputs).map(([name, { shape }]) => ({ name, shape }));
  const outputNames = Object.keys(program.outputs);
  const bind = (buffers: Buffers, slots: readonly { name: string; shape: Shape }[]) =>
    Object.fromEntries(slots.map(({ name, shape }) => [name, wrap(buffers[name], shape, name)]));
  return {
    async run(feeds, into) {
      const fetches = bind(into, outputs);
      if (resultStyle === "filled") {
        await session.run(bind(feeds, inputs), fetches);
        return;
      }
      const results = await session.run(bind(feeds, inputs), outputNames);
      for (const name of outputNames) into[name]!.set((await results[name]!.getData()) as Float32Array);
    },
    release: () => session.release(),
  };
}

/** Makes runtime tensors over arrays, each once: a step that reuses its arrays makes none. */
function tensorCache(runtime: OnnxRuntime) {
  const cache = new WeakMap<Float32Array, { readonly shape: Shape; readonly tensor: OrtTensor }>();
  return (data: Float32Array | undefined, shape: Shape, name: string): OrtTensor => {
    if (!data) throw new Error(`no numbers were given for ${name}`);
    const known = cache.get(data);
    // An array may serve two places of unequal shape, so it is not enough that it is known.
    if (known && sameShape(known.shape, shape)) return known.tensor;
    if (data.length !== sizeOf(shape))
      throw new Error(`${name} of ${formatShape(shape)} needs ${sizeOf(shape)} numbers, got ${data.length}`);
    const tensor = new runtime.Tensor("float32", data, [...shape]);
    cache.set(data, { shape, tensor });
    return tensor;
  };
}
