import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeNpy, encodeNpy } from "../../../src/data/arrays/index.js";
import { UserError } from "../../../src/errors.js";
import type { NumericArray, NumericData } from "../../../src/numeric-array.js";

/** A file as NumPy writes it: the header padded with spaces to 64 bytes, then the elements. */
function npy(header: string, elements: ArrayBufferView | readonly number[], version = 1): Uint8Array {
  const lengthBytes = version === 1 ? 2 : 4;
  const padded = `${header.padEnd(128 - 9 - lengthBytes)}\n`;
  const length = [padded.length & 0xff, padded.length >> 8, 0, 0].slice(0, lengthBytes);
  const body = ArrayBuffer.isView(elements)
    ? new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength)
    : elements;
  return Uint8Array.of(0x93, ...Buffer.from("NUMPY"), version, 0, ...length, ...Buffer.from(padded), ...body);
}

const fromNumpy = (base64: string) => decodeNpy(new Uint8Array(Buffer.from(base64, "base64")), "a.npy");

describe("files written by NumPy 2.4 (numpy.lib.format.write_array)", () => {
  test("big-endian float32 in Fortran order", () => {
    const array = fromNumpy(
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/wAAAQIAAAMAAAABAoAAAQEAAAEDIAAA=",
    );
    expect(array).toEqual({ shape: [2, 3], data: Float32Array.of(1.5, -2, 3, 4, 5, 6.25) });
  });

  test("three axes in Fortran order", () => {
    const array = fromNumpy(
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPHUyJywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMywgNCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAwABAAQAAgAFAABAA0ABQARAAkAFQACAA4ABgASAAoAFgADAA8ABwATAAsAFwA=",
    );
    expect(array.shape).toEqual([2, 3, 4]);
    expect(array.data).toEqual(Uint16Array.from({ length: 24 }, (_, k) => k));
  });

  test("float16 becomes float32, subnormal, infinite and NaN values too", () => {
    const { data } = fromNumpy(
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDYsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAPFU1//sBAAB8AH4=",
    );
    expect(data).toEqual(
      Float32Array.of(1, 0.333251953125, -65504, 2 ** -24, Number.POSITIVE_INFINITY, Number.NaN),
    );
  });

  test("int64 under a header of version 2, booleans under version 3, a scalar", () => {
    const integers = fromNumpy(
      "k05VTVBZAgB0AAAAeydkZXNjcic6ICc8aTgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwgMiksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAAAAADg/wcAAAAAAAAA",
    );
    expect(integers).toEqual({ shape: [1, 2], data: Float64Array.of(-(2 ** 53) + 1, 7) });
    const booleans = fromNumpy(
      "k05VTVBZAwB0AAAAeydkZXNjcic6ICd8YjEnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMywpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAE=",
    );
    expect(booleans).toEqual({ shape: [3], data: Uint8Array.of(1, 0, 1) });
    const scalar = fromNumpy(
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAMQA==",
    );
    expect(scalar).toEqual({ shape: [], data: Float64Array.of(3.5) });
  });
});

const anyArray: fc.Arbitrary<NumericArray> = fc
  .array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 })
  .chain((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const exactly = { minLength: size, maxLength: size };
    const kinds: fc.Arbitrary<NumericData>[] = [
      fc.float32Array(exactly),
      fc.float64Array(exactly),
      fc.int8Array(exactly),
      fc.uint8Array(exactly),
      fc.int16Array(exactly),
      fc.uint16Array(exactly),
      fc.int32Array(exactly),
      fc.uint32Array(exactly),
    ];
    return fc.oneof(...kinds).map((data) => ({ shape, data }));
  });

test("property: what is written reads back to the same bits, type and shape", () => {
  fc.assert(
    fc.property(anyArray, (array) => {
      const bytes = encodeNpy(array);
      expect((bytes.length - array.data.byteLength) % 64).toBe(0);
      expect(decodeNpy(bytes, "a.npy")).toEqual(array);
      // From the middle of a larger buffer, as Node's small files are.
      const shifted = Buffer.concat([Buffer.of(0, 0, 0), bytes]).subarray(3);
      expect(decodeNpy(shifted, "a.npy")).toEqual(array);
    }),
  );
});

test("property: any cut of a file is refused as truncated", () => {
  const bytes = encodeNpy({ shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeNpy(bytes.subarray(0, length), "a.npy")).toThrow(
      /^a\.npy: .*(not a \.npy file|version|ends within|truncated)/,
    );
  }
});

test("property: a file with wrong bytes is read or refused in one line", () => {
  const bytes = encodeNpy({ shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
  const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(changes, (list) => {
      const damaged = bytes.slice();
      for (const [at, byte] of list) damaged[at] = byte;
      try {
        const { shape, data } = decodeNpy(damaged, "a.npy");
        expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        expect(String(error)).not.toContain("\n");
      }
    }),
    { numRuns: 2000 },
  );
});

const PLAIN = "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }";

test.each([
  ["another kind of file", Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), /not a \.npy file/],
  ["version 9", npy(PLAIN, Float64Array.of(1), 9), /version 9/],
  [
    "bytes after the elements",
    npy(PLAIN, Float64Array.of(1, 2)),
    /takes 8 bytes, but 16 follow.*one array per file/,
  ],
  ["Python objects", npy(PLAIN.replace("<f8", "|O"), [0]), /type \|O \(Python objects\)/],
  ["complex numbers", npy(PLAIN.replace("<f8", "<c16"), [0]), /type <c16/],
  ["strings", npy(PLAIN.replace("<f8", "<U4"), [0]), /type <U4/],
  [
    "a type that is a property of every object",
    npy(PLAIN.replace("<f8", "<toString"), [0]),
    /type <toString/,
  ],
  ["records", npy(PLAIN.replace("'<f8'", "[('x', '<f8')]"), [0]), /records of several fields/],
  ["no shape", npy("{'descr': '<f8', 'fortran_order': False}", [0]), /does not say type, order and shape/],
  ["no elements", npy(PLAIN.replace("(1,)", "(0, 5)"), []), /shape \[0, 5\] is empty/],
  ["an absurd shape", npy(PLAIN.replace("(1,)", "(99999999999999999999, 9)"), [0]), /truncated/],
  [
    "an integer float64 cannot hold",
    npy(PLAIN.replace("f8", "i8"), BigInt64Array.of(2n ** 53n + 1n)),
    /9007199254740993 is beyond 2\^53/,
  ],
])("%s is refused in one line that names the file", (_, bytes, message) => {
  expect(() => decodeNpy(bytes, "a.npy")).toThrow(message);
  expect(() => decodeNpy(bytes, "a.npy")).toThrow(/^a\.npy[^\n]*$/);
});
