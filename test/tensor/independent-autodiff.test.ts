import { defaultDevice, init, lax, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { beforeAll, describe, test } from "vitest";
import {
  abs,
  add,
  exp,
  gradients,
  leakyRelu,
  matMul,
  mean,
  multiply,
  type Shape,
  sigmoid,
  sizeOf,
  slice,
  square,
  subtract,
  sumOver,
  type Tensor,
  type Window,
} from "../../src/tensor/index.js";
import { evaluate, normals, parameter } from "./evaluate.js";
import { expectClose } from "./gradient-check.js";
import { convolve, convolveTransposed } from "./image-rows.js";

// Whole models against jax-js, an automatic differentiation that shares nothing with ours. Its arrays are freed by
// their first use, so that each `.ref` below lends one out once more.

type Model<T> = (parameters: Readonly<Record<string, T>>) => T;

const BATCH = 4;
const CAPACITY = 0.3;

beforeAll(async () => {
  await init("cpu");
  defaultDevice("cpu");
});

/** Compares the value of a scalar and its gradients in every parameter. */
async function compare(
  shapes: Readonly<Record<string, Shape>>,
  ours: Model<Tensor>,
  theirs: Model<np.Array>,
): Promise<void> {
  const tensors = Object.entries(shapes).map(([name, shape]) => parameter(name, shape));
  const values = new Map(
    tensors.map((tensor) => [tensor, normals(sizeOf(tensor.shape), tensor.name!).map((x) => 0.5 * x)]),
  );
  const loss = ours(Object.fromEntries(tensors.map((tensor) => [tensor.name!, tensor])));
  const slopes = gradients(loss, tensors).map(
    (slope, i) => [`gradient of ${tensors[i]!.name}`, slope] as const,
  );
  const found = await evaluate<Record<string, Tensor>>({ loss, ...Object.fromEntries(slopes) }, values);
  const arrays = Object.fromEntries(
    tensors.map((tensor) => [tensor.name!, np.array(values.get(tensor)!).reshape([...tensor.shape])]),
  );
  const [value, expected] = valueAndGrad(theirs as (parameters: Record<string, np.Array>) => np.Array)(
    arrays,
  );
  expectClose(found.loss!, (await value.data()) as Float32Array, 1e-5, "loss");
  for (const [name, slope] of Object.entries(expected)) {
    const output = `gradient of ${name}`;
    expectClose(found[output]!, (await slope.data()) as Float32Array, 1e-5, output);
  }
}

describe("equal to jax-js", () => {
  test("a small beta-VAE with a capacity: dense layers, gaussian sample, rate, |rate - C|", () =>
    compare(
      {
        x: [BATCH, 6],
        noise: [BATCH, 2],
        hidden: [6, 8],
        hiddenBias: [8],
        code: [8, 4],
        codeBias: [4],
        decode: [2, 6],
        decodeBias: [6],
      },
      (p) => {
        const hidden = leakyRelu(add(matMul(p.x!, p.hidden!), p.hiddenBias!), 0.1);
        const code = add(matMul(hidden, p.code!), p.codeBias!);
        const centre = slice(code, 1, 0, 2);
        const logVariance = slice(code, 1, 2, 4);
        const z = add(centre, multiply(exp(multiply(logVariance, 0.5)), p.noise!));
        const image = sigmoid(add(matMul(z, p.decode!), p.decodeBias!));
        const terms = subtract(add(square(centre), exp(logVariance)), add(logVariance, 1));
        const rate = multiply(sumOver(terms, [0, 1]), 0.5 / BATCH);
        return add(mean(square(subtract(image, p.x!))), abs(subtract(rate, CAPACITY)));
      },
      (p) => {
        const hidden = nn.leakyRelu(np.matmul(p.x!.ref, p.hidden!).add(p.hiddenBias!), 0.1);
        const code = np.matmul(hidden, p.code!).add(p.codeBias!);
        const centre = code.ref.slice([], [0, 2]);
        const logVariance = code.slice([], [2, 4]);
        const z = centre.ref.add(np.exp(logVariance.ref.mul(0.5)).mul(p.noise!));
        const image = nn.sigmoid(np.matmul(z, p.decode!).add(p.decodeBias!));
        const terms = np.square(centre).add(np.exp(logVariance.ref)).sub(logVariance.add(1));
        const rate = np.sum(terms).mul(0.5 / BATCH);
        return np.mean(np.square(image.sub(p.x!))).add(np.absolute(rate.sub(CAPACITY)));
      },
    ));

  test.each<[string, Window, fine: number, coarse: number]>([
    ["kernel 4, stride 2", { fine: [6, 6], coarse: [3, 3], kernel: 4, stride: 2, padding: 1 }, 2, 3],
    ["taps inside a small map", { fine: [3, 3], coarse: [2, 2], kernel: 3, stride: 2, padding: 1 }, 8, 4],
  ])("a convolutional autoencoder, %s", (_, window, fine, coarse) =>
    compare(
      {
        x: [2 * sizeOf(window.fine), fine],
        down: [window.kernel ** 2 * fine, coarse],
        downBias: [coarse],
        up: [window.kernel ** 2 * fine, coarse],
        upBias: [fine],
      },
      (p) => {
        const map = leakyRelu(add(convolve(p.x!, p.down!, window), p.downBias!));
        const image = sigmoid(add(convolveTransposed(map, p.up!, window), p.upBias!));
        return mean(square(subtract(image, p.x!)));
      },
      (p) => {
        const { kernel, stride, padding } = window;
        // From our rows [batch * positions, channels] to [batch, channels, height, width], and the weights likewise.
        const x = p.x!.reshape([2, ...window.fine, fine]).transpose([0, 3, 1, 2]);
        const taps = (weight: np.Array) => weight.reshape([kernel, kernel, fine, coarse]);
        const edge: [number, number] = [padding, padding];
        const strides = [stride, stride];
        const down = lax.convGeneralDilated(x.ref, taps(p.down!).transpose([3, 2, 0, 1]), strides, [
          edge,
          edge,
        ]);
        const map = nn.leakyRelu(down.add(p.downBias!.reshape([coarse, 1, 1])));
        // The adjoint: a convolution of the stretched map with the kernel turned around.
        const turned = np.flip(taps(p.up!).transpose([2, 3, 0, 1]), [2, 3]);
        const margin: [number, number] = [kernel - 1 - padding, kernel - 1 - padding];
        const options = { lhsDilation: strides };
        const up = lax.convGeneralDilated(map, turned, [1, 1], [margin, margin], options);
        const image = nn.sigmoid(up.add(p.upBias!.reshape([fine, 1, 1])));
        return np.mean(np.square(image.sub(x)));
      },
    ),
  );
});
