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

/** Numbers that a run left on its device, where later runs take them as inputs. No array here holds them. */
export class Kept {
  readonly shape: Shape;
  /** The runtime's own handle. */
  readonly tensor: OrtTensor;

  constructor(tensor: OrtTensor, shape: Shape) {
    this.tensor = tensor;
    this.shape = shape;
  }

  /** Gives the device's memory back; nothing may be run on the numbers after that. */
  free(): void {
    this.tensor.dispose();
  }
}

/** What a program is run on, by the names of its inputs. */
export type Feeds = Readonly<Record<string, Float32Array | Kept>>;

/** Numbers kept on the device, by the names of the outputs that gave them. */
export type KeptOutputs = Readonly<Record<string, Kept>>;

/** A program loaded on a device. */
export interface Session {
  /**
   * Runs the program once: reads every input from `feeds` and writes every output into `into`, but for those that it was
   * opened to keep. An array may be passed again in every call.
   * @returns what is kept, in memory that the caller frees.
   * @throws Error when an input or output has no array, or one of another length.
   */
  run(feeds: Feeds, into: Buffers): Promise<KeptOutputs>;
  /** Frees what the program holds on the device. */
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

/** Where the runtimes keep what stays on a device. */
const ON_DEVICE = "gpu-buffer";

/**
 * Loads a program in a runtime.
 * @param kept Names of the outputs that stay on the device.
 * @throws Error with the runtime's reason when the program is refused.
 */
export async function openSession(
  runtime: OnnxRuntime,
  program: CompiledProgram,
  options: InferenceSession.SessionOptions,
  resultStyle: ResultStyle,
  kept: readonly string[] = [],
): Promise<Session> {
  const session = await runtime.InferenceSession.create(program.bytes, {
    ...options,
    ...(kept.length > 0 && {
      preferredOutputLocation: Object.fromEntries(kept.map((name) => [name, ON_DEVICE] as const)),
    }),
  });
  const wrap = tensorCache(runtime);
  const inputs = program.inputs.map(({ name, shape }) => ({ name: name!, shape }));
  const outputs = Object.entries(program.outputs)
    .map(([name, { shape }]) => ({ name, shape }))
    .filter(({ name }) => !kept.includes(name));
  const outputNames = Object.keys(program.outputs);
  const bind = (buffers: Feeds, slots: readonly { name: string; shape: Shape }[]) =>
    Object.fromEntries(slots.map(({ name, shape }) => [name, wrap(buffers[name], shape, name)]));
  // Where outputs are kept, the Node runtime too leaves the arrays given as they are (1.30).
  const isFilled = resultStyle === "filled" && kept.length === 0;
  return {
    async run(feeds, into) {
      const fetches = bind(into, outputs);
      if (isFilled) {
        await session.run(bind(feeds, inputs), fetches);
        return {};
      }
      const results = await session.run(bind(feeds, inputs), outputNames);
      for (const { name } of outputs) into[name]!.set((await results[name]!.getData()) as Float32Array);
      return Object.fromEntries(
        kept.map((name) => [name, keptTensor(results[name]!, program.outputs[name]!.shape, name)]),
      );
    },
    release: () => session.release(),
  };
}

function keptTensor(tensor: OrtTensor, shape: Shape, name: string): Kept {
  if (tensor.location !== ON_DEVICE)
    throw new Error(`${name} was to stay on the device and came back as ${tensor.location}`);
  return new Kept(tensor, shape);
}

/** Makes runtime tensors over arrays, each once: a step that reuses its arrays makes none. */
function tensorCache(runtime: OnnxRuntime) {
  const cache = new WeakMap<Float32Array, { readonly shape: Shape; readonly tensor: OrtTensor }>();
  return (data: Float32Array | Kept | undefined, shape: Shape, name: string): OrtTensor => {
    if (!data) throw new Error(`no numbers were given for ${name}`);
    if (data instanceof Kept) {
      if (sameShape(data.shape, shape)) return data.tensor;
      // The same memory under another shape, as an array may have; it is freed with the first.
      if (sizeOf(data.shape) === sizeOf(shape))
        return runtime.Tensor.fromGpuBuffer(data.tensor.gpuBuffer, { dataType: "float32", dims: [...shape] });
      throw new Error(`${name} of ${formatShape(shape)} was given ${formatShape(data.shape)} on the device`);
    }
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
