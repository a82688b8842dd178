/**
 * The safetensors file format: 8 bytes of header length, a JSON header, then the raw numbers. It is readable from
 * every framework and executes nothing, which is why checkpoints use it.
 *
 * Deliberately simple: little-endian hosts only (onnxruntime has no other build), the 8 element types of
 * `NumericData` are written, and what has no such type is widened on reading where that is exact
 * (half and bfloat16 to float32, 64-bit integers to float64, booleans to bytes).
 *
 * Source of the format: https://github.com/huggingface/safetensors, section "Format".
 */
import * as z from "zod";
import { compareText } from "../collections.js";
import { asNumbers, ELEMENT_TYPES, elementTypeOf } from "../element-types.js";
import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";

/** What a safetensors file holds: named arrays, and free text about them. */
export interface Safetensors {
  readonly tensors: Map<string, NumericArray>;
  readonly metadata: Record<string, string>;
}

/** The format's element types, as {@link ELEMENT_TYPES} has them. */
const DTYPES = {
  F64: "f8",
  I64: "i8",
  U64: "u8",
  F32: "f4",
  I32: "i4",
  U32: "u4",
  F16: "f2",
  BF16: "bf2",
  I16: "i2",
  U16: "u2",
  I8: "i1",
  U8: "u1",
  BOOL: "b1",
} as const;

type DtypeName = keyof typeof DTYPES;
const DTYPE_NAMES = Object.keys(DTYPES) as [DtypeName, ...DtypeName[]];

const count = z.int().nonnegative();
const entrySchema = z.object({
  dtype: z.enum(DTYPE_NAMES),
  shape: z.array(count),
  data_offsets: z.tuple([count, count]),
});
const objectSchema = z.custom<object>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);

const METADATA_KEY = "__metadata__";
const LENGTH_BYTES = 8;

/**
 * Encodes named arrays of any shapes as the chunks of a safetensors file. The numbers are views, not copies: use the
 * chunks before the arrays change. Equal content gives equal bytes whatever the order of insertion: arrays are
 * laid out by element size (so that all are aligned), then by name.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, NumericArray>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  const entries = [...tensors].sort(
    ([nameA, a], [nameB, b]) =>
      b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT || compareText(nameA, nameB),
  );
  const fields: string[] = [];
  const about = Object.entries(metadata).sort(([a], [b]) => compareText(a, b));
  if (about.length > 0) fields.push(`${JSON.stringify(METADATA_KEY)}:${jsonObject(about)}`);
  let end = 0;
  for (const [name, { shape, data }] of entries) {
    const type = elementTypeOf(data);
    const dtype = DTYPE_NAMES.find((name) => DTYPES[name] === type);
    if (name === METADATA_KEY || !dtype || elementCount(shape) !== data.length) {
      throw new Error(`cannot store "${name}": ${data.constructor.name}(${data.length}) as [${shape}]`);
    }
    const start = end;
    end += data.byteLength;
    fields.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [start, end] })}`);
  }
  const json = new TextEncoder().encode(`{${fields.join(",")}}`);
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const head = new Uint8Array(LENGTH_BYTES + headerBytes).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(headerBytes), true);
  head.set(json, LENGTH_BYTES);
  return [
    head,
    ...entries.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ];
}

/**
 * Decodes the bytes of a safetensors file; the arrays are copies. Offsets must tile the file exactly, in any
 * order, and agree with shapes, so a lying header can neither read nor allocate beyond the file.
 * @param where the file's name, for messages
 * @throws UserError when the file is truncated, is no safetensors file, or its header contradicts itself
 */
export function decodeSafetensors(bytes: Uint8Array, where: string): Safetensors {
  const refuse = (what: string, cause?: unknown): never => {
    throw new UserError({ where, what, remedy: "Write or copy the file again", cause });
  };
  if (bytes.length < LENGTH_BYTES) refuse(`truncated: ${bytes.length} bytes are no safetensors file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  const start = LENGTH_BYTES + headerBytes;
  if (start > bytes.length) {
    refuse(
      `truncated, or no safetensors file: a header of ${headerBytes} bytes is announced in ${bytes.length}`,
    );
  }
  const { header, metadata } = parseHeader(bytes.subarray(LENGTH_BYTES, start), refuse);
  const body = bytes.subarray(start);

  const tensors = new Map<string, NumericArray>();
  const ranges: [number, number][] = [];
  for (const [name, { dtype, shape, data_offsets }] of header) {
    const [from, to] = data_offsets;
    const type = ELEMENT_TYPES.get(DTYPES[dtype])!;
    const expected = elementCount(shape) * type.bytes;
    if (to > body.length) {
      refuse(`truncated: "${name}" ends at byte ${to} of ${body.length}`);
    }
    if (to - from !== expected) {
      refuse(`"${name}" has ${to - from} bytes where ${dtype} [${shape.join(", ")}] takes ${expected}`);
    }
    ranges.push([from, to]);
    const copy = new Uint8Array(body.subarray(from, to));
    const data = asNumbers(type.read(copy.buffer), () =>
      refuse(`"${name}" holds integers beyond 2^53, which have no exact value here`),
    );
    tensors.set(name, { shape, data });
  }
  let end = 0;
  for (const [from, to] of ranges.sort(([a, aEnd], [b, bEnd]) => a - b || aEnd - bEnd)) {
    if (from !== end) refuse(`arrays overlap or leave a hole at byte ${Math.min(from, end)}`);
    end = to;
  }
  if (end !== body.length) refuse(`${body.length - end} bytes belong to no array`);
  return { tensors, metadata };
}

function parseHeader(bytes: Uint8Array, refuse: (what: string, cause?: unknown) => never) {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    const header: [string, z.infer<typeof entrySchema>][] = [];
    let metadata: Record<string, string> = {};
    for (const [name, value] of Object.entries(objectSchema.parse(parsed))) {
      if (name !== METADATA_KEY) header.push([name, entrySchema.parse(value)]);
      else metadata = textRecord(objectSchema.parse(value));
    }
    return { header, metadata };
  } catch (error) {
    return refuse("the header is no valid safetensors header", error);
  }
}

function textRecord(value: object): Record<string, string> {
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, z.string().parse(text)]));
}

function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** JSON with the keys in the given order; an object literal would move integer-like keys to the front. */
function jsonObject(entries: [string, string][]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")}}`;
}
