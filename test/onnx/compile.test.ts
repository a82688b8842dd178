import * as runtime from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { compileProgram } from "../../src/onnx/compile.js";
import {
  add,
  concat,
  constant,
  gather,
  greater,
  input,
  leakyRelu,
  matMul,
  multiply,
  named,
  reshape,
  sizeOf,
  square,
  type Tensor,
  type Window,
} from "../../src/tensor/index.js";
import { evaluate, normals, parameter } from "../tensor/evaluate.js";
import { expectClose } from "../tensor/gradient-check.js";
import { convolve, convolveTransposed } from "../tensor/image-rows.js";
import { nodesOf } from "./read-model.js";

const first: Window = { fine: [13, 13], coarse: [6, 6], kernel: 4, stride: 2, padding: 1 };
const second: Window = { fine: [6, 6], coarse: [3, 3], kernel: 3, stride: 2, padding: 1 };
const third: Window = { fine: [3, 3], coarse: [2, 2], kernel: 3, stride: 2, padding: 1 };

/** A small autoencoder that takes every path of a convolution: by product, by copy, sparse; there and back. */
function autoencoder(batch: number) {
  const parameters: Tensor[] = [];
  const weight = (...shape: number[]) => {
    const tensor = parameter(`weight ${parameters.length}`, shape);
    parameters.push(tensor);
    return tensor;
  };
  const x = input("images", [batch, 169], { kind: "batch", field: "images" });
  let map = leakyRelu(add(convolve(reshape(x, [batch * 169, 1]), weight(16, 9), first), weight(9)));
  map = leakyRelu(convolve(map, weight(9 * 9, 8), second));
  map = leakyRelu(convolve(map, weight(9 * 8, 8), third));
  const code = matMul(reshape(map, [batch, 32]), weight(32, 3));
  map = reshape(matMul(code, weight(3, 32)), [batch * 4, 8]);
  map = leakyRelu(convolveTransposed(map, weight(9 * 8, 8), third));
  map = leakyRelu(convolveTransposed(map, weight(9 * 9, 8), second));
  map = convolveTransposed(map, weight(16, 9), first);
  // The bias of a single channel, [1] read as a scalar.
  const image = add(reshape(map, [batch, 169]), reshape(weight(1), []));
  return { x, code, image, parameters };
}

describe("an exported model", () => {
  const { code, image, parameters } = autoencoder(2);
  const frozen = new Map(parameters.map((tensor) => [tensor, normals(sizeOf(tensor.shape), tensor.name!)]));
  const other = autoencoder(5);
  const openBatch = { code: other.code, image: other.image };
  const exported = compileProgram({ code, image }, { openBatch, frozen });

  test.each([1, 2, 3, 64])(
    "takes a batch of %i and gives what a program made for it gives",
    async (batch) => {
      const fixed = autoencoder(batch);
      const images = normals(batch * 169, "images");
      const values = new Map<Tensor, Float32Array>([[fixed.x, images]]);
      fixed.parameters.forEach((tensor, i) => {
        values.set(tensor, frozen.get(parameters[i]!)!);
      });
      const expected = await evaluate({ code: fixed.code, image: fixed.image }, values);
      const session = await runtime.InferenceSession.create(exported.bytes, { intraOpNumThreads: 1 });
      const found = await session.run({ images: new runtime.Tensor("float32", images, [batch, 169]) });
      await session.release();
      expect(found.code!.dims).toEqual([batch, 3]);
      expect(found.image!.dims).toEqual([batch, 169]);
      for (const name of ["code", "image"] as const) {
        const numbers = found[name]!.data as Float32Array;
        expectClose(numbers, expected[name], 1e-5, name);
      }
    },
  );

  test("asks for the images alone and declares the batch open", async () => {
    expect(exported.inputs.map(({ name }) => name)).toEqual(["images"]);
    const session = await runtime.InferenceSession.create(exported.bytes, { intraOpNumThreads: 1 });
    expect(session.inputMetadata).toMatchObject([{ name: "images", type: "float32", shape: ["batch", 169] }]);
    expect(session.outputMetadata).toMatchObject([
      { name: "code", shape: ["batch", 3] },
      { name: "image", shape: ["batch", 169] },
    ]);
    await session.release();
  });

  test("has the same bytes each time", () => {
    const again = autoencoder(2);
    const numbers = new Map(again.parameters.map((tensor, i) => [tensor, frozen.get(parameters[i]!)!]));
    const outputs = { code: again.code, image: again.image };
    const { bytes } = compileProgram(outputs, { openBatch, frozen: numbers });
    expect(Buffer.compare(bytes, exported.bytes)).toBe(0);
  });
});

