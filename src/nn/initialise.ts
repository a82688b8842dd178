import type { PhiloxStream } from "../random/stream.js";

/** Fills a parameter with its initial values, from its own random stream. */
export type Initialiser = (stream: PhiloxStream, values: Float32Array) => void;

/** How many numbers a layer's output rests on, and how many of the next layer rest on one of its inputs. */
export interface Fans {
  /** Numbers that one output rests on. */
  readonly in: number;
  /** Numbers of the next layer that rest on one input. */
  readonly out: number;
  /** How many products an output is the sum of, on the average over a map; not always `in`, which counts as others do. */
  readonly summed: number;
}

/** Weight initialisation of the layers of a model. */
export interface Initialisation {
  /** Fills the weights of a layer. */
  weight(fans: Fans): Initialiser;
  /** Fills its biases. */
  bias(fans: Fans): Initialiser;
}

/** Names of the initialisations in configurations. */
export const INITIALISATION_NAMES = ["uniform-by-fan", "glorot", "he"] as const;
/** One of {@link INITIALISATION_NAMES}. */
export type InitialisationName = (typeof INITIALISATION_NAMES)[number];

/**
 * Initialisations: `uniform-by-fan` is PyTorch's (weights and biases uniform on +-1/sqrt(fan in)), `glorot` that of
 * Keras (weights uniform on +-sqrt(6 / (fan in + fan out)), biases zero; Glorot and Bengio 2010), and `he` keeps the size of
 * what passes layers with ReLU, in maps that grow too (weights normal with variance 2 / products summed, biases zero; rule A7; He et al. 2015).
 */
export const initialisations: Readonly<Record<InitialisationName, Initialisation>> = {
  "uniform-by-fan": {
    weight: (fans) => uniformByFan(fans.in),
    bias: (fans) => uniformByFan(fans.in),
  },
  glorot: {
    weight: (fans) => uniformWithin(Math.sqrt(6 / (fans.in + fans.out))),
    bias: () => zeros,
  },
  he: {
    weight: ({ summed }) => normalWith(Math.sqrt(2 / summed)),
    bias: () => zeros,
  },
};

/**
 * The initialisation that a configuration asks for. Where it names a file nothing is drawn: who trains gives the state that the file holds.
 */
export function initialisationOf(
  asked: InitialisationName | { readonly file: string } = "uniform-by-fan",
): Initialisation {
  if (typeof asked === "string") return initialisations[asked];
  const refuse: Initialiser = () => {
    throw new Error(`the initial weights are in ${asked.file}: read them with readInitialWeights`);
  };
  return { weight: () => refuse, bias: () => refuse };
}

/**
 * Uniform on (-1/sqrt(fan), 1/sqrt(fan)): what PyTorch gives the weights and biases of dense and convolution layers.
 * `fan` is the number of inputs of a dense layer, inputs times kernel area of a convolution, and OUTPUTS times kernel
 * area of a transposed one.
 */
export function uniformByFan(fan: number): Initialiser {
  return uniformWithin(1 / Math.sqrt(fan));
}

/** Normal with mean 0 and variance 2 / (fan in + fan out) (Glorot and Bengio 2010). */
export function glorotNormal(fans: Pick<Fans, "in" | "out">): Initialiser {
  return normalWith(Math.sqrt(2 / (fans.in + fans.out)));
}

/** All zero. */
export const zeros: Initialiser = (_, values) => void values.fill(0);

/** All one. */
export const ones: Initialiser = (_, values) => void values.fill(1);

function normalWith(deviation: number): Initialiser {
  return (stream, values) => {
    stream.fillNormal(values);
    for (let i = 0; i < values.length; i++) values[i]! *= deviation;
  };
}

function uniformWithin(bound: number): Initialiser {
  return (stream, values) => {
    stream.fillUniform(values);
    for (let i = 0; i < values.length; i++) values[i] = (2 * values[i]! - 1) * bound;
  };
}
