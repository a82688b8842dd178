import type { PhiloxStream } from "../random/stream.js";

/** Fills a parameter with its first values, from the stream that belongs to it. */
export type Initialiser = (stream: PhiloxStream, values: Float32Array) => void;

/**
 * Uniform on (-1/sqrt(fan), 1/sqrt(fan)): what PyTorch gives the weights and biases of dense and convolution layers.
 * `fan` is the number of inputs of a dense layer, inputs times kernel area of a convolution, and OUTPUTS times kernel
 * area of a transposed one.
 */
export function uniformByFan(fan: number): Initialiser {
  const bound = 1 / Math.sqrt(fan);
  return (stream, values) => {
    stream.fillUniform(values);
    for (let i = 0; i < values.length; i++) values[i] = (2 * values[i]! - 1) * bound;
  };
}
