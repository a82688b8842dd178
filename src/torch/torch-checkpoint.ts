/**
 * Checkpoints of PyTorch and PyTorch Lightning, read without Python and without executing anything: a zip archive of a
 * pickle (`data.pkl`) and of raw numbers (`data/0`, `data/1`, ...), as `torch.save` writes them since version 1.6.
 */
import { firstRepeated } from "../collections.js";
import { printable, UserError } from "../errors.js";
import { type ByteSource, bytesSource, fileSource } from "../files/source.js";
import { openZip } from "../files/zip.js";
import type { NumericArray } from "../numeric-array.js";
import { BadPickle, type PickleValue, unpickle } from "./pickle.js";
import { ForeignClass, findTorchClass, loadTorchStorage } from "./torch-classes.js";
import { TorchTensor, toDense } from "./torch-tensors.js";

/** A value of JSON. */
export type PlainValue = null | boolean | number | string | PlainValue[] | { [key: string]: PlainValue };

/** What a checkpoint holds of a trained model. */
export interface TorchCheckpoint {
  /** The model's weights and buffers, dense and row-major, under PyTorch's names, in the file's order. */
  readonly tensors: Map<string, NumericArray>;
  /** Lightning's own count, from 0. */
  readonly epoch?: number;
  /** Lightning's: optimizer steps done. */
  readonly globalStep?: number;
  /** Lightning's `hyper_parameters`; what is no plain value stands as its class's name. */
  readonly hyperParameters?: PlainValue;
}

/** Options of {@link readTorchCheckpoint}. */
export interface TorchCheckpointOptions {
  /** Removed from the beginning of each name that has it: Lightning puts the model's attribute there ("model."). */
  readonly stripPrefix?: string;
}

/** A view may repeat its numbers; beyond this much more than the file, it is there to fill the memory. */
const MAX_EXPANSION = 8;
/** The first byte of a pickle that is not in an archive. */
const PICKLE_PROTOCOL = 0x80;
/** What an archive's `byteorder` says where numbers lie most significant byte first. */
const BIG = "big";
/** Longer pickles have no more to say. */
const LONGEST_PICKLE = 2 ** 28;
const MAX_PLAIN_VALUES = 10_000;
/** Characters of a text that count as much as a value. */
const CHARACTERS_PER_VALUE = 64;
const DEEPEST = 100;

/**
 * Reads the weights of a `.ckpt` or `.pt` file: those under its key `state_dict`, or at its top.
 * @throws UserError when the file cannot be read, is truncated or damaged, names a class that is not allowed, or has no
 * weights
 */
export function readTorchCheckpoint(path: string, options: TorchCheckpointOptions = {}): TorchCheckpoint {
  return readCheckpoint(fileSource(path), options);
}

/** As {@link readTorchCheckpoint}, of a file's bytes; `where` names it in messages. */
export function decodeTorchCheckpoint(
  bytes: Uint8Array,
  where: string,
  options: TorchCheckpointOptions = {},
): TorchCheckpoint {
  return readCheckpoint(bytesSource(bytes, where), options);
}

function readCheckpoint(source: ByteSource, { stripPrefix = "" }: TorchCheckpointOptions): TorchCheckpoint {
  try {
    const { content, bigEndian } = readArchive(source);
    const top = content instanceof Map ? content : new Map<PickleValue, PickleValue>();
    const [epoch, globalStep] = [top.get("epoch"), top.get("global_step")];
    const hyperParameters = top.get("hyper_parameters");
    return {
      tensors: readState(top, stripPrefix, bigEndian, source.size * MAX_EXPANSION),
      ...(typeof epoch === "number" && { epoch }),
      ...(typeof globalStep === "number" && { globalStep }),
      ...(hyperParameters !== undefined && { hyperParameters: plain(hyperParameters) }),
    };
  } catch (error) {
    if (!(error instanceof BadPickle)) throw error;
    const { where } = source;
    throw new UserError({ where, what: error.message, remedy: remedyFor(error), cause: error });
  }
}

