import { once } from "../once.js";

/*
 * The inner loop of distances of float32 rows as a WebAssembly function, written out below instruction by instruction: JavaScript has no
 * instructions for two numbers at once. The sums are those of `distance` (rule G3), each added up in the same order by the same float64 operations, so they are
 * the same to the last digit. Opcodes: WebAssembly core specification 2.0, section 5.4.
 */

/** Places of the function's parameters, all of them addresses, and of its variables, each two float64. */
const [QUERY, FIRST, SECOND, END] = [0, 1, 2, 3];
const [FIRST_01, FIRST_23, SECOND_01, SECOND_23, OF_QUERY, DIFFERENCE] = [4, 5, 6, 7, 8, 9];

const I32 = 0x7f;
const V128 = 0x7b;
const get = (variable: number) => [0x20, variable];
const set = (variable: number) => [0x21, variable];
const constant = (value: number) => [0x41, value];
const loadTwoDoubles = (offset: number) => [0xfd, 0x00, 4, offset];
/** Two float32, made float64. */
const loadTwoSingles = (offset: number) => [0xfd, 0x5d, 3, offset, 0xfd, 0x5f];
const store = (offset: number) => [0xfd, 0x0b, 4, offset];
const ADD = [0xfd, 0xf0, 1];
const SUBTRACT = [0xfd, 0xf1, 1];
const MULTIPLY = [0xfd, 0xf2, 1];
const ADD_ADDRESS = 0x6a;
const IS_BELOW = 0x49;
const [LOOP, REPEAT_IF, NO_RESULT, END_OF_BLOCK] = [0x03, 0x0d, 0x40, 0x0b];

const addSquare = (sum: number, row: number, offset: number) => [
  ...[...get(OF_QUERY), ...get(row), ...loadTwoSingles(offset), ...SUBTRACT, ...set(DIFFERENCE)],
  ...[...get(sum), ...get(DIFFERENCE), ...get(DIFFERENCE), ...MULTIPLY, ...ADD, ...set(sum)],
];
const advance = (address: number, bytes: number) => [
  ...[...get(address), ...constant(bytes), ADD_ADDRESS, ...set(address)],
];
const fetchQuery = (offset: number) => [...get(QUERY), ...loadTwoDoubles(offset), ...set(OF_QUERY)];
const keep = (sum: number, offset: number) => [...constant(0), ...get(sum), ...store(offset)];

/** Four columns of both rows in each turn, until the first row ends; then the sums go to the beginning of the memory. */
const INSTRUCTIONS = [
  ...[LOOP, NO_RESULT],
  ...[...fetchQuery(0), ...addSquare(FIRST_01, FIRST, 0), ...addSquare(SECOND_01, SECOND, 0)],
  ...[...fetchQuery(16), ...addSquare(FIRST_23, FIRST, 8), ...addSquare(SECOND_23, SECOND, 8)],
  ...[...advance(QUERY, 32), ...advance(FIRST, 16), ...advance(SECOND, 16)],
  ...[...get(FIRST), ...get(END), IS_BELOW, REPEAT_IF, 0, END_OF_BLOCK],
  ...[...keep(FIRST_01, 0), ...keep(FIRST_23, 16), ...keep(SECOND_01, 32), ...keep(SECOND_23, 48)],
  END_OF_BLOCK,
];

/** A length in WebAssembly's numbers of seven bits, then what is so long. */
const sized = (bytes: readonly number[]) => {
  const { length } = bytes;
  return length < 128 ? [length, ...bytes] : [(length & 127) | 128, length >> 7, ...bytes];
};
const text = (name: string) => sized([...new TextEncoder().encode(name)]);
const section = (kind: number, content: readonly number[]) => [kind, ...sized([1, ...content])];

const BYTES = Uint8Array.of(
  ...[0, ...new TextEncoder().encode("asm"), 1, 0, 0, 0],
  ...section(1, [0x60, ...sized([I32, I32, I32, I32]), 0]),
  ...section(2, [...text(""), ...text("memory"), 2, 0, 1]),
  ...section(3, [0]),
  ...section(7, [...text("sums"), 0, 0]),
  ...section(10, sized([1, 6, V128, ...INSTRUCTIONS])),
);

/** Compiled once: until the engine has seen it at work, its code is slow. */
const compiled = once(() => new WebAssembly.Module(BYTES));

/** Bytes in front of the rows, for the eight sums. */
const SUMS_BYTES = 64;
const PAGE_BYTES = 2 ** 16;

/** Memory in which a row of float64 is compared with two of float32, and what compares them. */
export interface SimdSums {
  readonly query: Float64Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Four sums of squared differences of the query and the first row, of every fourth column each, and then those of the second. */
  readonly sums: Float64Array;
  compare(): void;
}

/** Opens memory for rows of so many columns, a multiple of 4 and more than 0; undefined where the processor or the engine has no such instructions. */
export function openSimdSums(columns: number): SimdSums | undefined {
  if (typeof WebAssembly === "undefined" || !WebAssembly.validate(BYTES)) return undefined;
  const query = SUMS_BYTES;
  const first = query + 8 * columns;
  const second = first + 4 * columns;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((second + 4 * columns) / PAGE_BYTES) });
  const { exports } = new WebAssembly.Instance(compiled(), { "": { memory } });
  const compare = exports.sums as (query: number, first: number, second: number, end: number) => void;
  return {
    query: new Float64Array(memory.buffer, query, columns),
    first: new Float32Array(memory.buffer, first, columns),
    second: new Float32Array(memory.buffer, second, columns),
    sums: new Float64Array(memory.buffer, 0, 8),
    compare: () => compare(query, first, second, second),
  };
}
