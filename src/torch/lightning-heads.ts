import { groupBy } from "../collections.js";
import { own } from "../given-names.js";
import type { HeadSettings } from "../model/heads/index.js";
import type { NumericArray } from "../numeric-array.js";
import { permute, type Tensors, type TorchWeights } from "./torch-weights.js";

/** A weight of a classifier: `clf.` in BetaVAE_CLF, `clf_dict.<task>.` in BetaVAE_MultiCLF. */
export const HEAD = /^(clf|clf_dict\.([^.]+))\.(.+)$/;

/** A classifier of the authors' code as its weights show it. */
export interface LightningHead {
  /** `clf`, or `clf_dict.<task>`. */
  readonly key: string;
  /** The number of its task, where it is in its name. */
  readonly task: number | undefined;
  /** Undefined where its layers are none of that code's. */
  readonly network: HeadNetwork | undefined;
}

/** The layers of a classifier of the authors' code, as a head of Narrows has them. */
export interface HeadNetwork {
  readonly settings: HeadSettings["network"];
  /** Numbers it gives a code: 1 for a condition, else one a class. */
  readonly outputs: number;
  /** By their names within the head: `0.weight`, [inputs, outputs]. */
  readonly parameters: ReadonlyMap<string, NumericArray<Float32Array>>;
}

/**
 * What lies between two dense layers, by the second one's place: PyTorch numbers all layers of a stack, and those
 * without weights leave a gap.
 */
const BETWEEN: Readonly<Record<string, { slope: number; dropout: number }>> = {
  // Nothing.
  "1": { slope: 1, dropout: 0 },
  // A leaky rectifier and dropout.
  "3": { slope: 0.2, dropout: 0.25 },
};

/**
 * The classifiers among the weights of a checkpoint, in their order there.
 * @param dimensions Of the code.
 * @throws UserError naming a weight whose shape does not fit the others, or that is not finite.
 */
export function readHeads(tensors: Tensors, source: TorchWeights, dimensions: number): LightningHead[] {
  const weights = [...tensors.keys()].flatMap((name) => {
    const [, key, task, layer] = HEAD.exec(name) ?? [];
    return key === undefined || layer === undefined ? [] : [{ key, task, layer }];
  });
  return [...groupBy(weights, ({ key }) => key)].map(([key, [first, ...others]]) => {
    const names = [first, ...others].map(({ layer }) => layer);
    const task = /^\d+$/.test(first.task ?? "") ? Number(first.task) : undefined;
    return { key, task, network: readNetwork(key, names, source, dimensions) };
  });
}

/** A stack of one or two dense layers; undefined for any other. */
function readNetwork(
  key: string,
  names: readonly string[],
  source: TorchWeights,
  dimensions: number,
): HeadNetwork | undefined {
  const places = [...new Set(names.map((name) => name.split(".")[0]!))].sort();
  const expected = places.flatMap((place) => [`${place}.weight`, `${place}.bias`]);
  const between = places[1] === undefined ? undefined : own(BETWEEN, places[1]);
  const known = places[0] === "0" && (places.length === 1 || (places.length === 2 && between));
  if (!known || names.length !== expected.length || !expected.every((name) => names.includes(name))) {
    return undefined;
  }
  const parameters = new Map<string, NumericArray<Float32Array>>();
  let inputs = dimensions;
  const widths = places.map((place, index) => {
    const weight = `${key}.${place}.weight`;
    const [outputs] = source.extents(weight, 2) as [number, number];
    // PyTorch keeps [outputs, inputs].
    parameters.set(
      `${index}.weight`,
      permute(source.take(weight, [outputs, inputs]), [outputs, inputs], [1, 0]),
    );
    parameters.set(`${index}.bias`, source.take(`${key}.${place}.bias`, [outputs]));
    inputs = outputs;
    return outputs;
  });
  const hidden = between && { type: "hidden" as const, units: widths[0]!, ...between };
  return { settings: hidden || { type: "linear" }, outputs: inputs, parameters };
}
