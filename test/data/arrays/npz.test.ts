import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeNpz, encodeNpz } from "../../../src/data/arrays/index.js";
import { UserError } from "../../../src/errors.js";

/** `numpy.savez_compressed(file, Z=numpy.zeros(4, "f4"))` of NumPy 2.4. */
const ZEROS = new Uint8Array(
  Buffer.from(
    "UEsDBC0AAAAIAAAAIQCMY8gy//////////8FABQAWi5ucHkBABAAkAAAAAAAAABHAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GiY6mjoKtQoUAC4GNAAAUEsBAi0DLQAAAAgAAAAhAIxjyDJHAAAAkAAAAAUAAAAAAAAAAAAAAIABAAAAAFoubnB5UEsFBgAAAAABAAEAMwAAAH4AAAAAAA==",
    "base64",
  ),
);

test("an archive of NumPy's, with and without the key of its only array", () => {
  const zeros = { shape: [4], data: new Float32Array(4) };
  expect(decodeNpz(ZEROS, "Z", "a.npz")).toEqual(zeros);
  expect(decodeNpz(ZEROS, undefined, "a.npz")).toEqual(zeros);
});

test("property: arrays come back under their names", () => {
  const key = fc
    .string({ minLength: 1, maxLength: 8, unit: "grapheme" })
    .filter((text) => text !== "__proto__");
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.float64Array({ minLength: 1, maxLength: 9 }), { minKeys: 1, maxKeys: 4 }),
      (arrays) => {
        const file = encodeNpz(
          Object.fromEntries(
            Object.entries(arrays).map(([name, data]) => [name, { shape: [data.length], data }]),
          ),
        );
        for (const [name, data] of Object.entries(arrays)) {
          expect(decodeNpz(file, name, "a.npz").data).toEqual(data);
        }
      },
    ),
  );
});

const two = encodeNpz({
  Z: { shape: [2], data: Float64Array.of(1, 2) },
  "mu/0": { shape: [1], data: Float64Array.of(3) },
});

test("a missing key, or none among several, names the keys there", () => {
  expect(() => decodeNpz(two, "z", "a.npz")).toThrow(
    /^a\.npz: it holds no array named "z"\. Write a\.npz:KEY with KEY one of: Z, mu\/0\.$/,
  );
  expect(() => decodeNpz(two, undefined, "a.npz")).toThrow(/does not say which array .*Z, mu\/0/);
  expect(decodeNpz(two, "mu/0", "a.npz").data[0]).toBe(3);
});

test("every cut is refused, and no flipped bit becomes a wrong number", () => {
  for (let length = 0; length < ZEROS.length; length++) {
    expect(() => decodeNpz(ZEROS.subarray(0, length), "Z", "a.npz")).toThrow(/^a\.npz[^\n]*(whole|damaged)/);
  }
  let refused = 0;
  for (let bit = 0; bit < 8 * ZEROS.length; bit++) {
    const damaged = ZEROS.slice();
    damaged[bit >> 3] ^= 1 << (bit & 7);
    try {
      // A flip in a date or in the padding of the packed bits is harmless.
      expect(decodeNpz(damaged, "Z", "a.npz")).toEqual({ shape: [4], data: new Float32Array(4) });
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(4 * ZEROS.length);
});

test("an archive without arrays, and a file that is no archive, are refused", () => {
  expect(() => decodeNpz(encodeNpz({}), "Z", "a.npz")).toThrow(/holds no \.npy file/);
  expect(() => decodeNpz(new TextEncoder().encode("x".repeat(500)), "Z", "a.npz")).toThrow(
    /not a whole zip archive/,
  );
  expect(() => decodeNpz(new Uint8Array(0), "Z", "a.npz")).toThrow(/not a whole zip archive/);
});
