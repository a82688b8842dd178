import { printable, UserError } from "../errors.js";
import { readBytes } from "../files/read.js";
import { decodeSafetensors } from "../files/safetensors-format.js";
import { sha256 } from "../files/sha256.js";
import type { HeadSettings } from "../model/heads/index.js";
import type { NumericArray } from "../numeric-array.js";
import { readLightningModel } from "./lightning.js";
import { isClassifierAlone, readLightningClassifier } from "./lightning-classifier.js";
import { HEAD } from "./lightning-heads.js";
import { placeHeads } from "./place-heads.js";
import { decodeTorchCheckpoint } from "./torch-checkpoint.js";
import type { Tensors } from "./torch-weights.js";

/** The parameters of a model as a file has them. */
export interface ParameterFile {
  /** Of the file's bytes: 64 hexadecimal digits. */
  readonly sha256: string;
  /** Under Narrows' names and in its shapes. */
  readonly parameters: ReadonlyMap<string, NumericArray>;
}

/** What Lightning puts before the names of its model's weights. */
const PREFIX = "model.";
/** Layers that only the authors' classes have under these names. */
const OF_AUTHORS = /^(fc_mu|fc_var|decoder_input)\./;
/** What a checkpoint of Narrows has of its optimizer. */
const OF_OPTIMIZER = /^optimizer\.(gradientSum|squareSum)\./;
/** Where a safetensors file has the brace that opens its header, and a file of PyTorch something else. */
const HEADER_BEGIN = 8;
const OPENING_BRACE = 0x7b;

/**
 * Reads the parameters of a model from a `.safetensors`, `.pt` or `.ckpt` file, which is known by its first bytes. Nothing in it is executed.
 *
 * Those of the authors' classes of "The geometry of efficient codes" go by PyTorch's names and shapes, with `model.` before
 * the names or without; any others by Narrows' own, as its checkpoints have them (whose optimizer is ignored).
 * @param heads Of the model that the parameters are for.
 * @throws UserError when the file cannot be read, names a foreign class, or holds numbers that are not finite, or a classifier that
 * is no head of the model.
 */
export function readParameterFile(path: string, heads: readonly HeadSettings[]): ParameterFile {
  const bytes = readBytes(path);
  const tensors = decodeTensors(bytes, path);
  const isOfAuthors = [...tensors.keys()].some((name) => OF_AUTHORS.test(name) || HEAD.test(name));
  return { sha256: sha256(bytes), parameters: (isOfAuthors ? ofAuthors : ofNarrows)(tensors, path, heads) };
}

function decodeTensors(bytes: Uint8Array, where: string): Tensors {
  if (bytes[HEADER_BEGIN] !== OPENING_BRACE) {
    return decodeTorchCheckpoint(bytes, where, { stripPrefix: PREFIX }).tensors;
  }
  const tensors = new Map<string, NumericArray>();
  for (const [key, tensor] of decodeSafetensors(bytes, where).tensors) {
    const name = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key;
    if (tensors.has(name)) throw misfit(where, `two of its tensors are called ${printable(name)}`);
    tensors.set(name, tensor);
  }
  return tensors;
}

function ofAuthors(tensors: Tensors, where: string, configured: readonly HeadSettings[]): Tensors {
  const read = isClassifierAlone(tensors) ? readLightningClassifier : readLightningModel;
  const { parameters, heads } = read(tensors, where);
  const { placed, leftOut } = placeHeads(heads, configured);
  if (leftOut[0]) {
    throw misfit(where, `it holds a classifier ${printable(leftOut[0].key)}, which is no head of the model`);
  }
  return new Map([parameters, ...placed.map((head) => head.parameters)].flatMap((map) => [...map]));
}

function ofNarrows(tensors: Tensors, where: string): Tensors {
  const own = [...tensors].filter(([name]) => !OF_OPTIMIZER.test(name));
  for (const [name, { data }] of own) {
    if (!data.every(Number.isFinite)) {
      throw misfit(where, `${printable(name)} holds NaN or infinite numbers`);
    }
  }
  return new Map(own);
}

function misfit(where: string, what: string): UserError {
  return new UserError({ where, what, remedy: "Give the parameters of this very model, each once" });
}
