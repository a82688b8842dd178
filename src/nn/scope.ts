import { type Shape, sizeOf } from "../tensor/shape.js";
import { type Distribution, type InputRole, input, type Tensor } from "../tensor/tensor.js";
import { type Initialisation, type Initialiser, initialisations } from "./initialise.js";

/** A parameter as the model declared it. */
export interface ParameterSpec {
  /** Dotted path, such as `encoder.0.weight`: its name in checkpoints. */
  readonly name: string;
  /** Shape in checkpoints, such as [kernel, kernel, in, out]. */
  readonly shape: Shape;
  readonly initialise: Initialiser;
  /** The program input that stands for it; same elements, perhaps merged axes. */
  readonly tensor: Tensor;
}

/** What the parts of a model have asked for while a program was being built. */
export interface Requests {
  readonly parameters: Map<string, ParameterSpec>;
  readonly others: Map<string, Tensor>;
}

/**
 * What a model asks its surroundings for while a program is built: parameters, noise, numbers that change by the
 * step. Nothing is computed here; the program's inputs carry their role, and the loop fills them by it.
 */
export class Scope {
  readonly requests: Requests;
  /** How the layers built in this scope begin. */
  readonly initialisation: Initialisation;
  readonly #prefix: string;

  constructor(
    requests: Requests = { parameters: new Map(), others: new Map() },
    prefix = "",
    initialisation = initialisations["uniform-by-fan"],
  ) {
    this.requests = requests;
    this.initialisation = initialisation;
    this.#prefix = prefix;
  }

  /** A scope whose names begin with this one's and `name`. */
  in(name: string | number): Scope {
    return new Scope(this.requests, `${this.#prefix}${name}.`, this.initialisation);
  }

  /** The same scope, whose layers begin in another way. */
  beginning(initialisation: Initialisation): Scope {
    return new Scope(this.requests, this.#prefix, initialisation);
  }

  /**
   * A trained parameter. Asked for twice under one name it is the same tensor.
   * @param shape Shape in checkpoints.
   * @param as Shape in the program, where it differs.
   */
  parameter(name: string, shape: Shape, initialise: Initialiser, as: Shape = shape): Tensor {
    const path = this.#prefix + name;
    const known = this.requests.parameters.get(path);
    if (known) return known.tensor;
    if (sizeOf(as) !== sizeOf(shape)) throw new Error(`parameter ${path}: the two shapes differ in size`);
    const tensor = input(path, as, { kind: "parameter" });
    this.requests.parameters.set(path, { name: path, shape, initialise, tensor });
    return tensor;
  }

  /** Fresh random numbers in every step, drawn on the host from the stream of this name. */
  noise(name: string, shape: Shape, distribution: Distribution = "normal"): Tensor {
    return this.#other(name, shape, { kind: "noise", distribution });
  }

  /** A number the host gives in every step, such as a learning rate. */
  scalar(name: string): Tensor {
    return this.#other(name, [], { kind: "scalar" });
  }

  /** A field of the batch, such as `images`. */
  batch(field: string, shape: Shape): Tensor {
    return this.#other(field, shape, { kind: "batch", field });
  }

  /** A vector kept from step to step. */
  state(name: string, shape: Shape): Tensor {
    return this.#other(name, shape, { kind: "state" });
  }

  #other(name: string, shape: Shape, role: InputRole): Tensor {
    const path = this.#prefix + name;
    const known = this.requests.others.get(path);
    if (known) return known;
    const tensor = input(path, shape, role);
    this.requests.others.set(path, tensor);
    return tensor;
  }
}
