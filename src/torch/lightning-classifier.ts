import type { NumericArray } from "../numeric-array.js";
import { HEAD, type LightningHead, readHeads } from "./lightning-heads.js";
import { type Tensors, TorchWeights } from "./torch-weights.js";

/** What the weights of the authors' `LatentClassifier` say of it: a classifier of given codes, and nothing else. */
export interface LightningClassifier {
  /** It has no parts of an autoencoder. */
  readonly settings: undefined;
  /** Of the codes it reads. */
  readonly dimensions: number;
  /** None of its own: those of its heads are in `heads`. */
  readonly parameters: ReadonlyMap<string, NumericArray<Float32Array>>;
  readonly heads: readonly LightningHead[];
}

/** Whether the weights are those of a classifier of codes alone. */
export function isClassifierAlone(tensors: Tensors): boolean {
  return (
    tensors.size > 0 &&
    [...tensors.keys()].every((name) => /^clf\.[^.]+\.(weight|bias)$/.test(name) && HEAD.test(name))
  );
}

/**
 * Understands the weights of a `LatentClassifier`.
 * @param tensors Under their names without Lightning's `model.`; {@link isClassifierAlone}.
 * @param where How messages call the file.
 * @throws UserError naming a weight whose shape does not fit the others, or that is not finite.
 */
export function readLightningClassifier(tensors: Tensors, where: string): LightningClassifier {
  const source = new TorchWeights(tensors, where);
  const first = [...tensors.keys()].filter((name) => name.endsWith(".weight")).sort()[0];
  if (first === undefined) throw source.misfit([...tensors.keys()][0]!, "has no weights");
  const [, dimensions] = source.extents(first, 2) as [number, number];
  const heads = readHeads(tensors, source, dimensions);
  return { settings: undefined, dimensions, parameters: new Map(), heads };
}