test("what has the extent of the batch in a constant is not exported", () => {
  const program = (batch: number) => {
    const x = input("x", [batch, 2], { kind: "batch", field: "x" });
    return { y: add(x, constant(1, [batch, 2])) };
  };
  expect(() => compileProgram(program(2), { openBatch: program(3) })).toThrow(
    "the batch cannot be left open in a constant of [2, 2]",
  );
});

describe("what a program may ask and give", () => {
  const x = parameter("x", [2]);
  const values = new Map([[x, Float32Array.of(3, -4)]]);

  test("an output may be an input, a constant, or a tensor that is an output already", async () => {
    const y = square(x);
    const outputs = { input: x, constant: constant(7, [2]), first: y, second: y, scalar: constant(1) };
    expect(await evaluate(outputs, values)).toEqual({
      input: Float32Array.of(3, -4),
      constant: Float32Array.of(7, 7),
      first: Float32Array.of(9, 16),
      second: Float32Array.of(9, 16),
      scalar: Float32Array.of(1),
    });
  });

  test("an output may be a composite whose work another output does", async () => {
    const folded = reshape(square(x), [2, 1]);
    const outputs = { folded, unfolded: reshape(folded, [1, 2]), back: reshape(folded, [2]) };
    for (const result of Object.values(await evaluate(outputs, values)))
      expect(result).toEqual(Float32Array.of(9, 16));
  });

  test("names of tensors never collide, whatever they are called", async () => {
    const a = named(add(x, 1), "Mul");
    const b = named(add(a, 1), "Mul");
    expect(await evaluate({ "Mul#1": multiply(a, b) }, values)).toEqual({ "Mul#1": Float32Array.of(20, 6) });
  });

  test.each<[message: string, outputs: () => Record<string, Tensor>]>([
    ["two inputs or outputs of the program are named x", () => ({ y: add(x, parameter("x", [2])) })],
    ["two inputs or outputs of the program are named x", () => ({ x: square(x) })],
    ["program output y is bool, not float32", () => ({ y: greater(x, 0) })],
  ])("%s", (message, outputs) => {
    expect(() => compileProgram(outputs())).toThrow(message);
  });

  test("frozen numbers must fill their tensor", () => {
    const frozen = new Map([[x, new Float32Array(3)]]);
    expect(() => compileProgram({ y: square(x) }, { frozen })).toThrow("x of [2] was frozen with 3 numbers");
  });
});

describe("how a program is written", () => {
  const parts = Array.from({ length: 17 }, (_, i) => parameter(`part ${i}`, [2, i + 1]));
  const values = new Map(parts.map((tensor) => [tensor, normals(sizeOf(tensor.shape), tensor.name!)]));
  const maxInputs = (bytes: Uint8Array) => Math.max(...nodesOf(bytes).map(({ inputs }) => inputs.length));

  test("long concatenations are written in groups where a kernel takes few operands", async () => {
    const outputs = { all: concat(parts, 1) };
    expect(maxInputs(compileProgram(outputs).bytes)).toBe(17);
    expect(maxInputs(compileProgram(outputs, { maxOperands: 6 }).bytes)).toBe(6);
    expect(await evaluate(outputs, values, { maxOperands: 6 })).toEqual(await evaluate(outputs, values));
    expect(await evaluate(outputs, values, { maxOperands: 2 })).toEqual(await evaluate(outputs, values));
  });

  test("reshapes of reshapes are one node, equal constants one constant, and outputs need no copy", () => {
    const x = parameter("x", [4]);
    const matrix = reshape(reshape(reshape(x, [2, 2]), [4, 1]), [1, 4]);
    const table = { shape: [1], positions: Int32Array.of(1) };
    const y = add(
      multiply(matrix, 0.5),
      multiply(gather(matrix, 0, { ...table, positions: Int32Array.of(0) }), 0.5),
    );
    const nodes = nodesOf(compileProgram({ y }).bytes);
    expect(nodes.filter(({ type }) => type === "Reshape")).toHaveLength(1);
    expect(nodes.filter(({ type }) => type === "Identity")).toHaveLength(0);
    const halves = nodes.filter(({ type }) => type === "Mul").map(({ inputs }) => inputs[1]);
    expect(halves[0]).toBe(halves[1]);
    expect(nodes.at(-1)).toMatchObject({ type: "Add", outputs: ["y"] });
  });
});
