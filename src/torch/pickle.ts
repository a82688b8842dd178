/**
 * A pickle machine that only makes data. Python's own runs whatever function a stream names; this one knows no
 * functions: a class is what {@link PickleWorld.findClass} returns, and everything unknown is an error.
 *
 * It covers what pickle protocols 2 to 5 write. The text instructions of protocols 0 and 1, extension codes and
 * out-of-band buffers are refused. (The package `pickleparser` was weighed and left: it reads negative integers as positive
 * ones, and its BUILD merges keys of the stream into any object on the stack, the resolver's functions included.)
 *
 * Source: CPython, Lib/pickletools.py.
 */

/** What is wrong with a stream, reported together with the name of the file. */
export class BadPickle extends Error {
  override readonly name = "BadPickle";
}

/** A class that a stream may name. */
export interface PickleClass {
  /** As the stream says it: `torch.FloatStorage`. */
  readonly qualifiedName: string;
  /** What calling it makes; absent when it is only mentioned, never called. */
  readonly make?: (args: readonly PickleValue[]) => PickleValue;
}

/** An instance of a harmless class, which is not looked into. */
export class Opaque {
  readonly qualifiedName: string;
  readonly args: readonly PickleValue[];

  constructor(qualifiedName: string, args: readonly PickleValue[]) {
    this.qualifiedName = qualifiedName;
    this.args = args;
  }
}

/** A value made by a {@link PickleClass} or by {@link PickleWorld.loadPersistent}, marked so that none is mistaken. */
export interface Made {
  readonly kind: string;
}

/** Lists and tuples are arrays, dicts are maps, integers beyond 2^53 are bigints. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | Set<PickleValue>
  | PickleClass
  | Opaque
  | Made;

/** What a stream may refer to outside itself. */
export interface PickleWorld {
  /** @throws BadPickle when the class is not allowed */
  readonly findClass: (module: string, name: string) => PickleClass;
  /** @throws BadPickle when the reference makes no sense */
  readonly loadPersistent: (id: PickleValue) => PickleValue;
}

/**
 * Instructions, and elements that these copy. Real checkpoints take some 10^5; more would only be there to fill the memory, or to never
 * end: a stream may have one long list copied as often as it likes.
 */
const MAX_STEPS = 2_000_000;
/** Characters that are compared or copied in the time of a step. */
const CHARACTERS_PER_STEP = 64;
const LONGEST_INTEGER_BYTES = 256;

/**
 * The value that a pickle stream describes; nothing of the stream is executed.
 * @throws BadPickle when the stream is truncated or damaged, names a class that is not allowed, or asks for more than data
 */
export function unpickle(bytes: Uint8Array, world: PickleWorld): PickleValue {
  const machine = new Machine(bytes, world);
  for (;;) {
    machine.spend(1);
    const code = machine.byte();
    if (code === STOP) return machine.pop();
    const instruction = INSTRUCTIONS.get(code);
    if (!instruction)
      throw new BadPickle(`its pickle has the instruction 0x${code.toString(16)}, which is not read`);
    instruction(machine);
  }
}

class Machine {
  readonly world: PickleWorld;
  readonly memo = new Map<number, PickleValue>();
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;
  private steps = 0;
  private stack: PickleValue[] = [];
  private readonly outerStacks: PickleValue[][] = [];