function readArchive(source: ByteSource): { content: PickleValue; bigEndian: boolean } {
  if (source.size > 0 && source.read(0, 1)[0] === PICKLE_PROTOCOL) {
    throw new UserError({
      where: source.where,
      what: "this is a file of PyTorch before 1.6",
      remedy: "Load it there, and save it again with torch.save",
    });
  }
  const archive = openZip(source, { zeroIsNoChecksum: true });
  const packed = archive.entries.find(({ size, packedSize }) => size !== packedSize);
  if (packed) {
    throw new BadPickle(`${printable(packed.name)} in it is compressed, which torch.save never does`);
  }
  const [twice] = firstRepeated(archive.entries, ({ name }) => name) ?? [];
  if (twice) throw new BadPickle(`it holds ${printable(twice.name)} twice`);
  const pickle = archive.entries.find(({ name }) => /^[^/]+\/data\.pkl$/.test(name));
  if (!pickle) throw new BadPickle("this zip archive is not a PyTorch checkpoint: it has no data.pkl");
  if (pickle.size > LONGEST_PICKLE) throw new BadPickle(`its pickle has ${pickle.size} bytes`);
  const folder = pickle.name.slice(0, -"data.pkl".length);
  const order = archive.find(`${folder}byteorder`);
  const bigEndian = order?.size === BIG.length && new TextDecoder().decode(archive.read(order)) === BIG;
  // Several tensors may look at the same numbers.
  const records = new Map<string, Uint8Array>();
  const record = (key: string) => {
    const entry = archive.find(`${folder}data/${key}`);
    if (entry && !records.has(key)) records.set(key, archive.read(entry));
    return records.get(key);
  };
  const content = unpickle(archive.read(pickle), {
    findClass: findTorchClass,
    loadPersistent: (id) => loadTorchStorage(id, record),
  });
  return { content, bigEndian };
}

function readState(
  top: Map<PickleValue, PickleValue>,
  stripPrefix: string,
  bigEndian: boolean,
  maxBytes: number,
): Map<string, NumericArray> {
  const state = top.get("state_dict") ?? top;
  const entries = state instanceof Map ? [...state] : [];
  if (entries.length === 0)
    throw new BadPickle('it has no weights, neither under "state_dict" nor at its top');
  const tensors = new Map<string, NumericArray>();
  let total = 0;
  for (const [key, tensor] of entries) {
    if (typeof key !== "string" || !(tensor instanceof TorchTensor)) {
      const name = printable(typeof key === "string" ? key : typeof key);
      throw new BadPickle(`it has no state_dict, or one that holds ${name}, which is no tensor`);
    }
    total += tensor.elementCount * tensor.type.bytes;
    if (total > maxBytes)
      throw new BadPickle("its tensors repeat their numbers to many times the file's size");
    const name = key.startsWith(stripPrefix) ? key.slice(stripPrefix.length) : key;
    if (tensors.has(name)) throw new BadPickle(`two of its tensors are called ${printable(name)}`);
    tensors.set(name, toDense(tensor, name, bigEndian));
  }
  return tensors;
}

/** Turns a value into JSON; shared values are repeated, and cycles followed, only within bounds. */
function plain(value: PickleValue, budget = { left: MAX_PLAIN_VALUES }, depth = 0): PlainValue {
  // A text may be shared, and would be written out as often.
  budget.left -= 1 + (typeof value === "string" ? Math.floor(value.length / CHARACTERS_PER_VALUE) : 0);
  if (budget.left < 0 || depth > DEEPEST)
    throw new BadPickle("its hyper_parameters are too large or too deep");
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map((item) => plain(item, budget, depth + 1));
  if (value instanceof Set) return [...value].map((item) => plain(item, budget, depth + 1));
  if (value instanceof Map) {
    const keyOf = (key: PickleValue) => (typeof key === "object" ? describe(key) : String(key));
    return Object.fromEntries([...value].map(([key, item]) => [keyOf(key), plain(item, budget, depth + 1)]));
  }
  return describe(value);
}

/** What kind of thing a value is that JSON has no form for. */
function describe(value: PickleValue): string {
  if (value === null || typeof value !== "object") return String(value);
  return "qualifiedName" in value
    ? value.qualifiedName
    : "kind" in value
      ? value.kind
      : value.constructor.name;
}

function remedyFor(error: BadPickle): string {
  return error instanceof ForeignClass
    ? 'Save the weights alone: torch.save({"state_dict": model.state_dict()}, FILE)'
    : "Give a whole file as torch.save or Lightning writes it";
}
