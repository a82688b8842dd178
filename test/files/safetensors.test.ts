import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.js";
import { readSafetensors } from "../../src/files/safetensors.js";
import { decodeSafetensors, encodeSafetensors } from "../../src/files/safetensors-format.js";
import type { NumericArray, NumericData } from "../../src/numeric-array.js";

const join = (chunks: Uint8Array[]) => new Uint8Array(Buffer.concat(chunks));

function file(header: string, body: number | Uint8Array = 0): Uint8Array {
  const json = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return join([length, json, typeof body === "number" ? new Uint8Array(body) : body]);
}

const data: fc.Arbitrary<NumericData> = fc.oneof(
  fc.float32Array({ maxLength: 12 }),
  fc.float64Array({ maxLength: 12 }),
  fc.int8Array({ maxLength: 12 }),
  fc.uint8Array({ maxLength: 12 }),
  fc.int16Array({ maxLength: 12 }),
  fc.uint16Array({ maxLength: 12 }),
  fc.int32Array({ maxLength: 12 }),
  fc.uint32Array({ maxLength: 12 }),
);
const array: fc.Arbitrary<NumericArray> = data.map((values) => ({
  shape: values.length === 1 ? [] : values.length % 2 ? [values.length] : [2, values.length / 2],
  data: values,
}));
const name = fc
  .oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "1", "2", ""))
  .filter((text) => text !== "__metadata__");
const tensors = fc.array(fc.tuple(name, array), { maxLength: 6 }).map((entries) => new Map(entries));
const metadata = fc.dictionary(name, fc.string(), { maxKeys: 4, noNullPrototype: true });

describe("safetensors", () => {
  it("gives back what was stored, whatever the types, shapes and names", () => {
    fc.assert(
      fc.property(tensors, metadata, (stored, about) => {
        const read = decodeSafetensors(join(encodeSafetensors(stored, about)), "x");
        expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(about).sort());
        expect([...read.tensors.keys()].sort()).toEqual([...stored.keys()].sort());
        for (const [key, value] of stored) expect(read.tensors.get(key)).toEqual(value);
      }),
    );
  });

  it("has the same bytes for the same content in any order", () => {
    fc.assert(
      fc.property(tensors, metadata, (stored, about) => {
        const reversed = new Map([...stored].reverse());
        const aboutReversed = Object.fromEntries(Object.entries(about).reverse());
        expect(join(encodeSafetensors(reversed, aboutReversed))).toEqual(
          join(encodeSafetensors(stored, about)),
        );
      }),
    );
  });

  it("lays out the documented bytes: header padded to 8, wide elements first", () => {
    const bytes = join(
      encodeSafetensors(
        new Map<string, NumericArray>([
          ["flag", { shape: [1], data: Uint8Array.of(7) }],
          ["w", { shape: [2], data: Float32Array.of(1, 2) }],
        ]),
        { step: "3" },
      ),
    );
    const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(headerBytes % 8).toBe(0);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes)).trimEnd()).toBe(
      '{"__metadata__":{"step":"3"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},' +
        '"flag":{"dtype":"U8","shape":[1],"data_offsets":[8,9]}}',
    );
    expect([...bytes.subarray(8 + headerBytes)]).toEqual([0, 0, 128, 63, 0, 0, 0, 64, 7]);
  });

  it("widens what memory has no type for", () => {
    const header = (dtype: string, bytes: number) =>
      `{"t":{"dtype":"${dtype}","shape":[${bytes / 2}],"data_offsets":[0,${bytes}]}}`;
    const bits = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer);
    const half = decodeSafetensors(
      file(header("F16", 12), bits(0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x7e00)),
      "x",
    );
    expect([...half.tensors.get("t")!.data]).toEqual([1, -2, 2 ** -24, 65504, Infinity, NaN]);
    const brain = decodeSafetensors(file(header("BF16", 6), bits(0x3f80, 0xc000, 0xff80)), "x");
    expect([...brain.tensors.get("t")!.data]).toEqual([1, -2, -Infinity]);
    const long = (value: bigint) =>
      file(
        '{"t":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}',
        new Uint8Array(BigInt64Array.of(value).buffer),
      );
    expect([...decodeSafetensors(long(-5n), "x").tensors.get("t")!.data]).toEqual([-5]);
    expect(() => decodeSafetensors(long(2n ** 60n), "x")).toThrow(/beyond 2\^53/);
  });

  const entry = (text: string) => `{"t":{"dtype":"F32",${text}}}`;
  it.each([
    ["an empty file", new Uint8Array(0), /truncated/],
    ["a header longer than the file", new Uint8Array([255, 255, 255, 255, 255, 255, 255, 255]), /truncated/],
    ["no JSON", file("hello"), /no valid safetensors header/],
    ["JSON of another kind", file("[]"), /no valid safetensors header/],
    ["an unknown type", file('{"t":{"dtype":"C64","shape":[],"data_offsets":[0,8]}}', 8), /no valid/],
    ["a negative extent", file(entry('"shape":[-1],"data_offsets":[0,4]'), 4), /no valid/],
    ["metadata that is no text", file('{"__metadata__":{"a":1}}'), /no valid/],
    ["offsets beyond the end", file(entry('"shape":[2],"data_offsets":[0,8]'), 4), /truncated: "t" ends/],
    ["offsets that run backwards", file(entry('"shape":[0],"data_offsets":[4,0]'), 4), /-4 bytes/],
    ["a shape of another size", file(entry('"shape":[3],"data_offsets":[0,8]'), 8), /takes 12/],
    ["an enormous shape", file(entry('"shape":[4503599627370496,1048576],"data_offsets":[0,8]'), 8), /takes/],
    ["bytes of no array", file(entry('"shape":[1],"data_offsets":[0,4]'), 8), /4 bytes belong to no array/],
    ["a hole", file(entry('"shape":[1],"data_offsets":[4,8]'), 8), /overlap or leave a hole/],
    [
      "overlapping arrays",
      file(
        '{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}',
        6,
      ),
      /overlap or leave a hole/,
    ],
  ])("refuses %s in one line", (_, bytes, message) => {
    const decode = () => decodeSafetensors(bytes, "net.safetensors");
    expect(decode).toThrow(UserError);
    expect(decode).toThrow(message);
    expect(decode).toThrow(/^net\.safetensors: [^\n]*$/);
  });

  it("never crashes on a damaged file: a UserError or arrays of the file's size", () => {
    const whole = join(
      encodeSafetensors(
        new Map<string, NumericArray>([
          ["a", { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
          ["b", { shape: [5], data: Uint8Array.of(1, 2, 3, 4, 5) }],
        ]),
        { step: "12" },
      ),
    );
    const damage = fc.record({
      keep: fc.nat({ max: whole.length }),
      at: fc.nat({ max: whole.length - 1 }),
      to: fc.nat({ max: 255 }),
    });
    fc.assert(
      fc.property(damage, ({ keep, at, to }) => {
        for (const bytes of [whole.slice(0, keep), whole.with(at, to)]) {
          try {
            const { tensors } = decodeSafetensors(bytes, "x");
            let held = 0;
            for (const { data } of tensors.values()) held += data.byteLength;
            expect(held).toBeLessThanOrEqual(whole.length * 4);
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("names a missing file", () => {
    expect(() => readSafetensors("no/such.safetensors")).toThrow(/no\/such\.safetensors: no such file/);
  });
});
