import { type CompiledProgram, compileProgram, type ProgramLimits } from "../../../src/onnx/compile.js";
import type { Device } from "../../../src/onnx/devices.js";
import { readKept } from "../../../src/onnx/run-once.js";
import type { KeptOutputs } from "../../../src/onnx/session.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import {
  add,
  concat,
  divide,
  gradients,
  input,
  leakyRelu,
  matMul,
  mean,
  multiply,
  reshape,
  type Shape,
  sigmoid,
  sizeOf,
  slice,
  sqrt,
  square,
  subtract,
  type Tensor,
  type Window,
} from "../../../src/tensor/index.js";
import { convolve, convolveTransposed } from "../../tensor/image-rows.js";

// A little autoencoder (convolution, dense code, transposed convolution) and its training, the same in Node and in a
// browser: small, yet with every kind of kernel that a real one has, the long concatenation of gradients included.

const BATCH = 4;
const window: Window = { fine: [6, 6], coarse: [3, 3], kernel: 4, stride: 2, padding: 1 };
const small: Window = { fine: [3, 3], coarse: [2, 2], kernel: 3, stride: 2, padding: 1 };
const SHAPES: readonly Shape[] = [
  [16, 8],
  [8],
  [72, 9],
  [9],
  [36, 3],
  [3],
  [3, 36],
  [36],
  [72, 9],
  [8],
  [16, 8],
  [36],
];
const PARAMETERS = SHAPES.reduce((total, shape) => total + sizeOf(shape), 0);

function reconstruct(x: Tensor, weights: readonly Tensor[]): Tensor {
  const w = (i: number) => weights[i]!;
  let map = leakyRelu(add(convolve(reshape(x, [BATCH * 36, 1]), w(0), window), w(1)));
  map = leakyRelu(add(convolve(map, w(2), small), w(3)));
  const code = add(matMul(reshape(map, [BATCH, 36]), w(4)), w(5));
  map = reshape(leakyRelu(add(matMul(code, w(6)), w(7))), [BATCH * 4, 9]);
  map = leakyRelu(add(convolveTransposed(map, w(8), small), w(9)));
  return sigmoid(add(reshape(convolveTransposed(map, w(10), window), [BATCH, 36]), w(11)));
}

function trainingStep(limits: ProgramLimits): CompiledProgram {
  const vector = (name: string) => input(name, [PARAMETERS], { kind: "state" });
  const x = input("images", [BATCH, 36], { kind: "batch", field: "images" });
  const parameters = vector("parameters");
  const gradientSum = vector("gradientSum");
  const squareSum = vector("squareSum");
  let start = 0;
  const weights = SHAPES.map((shape) => {
    const end = start + sizeOf(shape);
    const weight = reshape(slice(parameters, 0, start, end), shape);
    start = end;
    return weight;
  });
  const loss = mean(square(subtract(reconstruct(x, weights), x)));
  const slopes = gradients(loss, weights).map((slope) => reshape(slope, [sizeOf(slope.shape)]));
  const slope = concat(slopes);
  const nextGradientSum = add(multiply(gradientSum, 0.9), multiply(slope, 0.1));
  const nextSquareSum = add(multiply(squareSum, 0.99), multiply(square(slope), 0.01));
  const step = divide(multiply(nextGradientSum, 0.05), add(sqrt(nextSquareSum), 1e-3));
  const outputs = {
    loss,
    nextParameters: subtract(parameters, step),
    nextGradientSum,
    nextSquareSum,
  };
  return compileProgram(outputs, limits);
}

/** What a training gave: the loss of every step and the parameters after the last. */
export interface Trained {
  readonly losses: readonly number[];
  readonly parameters: readonly number[];
  readonly millisecondsPerStep: number;
}

const STATE = ["parameters", "gradientSum", "squareSum"] as const;
const outputOf = (name: string) => `next${name[0]!.toUpperCase()}${name.slice(1)}`;

/**
 * Trains for some steps on noise, from parameters and images that are the same everywhere. The state stays on a device that keeps outputs, as it
 * does in a real training.
 */
export async function train(device: Device, steps: number): Promise<Trained> {
  const session = await device.open(
    trainingStep(device.limits),
    device.keepsOutputs ? STATE.map(outputOf) : [],
  );
  const vector = () => new Float32Array(PARAMETERS);
  const vectors = () => ({ parameters: vector(), gradientSum: vector(), squareSum: vector() });
  const images = new PhiloxStream(0, "images").fillUniform(new Float32Array(BATCH * 36));
  let present = vectors();
  let next = vectors();
  new PhiloxStream(0, "parameters").fillNormal(present.parameters).forEach((x, i) => {
    present.parameters[i] = 0.3 * x;
  });
  let kept: KeptOutputs = {};
  const loss = new Float32Array(1);
  const losses: number[] = [];
  let started = 0;
  for (let step = 0; step < steps; step++) {
    // The first run compiles kernels.
    if (step === 1) started = performance.now();
    const arrays = Object.fromEntries(STATE.map((name) => [outputOf(name), next[name]]));
    const before = kept;
    kept = await session.run({ images, ...present, ...before }, { loss, ...arrays });
    kept = Object.fromEntries(
      STATE.flatMap((name) => (kept[outputOf(name)] ? [[name, kept[outputOf(name)]!]] : [])),
    );
    for (const one of Object.values(before)) one.free();
    losses.push(loss[0]!);
    [present, next] = [next, present];
  }
  const millisecondsPerStep = (performance.now() - started) / (steps - 1);
  await readKept(device, kept, present);
  for (const one of Object.values(kept)) one.free();
  await session.release();
  return { losses, parameters: [...present.parameters], millisecondsPerStep };
}
