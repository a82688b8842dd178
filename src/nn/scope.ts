import type { FeatureMap } from "../tensor/operations/feature-map.js";
import { type Shape, sizeOf } from "../tensor/shape.js";
import { type Distribution, type InputRole, input, named, type Tensor } from "../tensor/tensor.js";
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
  /** Whether it is a statistic, which training keeps and no gradient moves. */
  readonly isStatistic: boolean;
}

/** What the parts of a model have asked for while a program was being built. */
export interface Requests {
  readonly parameters: Map<string, ParameterSpec>;
  readonly others: Map<string, Tensor>;
  /** What statistics are after this step, by name. */
  readonly kept: Map<string, Tensor>;
  /** The maps whose rows have a layer's name. */
  readonly maps: Map<Tensor, FeatureMap>;
}

/** How layers are built in a scope. */
export interface LayerDefaults {
  readonly initialisation: Initialisation;
  /** Whether the program is a training step. */
  readonly learns: boolean;
  /** Whether convolutions use only algorithms with no more rounding error than plain sums. */
  readonly exact: boolean;
}

/**
 * What a model asks its surroundings for while a program is built: parameters, noise, numbers that change by the
 * step. Nothing is computed here; the program's inputs carry their role, and the loop fills them by it.
 */
export class Scope {
  readonly requests: Requests;
  readonly #prefix: string;
  readonly #defaults: LayerDefaults;

  constructor(
    requests: Requests = { parameters: new Map(), others: new Map(), kept: new Map(), maps: new Map() },
    prefix = "",
    defaults: LayerDefaults = {
      initialisation: initialisations["uniform-by-fan"],
      learns: false,
      exact: false,
    },
  ) {
    this.requests = requests;
    this.#prefix = prefix;
    this.#defaults = defaults;
  }

  /** Initialisation of the layers built in this scope. */
  get initialisation(): Initialisation {
    return this.#defaults.initialisation;
  }

  /** Whether the program is a training step: layers that keep statistics go by the batch then, and update them. */
  get learns(): boolean {
    return this.#defaults.learns;
  }

  /** Whether convolutions use only algorithms with no more rounding error than plain sums. */
  get exact(): boolean {
    return this.#defaults.exact;
  }

  /** A scope whose names begin with this one's and `name`. */
  in(name: string | number): Scope {
    return new Scope(this.requests, `${this.#prefix}${name}.`, this.#defaults);
  }

  /** The same scope, with other defaults for its layers. */
  with(defaults: Partial<LayerDefaults>): Scope {
    return new Scope(this.requests, this.#prefix, { ...this.#defaults, ...defaults });
  }

  /**
   * A trained parameter. Asked for twice under one name it is the same tensor.
   * @param shape Shape in checkpoints.
   * @param as Shape in the program, where it differs.
   */
  parameter(name: string, shape: Shape, initialise: Initialiser, as: Shape = shape): Tensor {
    if (sizeOf(as) !== sizeOf(shape)) throw new Error(`parameter ${name}: the two shapes differ in size`);
    return this.#parameter({ name, shape, initialise, isStatistic: false }, as);
  }

  /** Numbers that belong to the model like parameters, but that no gradient moves: training says what they are next. */
  statistic(name: string, shape: Shape, initialise: Initialiser): Tensor {
    return this.#parameter({ name, shape, initialise, isStatistic: true }, shape);
  }

  /** A map as the output of a layer of this name. */
  namedMap(name: string, map: FeatureMap): FeatureMap {
    this.requests.maps.set(named(map.rows, name), map);
    return map;
  }

  /**
   * Says what a statistic is after this training step.
   * @throws Error when it has been said: the layer would have to follow two batches at a time.
   */
  keep(name: string, next: Tensor): void {
    const path = this.#prefix + name;
    if (this.requests.kept.has(path)) throw new Error(`${path} is kept twice in one step`);
    this.requests.kept.set(path, next);
  }

  #parameter({ name, ...spec }: Omit<ParameterSpec, "tensor">, as: Shape): Tensor {
    const path = this.#prefix + name;
    const known = this.requests.parameters.get(path);
    if (known) return known.tensor;
    const tensor = input(path, as, { kind: "parameter" });
    this.requests.parameters.set(path, { name: path, ...spec, tensor });
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
