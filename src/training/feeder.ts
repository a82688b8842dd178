import { fillBatch, fillCauseMeans } from "../data/batches.js";
import { type ImageTable, valuesPerImage } from "../data/dataset.js";
import { CAUSE_MEANS_FIELD, type Trainable, targetField } from "../model/trainable.js";
import type { Buffers } from "../onnx/session.js";
import { PhiloxStream } from "../random/stream.js";
import { sizeOf } from "../tensor/shape.js";
import type { Tensor } from "../tensor/tensor.js";
import { fillNoise, type NoiseKey } from "./noise.js";

/** What a step is fed with, by the role of the program's inputs. */
export interface Feed {
  readonly seed: number;
  readonly noise: NoiseKey;
  /** Distinguishes streams that must differ at the same step, such as training and evaluation. */
  readonly noisePurpose: string;
  /** Writes a field of the batch, such as `images`, into the array. */
  readonly fillBatch: (field: string, into: Float32Array) => void;
  readonly scalars: Readonly<Record<string, number>>;
}

/**
 * The arrays of a program's inputs, made once and refilled in place for every step. Parameters and states are not
 * its business: they are handed on from step to step by the caller.
 */
export class Feeder {
  readonly buffers: Buffers;
  readonly #inputs: readonly { readonly tensor: Tensor; readonly array: Float32Array }[];

  constructor(inputs: readonly Tensor[]) {
    this.#inputs = inputs
      .filter(isFed)
      .map((tensor) => ({ tensor, array: new Float32Array(sizeOf(tensor.shape)) }));
    this.buffers = Object.fromEntries(this.#inputs.map(({ tensor, array }) => [tensor.name, array]));
  }

  /**
   * Fills every array for one step.
   * @throws Error when the program asks for a scalar that is not given.
   */
  fill(feed: Feed): void {
    for (const { tensor, array } of this.#inputs) {
      const role = tensor.origin.kind === "input" ? tensor.origin.role : undefined;
      switch (role?.kind) {
        case "batch":
          feed.fillBatch(role.field, array);
          break;
        case "noise": {
          const stream = new PhiloxStream(feed.seed, `${feed.noisePurpose} ${tensor.name}`);
          fillNoise(stream, feed.noise, role.distribution, tensor.shape, array);
          break;
        }
        case "scalar": {
          const value = feed.scalars[tensor.name!];
          if (value === undefined) throw new Error(`no value was given for the scalar ${tensor.name}`);
          array[0] = value;
        }
      }
    }
  }
}

function isFed(tensor: Tensor): boolean {
  const { origin } = tensor;
  return origin.kind === "input" && origin.role.kind !== "parameter" && origin.role.kind !== "state";
}

/**
 * Writes a field of a batch, such as the images or a head's targets, into a program's input.
 * @throws Error for a field that no table has.
 */
export function fillField(
  { heads }: Pick<Trainable, "heads">,
  field: string,
  table: ImageTable,
  rows: Uint32Array,
  into: Float32Array,
): void {
  const head = heads.find((one) => targetField(one) === field);
  if (field === "images") fillBatch(table, rows, into.subarray(0, rows.length * valuesPerImage(table)));
  else if (field === CAUSE_MEANS_FIELD) fillCauseMeans(table, rows, into);
  else if (head) head.fillTargets(table.labels ?? [], table.labelNames.length, rows, into);
  else throw new Error(`the program asks for the field ${field} of a batch, which nothing fills`);
}
