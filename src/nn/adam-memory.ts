import { ADAM_MODULE } from "../kernels/adam-module.js";
import { type KernelFunction, kernel } from "../kernels/kernel.js";
import type { AdamSettings, AdamStep } from "./adam.js";

/** The vectors that a step of Adam reads and writes, each of as many numbers as there are parameters. */
export interface AdamVectors {
  readonly parameters: Float32Array;
  readonly gradientSum: Float32Array;
  readonly squareSum: Float32Array;
}

/** The numbers of one step, as {@link AdamStep} has them. */
export type AdamNumbers = Readonly<Record<keyof AdamStep, number>>;

const FLOAT_BYTES = 4;

const openKernel = kernel(ADAM_MODULE);

/**
 * Two states of Adam and a gradient in one memory of WebAssembly, and the step from one state to the other as a single pass: as a graph of
 * operations it is ten passes, several times as slow. Bit for bit the numbers of {@link adam}.
 */
export class AdamMemory {
  readonly states: readonly [AdamVectors, AdamVectors];
  readonly gradient: Float32Array;
  readonly #adam: KernelFunction;

  /** @param length numbers in each vector. */
  constructor(length: number) {
    const bytes = FLOAT_BYTES * length;
    const opened = openKernel(7 * bytes);
    if (!opened) throw new Error("this engine's WebAssembly has no vector instructions (128 bits)");
    const vector = (place: number) => new Float32Array(opened.memory, place * bytes, length);
    const state = (first: number): AdamVectors => ({
      parameters: vector(first),
      gradientSum: vector(first + 1),
      squareSum: vector(first + 2),
    });
    this.states = [state(0), state(3)];
    this.gradient = vector(6);
    this.#adam = opened.functions.adam!;
  }

  /** The step on the numbers from `start` to `end` of one state into the other; the gradient's are read. */
  step(
    from: AdamVectors,
    to: AdamVectors,
    { start, end }: { readonly start: number; readonly end: number },
    { stepSize, epsilon, shrink }: AdamNumbers,
    { beta1, beta2, weightDecay, decoupledWeightDecay }: AdamSettings,
  ): void {
    const address = (vector: Float32Array) => vector.byteOffset + FLOAT_BYTES * start;
    const read = [from.parameters, this.gradient, from.gradientSum, from.squareSum].map(address);
    const written = [to.parameters, to.gradientSum, to.squareSum].map(address);
    const [added, kept] = decoupledWeightDecay ? [0, shrink] : [weightDecay, 1];
    this.#adam(...read, ...written, end - start, beta1, beta2, added, stepSize, epsilon, kept);
  }
}