  constructor(bytes: Uint8Array, world: PickleWorld) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.world = world;
  }

  /** Counts what is done. */
  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > MAX_STEPS) {
      throw new BadPickle(
        `its pickle has more than ${MAX_STEPS} instructions, counting the elements that these copy`,
      );
    }
  }

  /** Moves on by `count` bytes and returns where they begin. */
  skip(count: number): number {
    const start = this.at;
    if (count > this.bytes.length - start) throw new BadPickle("truncated: its pickle ends in the middle");
    this.at += count;
    return start;
  }

  byte(): number {
    return this.bytes[this.skip(1)]!;
  }

  uint16(): number {
    return this.view.getUint16(this.skip(2), true);
  }

  int32(): number {
    return this.view.getInt32(this.skip(4), true);
  }

  uint32(): number {
    return this.view.getUint32(this.skip(4), true);
  }

  uint64(): number {
    return Number(this.view.getBigUint64(this.skip(8), true));
  }

  float64(): number {
    return this.view.getFloat64(this.skip(8), false);
  }

  raw(count: number): Uint8Array {
    const start = this.skip(count);
    // Not `slice`, which on a Buffer is a view.
    return new Uint8Array(this.bytes.subarray(start, start + count));
  }

  text(count: number): string {
    return new TextDecoder().decode(this.raw(count));
  }

  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0) throw new BadPickle("truncated: its pickle ends in the middle");
    const line = this.text(end - this.at);
    this.skip(1);
    return line;
  }

  /** Little-endian two's complement of any length. */
  integer(count: number): number | bigint {
    if (count > LONGEST_INTEGER_BYTES) throw new BadPickle(`its pickle has an integer of ${count} bytes`);
    let value = 0n;
    for (const byte of this.raw(count).reverse()) value = (value << 8n) | BigInt(byte);
    value = BigInt.asIntN(count * 8, value);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  push(value: PickleValue): void {
    this.stack.push(value);
  }

  pop(): PickleValue {
    const value = this.stack.pop();
    if (value === undefined) throw new BadPickle("damaged: its pickle takes a value that is not there");
    return value;
  }

  top(): PickleValue {
    const value = this.pop();
    this.push(value);
    return value;
  }

  mark(): void {
    this.outerStacks.push(this.stack);
    this.stack = [];
  }

  /** The values pushed since the last mark. */
  popToMark(): PickleValue[] {
    const values = this.stack;
    const outer = this.outerStacks.pop();
    if (!outer) throw new BadPickle("damaged: its pickle takes a mark that is not there");
    this.stack = outer;
    return values;
  }

  popMany(count: number): PickleValue[] {
    const values = Array.from({ length: count }, () => this.pop());
    return values.reverse();
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw new BadPickle("damaged: its pickle recalls a value that is not there");
    this.push(value);
  }
}

const STOP = 0x2e;

const INSTRUCTIONS = new Map<number, (machine: Machine) => void>([
  [0x80, protocol],
  [0x95, (m) => void m.skip(8)], // FRAME
  [0x28, (m) => m.mark()], // MARK
  [0x30, (m) => void m.pop()], // POP
  [0x31, (m) => void m.popToMark()], // POP_MARK
  [0x32, (m) => m.push(m.top())], // DUP
  [0x71, (m) => void m.memo.set(m.byte(), m.top())], // BINPUT
  [0x72, (m) => void m.memo.set(m.uint32(), m.top())], // LONG_BINPUT
  [0x94, (m) => void m.memo.set(m.memo.size, m.top())], // MEMOIZE
  [0x68, (m) => m.recall(m.byte())], // BINGET
  [0x6a, (m) => m.recall(m.uint32())], // LONG_BINGET
  [0x4e, (m) => m.push(null)], // NONE
  [0x88, (m) => m.push(true)], // NEWTRUE
  [0x89, (m) => m.push(false)], // NEWFALSE
  [0x4b, (m) => m.push(m.byte())], // BININT1
  [0x4d, (m) => m.push(m.uint16())], // BININT2
  [0x4a, (m) => m.push(m.int32())], // BININT
  [0x8a, (m) => m.push(m.integer(m.byte()))], // LONG1
  [0x8b, (m) => m.push(m.integer(m.uint32()))], // LONG4
  [0x47, (m) => m.push(m.float64())], // BINFLOAT
  [0x8c, (m) => m.push(m.text(m.byte()))], // SHORT_BINUNICODE
  [0x58, (m) => m.push(m.text(m.uint32()))], // BINUNICODE
  [0x8d, (m) => m.push(m.text(m.uint64()))], // BINUNICODE8
  [0x43, (m) => m.push(m.raw(m.byte()))], // SHORT_BINBYTES
  [0x42, (m) => m.push(m.raw(m.uint32()))], // BINBYTES
  [0x8e, (m) => m.push(m.raw(m.uint64()))], // BINBYTES8
  [0x96, (m) => m.push(m.raw(m.uint64()))], // BYTEARRAY8
  [0x29, (m) => m.push([])], // EMPTY_TUPLE
  [0x85, (m) => m.push(m.popMany(1))], // TUPLE1
  [0x86, (m) => m.push(m.popMany(2))], // TUPLE2
  [0x87, (m) => m.push(m.popMany(3))], // TUPLE3
  [0x74, (m) => m.push(m.popToMark())], // TUPLE
  [0x5d, (m) => m.push([])], // EMPTY_LIST
  [0x61, (m) => append(m, [m.pop()])], // APPEND
  [0x65, (m) => append(m, m.popToMark())], // APPENDS
  [0x7d, (m) => m.push(new Map())], // EMPTY_DICT
  [0x73, (m) => setItems(m, m.popMany(2))], // SETITEM
  [0x75, (m) => setItems(m, m.popToMark())], // SETITEMS
  [0x8f, (m) => m.push(new Set())], // EMPTY_SET
  [0x90, (m) => addItems(m, m.popToMark())], // ADDITEMS
  [0x91, (m) => m.push(new Set(m.popToMark()))], // FROZENSET
  [0x63, (m) => m.push(m.world.findClass(m.line(), m.line()))], // GLOBAL
  [0x93, stackGlobal],
  [0x52, call], // REDUCE
  [0x81, call], // NEWOBJ
  [0x92, callWithNames],
  [0x62, build],
  [0x51, (m) => m.push(m.world.loadPersistent(m.pop()))], // BINPERSID
  // Instances of Python 2. No allowed class is made so, but a foreign one is to be named.
  [0x69, (m) => refuseOldInstance(m.world.findClass(m.line(), m.line()))], // INST
  [0x6f, (m) => refuseOldInstance(m.popToMark()[0])], // OBJ
]);

