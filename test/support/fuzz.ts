/** Hostile files for the tests of readers: valid ones that are damaged in the ways that break readers, the same in every run. */
import { expect } from "vitest";
import { UserError } from "../../src/errors.js";
import { PhiloxStream } from "../../src/random/stream.js";

/** Lengths that readers stumble over. */
const LENGTHS = [0, 1, 2 ** 15, 2 ** 16 - 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
const BYTES = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x0a, 0x2d, 0x2e, 0x39];
const LONGEST_NOISE = 40;
/** No reader may need more for the small files of these tests. */
const MAX_MEMORY_KIB = 2 ** 20;

/** A way to damage a file; each makes a copy. */
type Damage = (bytes: Uint8Array, stream: PhiloxStream) => Uint8Array;

const DAMAGES: readonly Damage[] = [
  (bytes, stream) => changed(bytes, stream, (value) => value ^ (1 << stream.integer(8))),
  (bytes, stream) => changed(bytes, stream, () => BYTES[stream.integer(BYTES.length)]!),
  (bytes, stream) => bytes.slice(0, stream.integer(bytes.length + 1)),
  (bytes, stream) => bytes.slice(stream.integer(bytes.length + 1)),
  // A length, in either byte order, of 2, 4 or 8 bytes.
  (bytes, stream) => {
    const copy = bytes.slice();
    const size = [2, 4, 8][stream.integer(3)]!;
    const own = [bytes.length, bytes.length + 1][stream.integer(2)]!;
    const value = [...LENGTHS, own][stream.integer(LENGTHS.length + 1)]!;
    const at = stream.integer(bytes.length + 1);
    const isLittle = stream.integer(2) === 0;
    for (let k = 0; k < size && at + k < copy.length; k++) {
      const place = isLittle ? k : size - 1 - k;
      copy[at + k] = place > 5 ? 0 : Math.floor(value / 2 ** (8 * place));
    }
    return copy;
  },
  // Bytes from elsewhere in the file, or made up, put in.
  (bytes, stream) => {
    const at = stream.integer(bytes.length + 1);
    const length = stream.integer(LONGEST_NOISE + 1);
    const from = stream.integer(bytes.length + 1);
    const put = stream.integer(2) === 0 ? bytes.slice(from, from + length) : noise(length, stream);
    return joined(bytes.subarray(0, at), put, bytes.subarray(at));
  },
  // Bytes taken out.
  (bytes, stream) => {
    const at = stream.integer(bytes.length + 1);
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + stream.integer(LONGEST_NOISE)));
  },
];

/** A damaged copy of a file: one to three damages, each of a kind and at a place that the stream draws. */
function mutate(bytes: Uint8Array, stream: PhiloxStream): Uint8Array {
  // A plain copy: a Buffer's `slice` is a view.
  let damaged: Uint8Array = new Uint8Array(bytes);
  for (let left = 1 + stream.integer(3); left > 0 && damaged.length > 0; left--) {
    damaged = DAMAGES[stream.integer(DAMAGES.length)]!(damaged, stream);
  }
  return damaged;
}

/** Some random bytes. */
function noise(length: number, stream: PhiloxStream): Uint8Array {
  return Uint8Array.from({ length }, () => stream.integer(256));
}

/**
 * Damaged copies of some files, and now and then pure noise.
 * @param purpose names the stream, so that each reader gets files of its own.
 */
export function* damagedFiles(
  files: readonly Uint8Array[],
  rounds: number,
  purpose: string,
): Generator<Uint8Array> {
  const stream = new PhiloxStream(12, purpose);
  for (let round = 0; round < rounds; round++) {
    stream.restart(round);
    yield round % 20 === 19
      ? noise(stream.integer(300), stream)
      : mutate(files[round % files.length]!, stream);
  }
}

/**
 * Reads, and asserts that this gives a value or a {@link UserError} of one line.
 * @returns whether it was refused.
 */
function readsOrRefuses(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    requireOneLine(error);
    return true;
  }
}

/** As {@link readsOrRefuses}, of what takes its time. */
export async function readsOrRefusesLater(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return false;
  } catch (error) {
    requireOneLine(error);
    return true;
  }
}

/**
 * Reads damaged copies of files, and asserts that each gives a value or one line, and that none fills the memory.
 * @param files as they should be; each must read.
 * @param read what is tried, on the bytes of a file.
 * @returns how many were refused.
 */
export function fuzz(
  files: readonly Uint8Array[],
  read: (bytes: Uint8Array) => unknown,
  rounds: number,
  purpose: string,
): number {
  for (const file of files) read(file);
  const before = process.resourceUsage().maxRSS;
  let refused = 0;
  for (const file of damagedFiles(files, rounds, purpose))
    refused += Number(readsOrRefuses(() => read(file)));
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(MAX_MEMORY_KIB);
  return refused;
}

function requireOneLine(error: unknown): void {
  if (!(error instanceof UserError)) throw error;
  expect(error.message).not.toMatch(/[\n\r]/);
}

function changed(bytes: Uint8Array, stream: PhiloxStream, change: (value: number) => number): Uint8Array {
  const copy = bytes.slice();
  const at = stream.integer(bytes.length);
  copy[at] = change(copy[at]!);
  return copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
