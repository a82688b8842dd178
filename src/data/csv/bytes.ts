import { closeSync, openSync, readSync, statSync } from "node:fs";
import { inFileSystem } from "../../files/system-errors.js";
import type { CsvSource } from "./options.js";

/** Writes the next bytes of a file to the beginning of an array and says how many; 0 at the end. */
export type Fill = (into: Uint8Array) => number;

/** A file that is open for reading. */
export interface OpenBytes {
  readonly fill: Fill;
  /** Bytes of the whole file. */
  readonly size: number;
  close(): void;
}

/**
 * Opens a file, or bytes as if they were one.
 * @throws UserError when it cannot be read, from `fill` too.
 */
export function openBytes(source: CsvSource): OpenBytes {
  if (typeof source !== "string") {
    const { bytes } = source;
    return { fill: fillFrom(bytes), size: bytes.length, close: () => {} };
  }
  const attempt = <Result>(action: () => Result): Result => inFileSystem(source, action);
  const { size } = attempt(() => statSync(source));
  const file = attempt(() => openSync(source, "r"));
  return {
    fill: (into) => attempt(() => readSync(file, into, 0, into.length, null)),
    size,
    close: () => closeSync(file),
  };
}

/** Bytes in memory, and whatever comes after them. */
export function fillFrom(bytes: Uint8Array, after: Fill = () => 0): Fill {
  let rest = bytes;
  return (into) => {
    if (rest.length === 0) return after(into);
    const given = rest.subarray(0, into.length);
    into.set(given);
    rest = rest.subarray(given.length);
    return given.length;
  };
}

/** The first bytes, at most this number; they are removed from the source. */
export function takeStart(fill: Fill, length: number): Uint8Array {
  const start = new Uint8Array(length);
  let held = 0;
  for (let read = -1; read !== 0 && held < length; held += read) read = fill(start.subarray(held));
  return start.subarray(0, held);
}
