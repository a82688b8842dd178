/**
 * The only classes that a checkpoint may name. First those that make tensors and containers; then a short list of
 * harmless ones that Lightning and its users leave in keys that are not needed here, taken as opaque records. Any other class
 * refuses the whole file, wherever it stands: what would run on loading in Python is not for us to guess.
 */

import { printable } from "../errors.js";
import { BadPickle, Opaque, type PickleClass, type PickleValue } from "./pickle.js";
import { ELEMENT_TYPES, type ElementType, TorchStorage, TorchTensor } from "./torch-tensors.js";

/** PyTorch has no tensor of more. */
const MAX_AXES = 64;

type Make = NonNullable<PickleClass["make"]>;

const STORAGE_TYPES: Record<string, string> = {
  FloatStorage: "float32",
  DoubleStorage: "float64",
  HalfStorage: "float16",
  BFloat16Storage: "bfloat16",
  LongStorage: "int64",
  IntStorage: "int32",
  ShortStorage: "int16",
  CharStorage: "int8",
  ByteStorage: "uint8",
  BoolStorage: "bool",
};

const MAKERS: Record<string, Make> = {
  "torch._utils._rebuild_tensor_v2": (args) => tensor(args),
  "torch._utils._rebuild_tensor_v3": (args) => tensor(args, elementType(args[6])),
  "torch._utils._rebuild_parameter": ([data]) => data ?? null,
  "collections.OrderedDict": ([pairs]) => dict(pairs),
  // Pickled subclasses of dict come as an empty one; the items follow.
  "collections.defaultdict": () => new Map(),
  "lightning.fabric.utilities.data.AttributeDict": () => new Map(),
  "lightning_fabric.utilities.data.AttributeDict": () => new Map(),
  "pytorch_lightning.utilities.parsing.AttributeDict": () => new Map(),
  "builtins.set": ([values]) => new Set(list(values)),
  "builtins.frozenset": ([values]) => new Set(list(values)),
  // How protocol 2 writes bytes: as text of the same code points, to be encoded in Latin-1.
  "_codecs.encode": ([text]) => Uint8Array.from(Buffer.from(typeof text === "string" ? text : "", "latin1")),
};

const OPAQUE = [
  "argparse.Namespace",
  "builtins.complex",
  "datetime.timedelta",
  "numpy.dtype",
  "numpy.core.multiarray.scalar",
  "numpy._core.multiarray.scalar",
  "pathlib.Path",
  "pathlib.PosixPath",
  "pathlib.PurePosixPath",
  "pathlib.PureWindowsPath",
  "pathlib.WindowsPath",
  "pathlib._local.PosixPath",
  "pathlib._local.WindowsPath",
  "torch.Size",
  "torch.device",
];

/** Named, as the factory of a defaultdict or the type of a tensor, but never called. */
const MENTIONED = [
  ...Object.keys(STORAGE_TYPES).map((name) => `torch.${name}`),
  "torch.storage.UntypedStorage",
  ...[...ELEMENT_TYPES.keys()].map((name) => `torch.${name}`),
  ...["bool", "bytes", "dict", "float", "int", "list", "str", "tuple"].map((name) => `builtins.${name}`),
];

const ALLOWED: ReadonlyMap<string, PickleClass> = new Map(
  [
    ...Object.entries(MAKERS).map(([qualifiedName, make]) => ({ qualifiedName, make })),
    ...OPAQUE.map((name): PickleClass => ({ qualifiedName: name, make: (args) => new Opaque(name, args) })),
    ...MENTIONED.map((qualifiedName) => ({ qualifiedName })),
  ].map((allowed) => [allowed.qualifiedName, allowed]),
);

/** The file names a class that is not on the list. */
export class ForeignClass extends BadPickle {}

/**
 * The class of that name in that module, if it may be named.
 * @throws ForeignClass naming it, if not
 */
export function findTorchClass(module: string, name: string): PickleClass {
  // Protocol 2 writes the module's name of Python 2.
  const qualifiedName = `${module === "__builtin__" ? "builtins" : module}.${name}`;
  const allowed = ALLOWED.get(qualifiedName);
  if (allowed) return allowed;
  throw new ForeignClass(`it names the foreign class ${printable(`${module}.${name}`)}, which is not loaded`);
}

/**
 * The storage that a persistent id names: `("storage", class, key, location, element count)`.
 * @param record the bytes of the archive's `data/<key>`
 * @throws BadPickle when the id is none of PyTorch's, or the numbers are missing
 */
export function loadTorchStorage(
  id: PickleValue,
  record: (key: string) => Uint8Array | undefined,
): TorchStorage {
  const [what, storageClass, key, , count] = list(id);
  if (what !== "storage" || typeof key !== "string" || !isCount(count)) {
    throw new BadPickle("damaged: its pickle refers to what is no storage");
  }
  const className = nameOf(storageClass).slice("torch.".length);
  const typeName = Object.hasOwn(STORAGE_TYPES, className) ? STORAGE_TYPES[className] : undefined;
  const type = typeName === undefined ? undefined : ELEMENT_TYPES.get(typeName);
  if (!type && className !== "storage.UntypedStorage") {
    throw new BadPickle(`it has numbers of ${printable(className)}, which are not read`);
  }
  const bytes = record(key);
  if (!bytes) throw new BadPickle(`incomplete: the numbers ${printable(key)} are missing`);
  // An untyped storage counts bytes.
  const expected = count * (type?.bytes ?? 1);
  if (bytes.length !== expected) {
    throw new BadPickle(
      `damaged: the numbers ${printable(key)} have ${bytes.length} bytes instead of ${expected}`,
    );
  }
  return new TorchStorage(type, bytes);
}

function tensor(args: readonly PickleValue[], ownType?: ElementType): TorchTensor {
  const [storage, offset, shape, strides] = args;
  const type = ownType ?? (storage instanceof TorchStorage ? storage.type : undefined);
  if (!(storage instanceof TorchStorage) || !type || !isCount(offset)) {
    throw new BadPickle("damaged: its pickle makes a tensor without numbers");
  }
  return new TorchTensor(type, storage, offset, counts(shape), counts(strides));
}

function elementType(value: PickleValue | undefined): ElementType {
  const type = ELEMENT_TYPES.get(nameOf(value).slice("torch.".length));
  if (!type) throw new BadPickle("damaged: its pickle makes a tensor of no type");
  return type;
}

function dict(pairs: PickleValue | undefined): Map<PickleValue, PickleValue> {
  return new Map(
    list(pairs).map((pair) => {
      const [key, value] = list(pair);
      return [key ?? null, value ?? null];
    }),
  );
}

function nameOf(value: PickleValue | undefined): string {
  return value instanceof Object && "qualifiedName" in value ? value.qualifiedName : "";
}

function list(value: PickleValue | undefined): PickleValue[] {
  if (value === undefined) return [];
  if (!Array.isArray(value))
    throw new BadPickle("damaged: its pickle has another value where a list belongs");
  return value;
}

function counts(value: PickleValue | undefined): number[] {
  const numbers = list(value);
  if (numbers.length > MAX_AXES) throw new BadPickle(`a tensor in it has ${numbers.length} axes`);
  if (!numbers.every(isCount)) throw new BadPickle("damaged: its pickle makes a tensor of no shape");
  return numbers;
}

function isCount(value: PickleValue | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