function protocol(machine: Machine): void {
  const version = machine.byte();
  if (version > 5) throw new BadPickle(`its pickle protocol is ${version}, and those up to 5 are read`);
}

function append(machine: Machine, values: PickleValue[]): void {
  const list = machine.top();
  if (!Array.isArray(list)) throw new BadPickle("damaged: its pickle appends to what is no list");
  for (const value of values) list.push(value);
}

function setItems(machine: Machine, keysAndValues: PickleValue[]): void {
  const dict = machine.top();
  if (!(dict instanceof Map) || keysAndValues.length % 2) {
    throw new BadPickle("damaged: its pickle sets items of what is no dict");
  }
  for (let i = 0; i < keysAndValues.length; i += 2) machine.spend(stepsToCopy(keysAndValues[i]!, 0));
  for (let i = 0; i < keysAndValues.length; i += 2) dict.set(keysAndValues[i]!, keysAndValues[i + 1]!);
}

function addItems(machine: Machine, values: PickleValue[]): void {
  const set = machine.top();
  if (!(set instanceof Set)) throw new BadPickle("damaged: its pickle adds to what is no set");
  for (const value of values) set.add(value);
}

function stackGlobal(machine: Machine): void {
  const [module, name] = machine.popMany(2);
  if (typeof module !== "string" || typeof name !== "string") {
    throw new BadPickle("damaged: its pickle names a class by what is no text");
  }
  machine.push(machine.world.findClass(module, name));
}

function call(machine: Machine): void {
  const [callee, args] = machine.popMany(2);
  if (!isClass(callee) || !callee.make || !Array.isArray(args)) {
    throw new BadPickle(`its pickle calls ${isClass(callee) ? callee.qualifiedName : "what is no class"}`);
  }
  // Whatever it makes, it looks at each element of its arguments at most.
  for (const value of [args, ...args]) machine.spend(stepsToCopy(value, 1));
  machine.push(callee.make(args));
}

/** What a copy of a value costs, its elements counted `each`; texts are also compared, as keys. */
function stepsToCopy(value: PickleValue, each: number): number {
  if (typeof value === "string") return Math.floor(value.length / CHARACTERS_PER_STEP);
  if (Array.isArray(value)) return each * value.length;
  return value instanceof Map || value instanceof Set ? each * value.size : 0;
}

/** NEWOBJ_EX; the named arguments of a harmless class are dropped. */
function callWithNames(machine: Machine): void {
  machine.pop();
  call(machine);
}

/** Attributes are dropped: no allowed class keeps in them what is needed here. */
function build(machine: Machine): void {
  machine.pop();
  const target = machine.top();
  if (!(target instanceof Map || target instanceof Opaque)) {
    throw new BadPickle("its pickle sets attributes of what has none");
  }
}

function refuseOldInstance(value: PickleValue | undefined): never {
  throw new BadPickle(
    `its pickle makes an old-style instance of ${isClass(value) ? value.qualifiedName : "no class"}`,
  );
}

function isClass(value: PickleValue | undefined): value is PickleClass {
  return (
    typeof value === "object" && value !== null && "qualifiedName" in value && !(value instanceof Opaque)
  );
}
