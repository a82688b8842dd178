import { type CompileOptions, compileProgram, type ProgramOutputs } from "../../src/onnx/compile.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { type Shape, sizeOf } from "../../src/tensor/shape.js";
import { input, type Tensor } from "../../src/tensor/tensor.js";

/** Numbers for program inputs. */
export type Values = ReadonlyMap<Tensor, Float32Array>;

/** The numbers of each output, under its name. */
export type Results<Outputs extends ProgramOutputs> = { readonly [Name in keyof Outputs]: Float32Array };

/** A program opened on the processor with one thread; every run gives fresh arrays. */
export interface OpenProgram<Outputs extends ProgramOutputs> {
  run(values: Values): Promise<Results<Outputs>>;
  release(): Promise<void>;
}

export async function openProgram<Outputs extends ProgramOutputs>(
  outputs: Outputs,
  options: CompileOptions = {},
): Promise<OpenProgram<Outputs>> {
  const device = await nodeDevice("cpu", 1);
  const program = compileProgram(outputs, options);
  const session = await device.open(program);
  return {
    async run(values) {
      const feeds = Object.fromEntries(program.inputs.map((tensor) => [tensor.name!, values.get(tensor)!]));
      const results = Object.fromEntries(
        Object.entries(outputs).map(([name, { shape }]) => [name, new Float32Array(sizeOf(shape))]),
      );
      await session.run(feeds, results);
      return results as Results<Outputs>;
    },
    release: () => session.release(),
  };
}

/** The numbers of some tensors, given those of the inputs they rest on. */
export async function evaluate<Outputs extends ProgramOutputs>(
  outputs: Outputs,
  values: Values = new Map(),
  options: CompileOptions = {},
): Promise<Results<Outputs>> {
  const program = await openProgram(outputs, options);
  try {
    return await program.run(values);
  } finally {
    await program.release();
  }
}

/** An input for numbers under test. */
export function parameter(name: string, shape: Shape): Tensor {
  return input(name, shape, { kind: "parameter" });
}

/** Normal numbers that are the same in every run of the tests. */
export function normals(count: number, purpose: string): Float32Array {
  return new PhiloxStream(0, purpose).fillNormal(new Float32Array(count));
}
