/**
 * One file from an address to its place (rule D25). It grows as `FILE.part`, which holds at every moment a beginning of the file, so that a
 * download that broke continues where it stopped, even after `kill -9`; it gets its name when its checksum fits.
 */
import { createHash, type Hash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { refuse } from "../../errors.js";
import { writeAll } from "../../files/atomic.js";
import { makeFolder } from "../../files/folders.js";
import { fileSource, streamOf } from "../../files/source.js";
import { inFileSystem } from "../../files/system-errors.js";
import type { Checksum, Expected } from "./registry.js";

export interface FetchOptions {
  /** Called with the number of bytes that are there, and the total if it is known. */
  readonly onProgress?: ((done: number, total: number | undefined) => void) | undefined;
  /** Asked after every piece; on true what is there stays for the next time. */
  readonly stopped?: (() => boolean) | undefined;
}

/** `present`: it was there already, and its checksum fits. */
export type FetchOutcome = "present" | "downloaded" | "stopped";

const OK = 200;
const PARTIAL = 206;
const NOTHING_FOLLOWS = 416;

/**
 * Brings a file to `path`, or finds it there.
 * @throws UserError when the address cannot be reached or has no such file, the connection breaks, the content is another than
 * expected (it is set aside as `FILE.bad`), a file of other content is at `path` already, or it cannot be written.
 */
export async function fetchFile(
  url: string,
  path: string,
  expected: Expected,
  options: FetchOptions = {},
): Promise<FetchOutcome> {
  const { checksum } = expected;
  if (existsSync(path)) {
    const digits = hashFile(path, checksum.algorithm).digest("hex");
    if (digits === checksum.digits) return "present";
    refuse(
      path,
      `there is a file of that name already, and its ${nameOf(checksum)} is ${digits}, not ${checksum.digits}`,
      "Move it away, and run the command again",
    );
  }
  const part = `${path}.part`;
  const whole = await fillPart(url, part, path, expected, options);
  if (!whole) return "stopped";
  const digits = whole.digest("hex");
  if (digits !== checksum.digits) {
    inFileSystem(part, () => renameSync(part, `${path}.bad`));
    refuse(
      path,
      `the ${nameOf(checksum)} of what ${url} sent is ${digits}, not ${checksum.digits}; it is set aside as ${path}.bad`,
      "Run the command again, or name a mirror with --from",
    );
  }
  inFileSystem(path, () => renameSync(part, path));
  return "downloaded";
}

/** Appends to the part what is missing; undefined when it was stopped, else the hash of the whole. */
async function fillPart(
  url: string,
  part: string,
  path: string,
  { bytes, checksum }: Expected,
  options: FetchOptions,
): Promise<Hash | undefined> {
  const had = existsSync(part) ? inFileSystem(part, () => statSync(part).size) : 0;
  if (had > 0 && had === bytes) return hashFile(part, checksum.algorithm);
  const response = await ask(url, had, path);
  const { status } = response;
  const goesOn =
    status === PARTIAL && response.headers.get("content-range")?.startsWith(`bytes ${had}-`) === true;
  if (!response.body || !(status === OK || goesOn)) {
    await response.body?.cancel();
    // Then the part is the whole, or of another file.
    if (status === NOTHING_FOLLOWS && had > 0) return hashFile(part, checksum.algorithm);
    refuseUnreachable(url, path, `it answers ${status} ${response.statusText}`.trim());
  }
  const hash = goesOn ? hashFile(part, checksum.algorithm) : createHash(checksum.algorithm);
  const start = goesOn ? had : 0;
  const length = response.headers.get("content-length");
  const total = length === null ? bytes : start + Number(length);
  const whole = await append(response.body.getReader(), { url, part, start, total, hash }, options);
  return whole ? hash : undefined;
}

interface Appending {
  readonly url: string;
  readonly part: string;
  /** Bytes of the part that stay. */
  readonly start: number;
  readonly total: number | undefined;
  /** Takes what is written. */
  readonly hash: Hash;
}

/** Writes what comes behind the bytes that stay; false when it was stopped. */
async function append(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { url, part, start, total, hash }: Appending,
  { onProgress, stopped }: FetchOptions,
): Promise<boolean> {
  let there = start;
  makeFolder(dirname(part));
  const handle = inFileSystem(part, () => openSync(part, start > 0 ? "a" : "w"));
  try {
    for (;;) {
      const { done, value } = await reader
        .read()
        .catch((error: unknown) =>
          refuse(
            url,
            `the connection broke after ${there} of ${total ?? "unknown"} bytes (${reasonOf(error)}), which are kept as ${part}`,
            "Run the same command again to continue",
            error,
          ),
        );
      if (done) break;
      hash.update(value);
      inFileSystem(part, () => writeAll(handle, value));
      there += value.length;
      onProgress?.(there, total);
      if (stopped?.()) return false;
    }
    inFileSystem(part, () => fsyncSync(handle));
    return true;
  } finally {
    closeSync(handle);
    // Else a connection that still sends would keep the process alive; one that broke has nothing to cancel.
    await reader.cancel().catch(() => undefined);
  }
}

async function ask(url: string, from: number, path: string): Promise<Response> {
  // As it lies there: a transport's own packing would change both ranges and lengths.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (from > 0) headers.range = `bytes=${from}-`;
  try {
    return await fetch(url, { headers });
  } catch (error) {
    refuseUnreachable(url, path, `it cannot be reached (${reasonOf(error)})`, error);
  }
}

function refuseUnreachable(url: string, path: string, what: string, cause?: unknown): never {
  refuse(
    url,
    what,
    `Fetch that file by other means and put it at ${path}, or name a mirror with --from`,
    cause,
  );
}

/** Node's fetch says "fetch failed" and has the reason in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * A hash that has taken a file's content, so that more can follow.
 * @throws UserError when the file cannot be read.
 */
function hashFile(path: string, algorithm: Checksum["algorithm"]): Hash {
  const hash = createHash(algorithm);
  for (const piece of streamOf(fileSource(path)).pieces) hash.update(piece);
  return hash;
}

/** The algorithm as people write it. */
function nameOf({ algorithm }: Checksum): string {
  return algorithm === "sha256" ? "SHA-256" : "MD5";
}
