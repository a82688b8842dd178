/**
 * Unpacking within bounds, for every packed file that is read. A few bytes can unpack to a thousand times as many: code that unpacks
 * says how many are due, and no more are made.
 */
import { constants, gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from "node:zlib";
import { refuse } from "../errors.js";

const UNPACK = { gzip: gunzipSync, zlib: inflateSync, raw: inflateRawSync } as const;

/** Around the packed bytes: the header and checksum of gzip, those of zlib, or none (zip archives). */
export type Packing = keyof typeof UNPACK;

/** How many bytes may come out, and for messages what says so, to follow "more than N bytes, ", and what to do if it is wrong. */
export interface UnpackedLimit {
  readonly bytes: number;
  readonly because: string;
  readonly remedy: string;
}

/** Of which this many bytes unpack, the ratio is of no concern. */
const FREE_BYTES = 2 ** 29;
/** Images of two values and much emptiness reach a hundred; the format itself ends at 1032. */
const MAX_EXPANSION = 200;
/** Packed bytes that the beginning is unpacked from, and what they become at most. */
const HEAD_PACKED_BYTES = 2 ** 12;
const HEAD_BYTES = 2 ** 23;
/** As many bytes are made at once; more are joined from several. */
const LARGEST_CHUNK = 2 ** 30;
const SMALLEST_CHUNK = 2 ** 6;
const SMALLEST_GZIP_CHUNK = 2 ** 16;

/** What a packed file may unpack to where nothing else says it. */
export function usualLimit(packedBytes: number): UnpackedLimit {
  return {
    bytes: Math.max(FREE_BYTES, MAX_EXPANSION * packedBytes),
    because: `which is more than ${FREE_BYTES / 2 ** 20} MiB and more than ${MAX_EXPANSION} times what it takes packed`,
    remedy:
      "If you trust it, unpack it with another program and give what comes out, or save it without compression",
  };
}

/** What a file may unpack to whose header says how long it is. */
export function declaredLimit(bytes: number): UnpackedLimit {
  return {
    bytes,
    because: "which is what its header says",
    remedy: "It is damaged: copy, download or save it again",
  };
}

/**
 * Refuses what says of itself that it unpacks to more than {@link usualLimit}.
 * @param where how messages call the file.
 * @throws UserError
 */
export function requireUsualSize(unpackedBytes: number, packedBytes: number, where: string): void {
  const limit = usualLimit(packedBytes);
  if (unpackedBytes > limit.bytes) refuseTooLarge(`to ${unpackedBytes} bytes`, limit, where);
}

/**
 * Unpacks all, and verifies the checksum that gzip and zlib have.
 * @param limit by default, {@link usualLimit}.
 * @param where how messages call the file.
 * @returns at most as many bytes as the limit says; fewer are for the caller to judge.
 * @throws UserError when more would come or the limit is above the usual one, and when the packed bytes are truncated or damaged.
 */
export function inflate(
  packed: Uint8Array,
  packing: Packing,
  where: string,
  limit: UnpackedLimit = usualLimit(packed.length),
): Uint8Array {
  requireUsualSize(limit.bytes, packed.length, where);
  // One byte more than is due, or the library would begin a second chunk.
  const chunkSize = Math.min(LARGEST_CHUNK, 1 + likelySize(packed, packing, limit.bytes));
  const options = { maxOutputLength: Math.max(1, limit.bytes), chunkSize };
  const unpacked = run(packed, packing, options, limit, where);
  if (unpacked.length > limit.bytes) refuseTooLarge(`to more than ${limit.bytes} bytes`, limit, where);
  return unpacked;
}

function likelySize(packed: Uint8Array, packing: Packing, maximum: number): number {
  if (packing !== "gzip" || packed.length < 4) return Math.max(SMALLEST_CHUNK, maximum);
  // Its last four bytes say how long the content is, if all is in one piece; this can be wrong.
  const declared = new DataView(packed.buffer, packed.byteOffset + packed.length - 4, 4).getUint32(0, true);
  return Math.max(SMALLEST_GZIP_CHUNK, Math.min(declared, maximum));
}

/**
 * The first bytes, for a header that says how many follow; all of them if they are few. Nothing is verified yet.
 * @throws UserError when the packed bytes are damaged at their beginning.
 */
export function inflateHead(packed: Uint8Array, packing: Packing, where: string): Uint8Array {
  const options = { maxOutputLength: HEAD_BYTES, finishFlush: constants.Z_SYNC_FLUSH };
  const limit = { ...declaredLimit(HEAD_BYTES), because: "and these are its first few" };
  return run(packed.subarray(0, HEAD_PACKED_BYTES), packing, options, limit, where);
}

function run(
  packed: Uint8Array,
  packing: Packing,
  options: ZlibOptions,
  limit: UnpackedLimit,
  where: string,
): Uint8Array {
  try {
    const { buffer, byteOffset, length } = UNPACK[packing](packed, options);
    // A plain array: a Buffer's `slice` is a view, which surprises those who were promised a Uint8Array.
    return new Uint8Array(buffer, byteOffset, length);
  } catch (error) {
    if (error instanceof RangeError) {
      refuseTooLarge(`to more than ${limit.bytes} bytes`, limit, where, error);
    }
    refuseNotUnpacked(error, where);
  }
}

/** What to say of packed bytes that make no sense. */
export function refuseNotUnpacked(error: unknown, where: string): never {
  refuse(
    where,
    `it cannot be unpacked (${error instanceof Error ? error.message : String(error)})`,
    "It is truncated or damaged: copy or download it again",
    error,
  );
}

function refuseTooLarge(size: string, limit: UnpackedLimit, where: string, cause?: unknown): never {
  refuse(where, `it would unpack ${size}, ${limit.because}`, limit.remedy, cause);
}
