import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { crc32 } from "node:zlib";
import * as z from "zod";
import { once } from "../once.js";

export const processIdentitySchema = z.object({
  host: z.string(),
  pid: z.int().positive(),
  /** When the process began, in the system's own words; a pid alone is given again to a later process. */
  startToken: z.string(),
  /** Where its number means it: this boot of the machine, and the container it is in. Earlier versions wrote none. */
  space: z.string().optional(),
});

/** One process on one machine, distinguished from every later process that gets the same number. */
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

const ownStartToken = once(() => startToken(process.pid) ?? "");

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, startToken: ownStartToken(), space: ownSpace() };
}

/** What a person calls a process: with its machine, where that is another one. */
export function processName({ host, pid }: ProcessIdentity): string {
  return host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`;
}

/**
 * Whether that process still runs: "alive", "gone", or "elsewhere" when it belongs to another machine, another container or an
 * earlier boot of this machine, and so cannot be known from here.
 */
export function whereabouts(identity: ProcessIdentity): "alive" | "gone" | "elsewhere" {
  if (identity.host !== hostname() || (identity.space ?? ownSpace()) !== ownSpace()) return "elsewhere";
  return startToken(identity.pid) === identity.startToken ? "alive" : "gone";
}

/**
 * A short form of an identity for the names of files. It holds the namespace of process numbers too: what has a number in a
 * container cannot be seen from outside of it, and the other way round.
 */
export function identityTag(): string {
  return `${process.pid}-${machineTag()}${shortHash(ownStartToken())}`;
}

/** As {@link whereabouts}, of the process with this {@link identityTag}; earlier versions gave its number alone. */
export function whereaboutsOfTag(tag: string): "alive" | "gone" | "elsewhere" {
  const [pid, machine, start] = tag.split(/-|(?<=-.{8})/);
  const token = startToken(Number(pid));
  if (machine === undefined) return token === undefined ? "gone" : "elsewhere";
  if (machine !== machineTag()) return "elsewhere";
  return token !== undefined && shortHash(token) === start ? "alive" : "gone";
}

function machineTag(): string {
  return shortHash(`${hostname()} ${ownSpace()}`);
}

const ownSpace = once(() => {
  if (process.platform !== "linux") return "";
  try {
    return `${bootId()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    // A system that hides it: the host's name alone must do.
    return "";
  }
});

/** Another one after each start of the machine. */
function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

function shortHash(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}

/** Distinguishes a process from its successors with the same number; undefined when no such process runs. */
function startToken(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    const another = error instanceof Error && "code" in error && error.code === "EPERM";
    if (!another) return undefined;
  }
  try {
    if (process.platform === "linux") return linuxStartToken(pid);
    if (process.platform === "win32") return "";
    const options = { encoding: "utf8", env: { ...process.env, LC_ALL: "C", TZ: "UTC" } } as const;
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], options).trim();
  } catch {
    // A system that hides when processes began: the number alone must do.
    return "";
  }
}

function linuxStartToken(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The command's name stands in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, ticksSinceBoot] = [fields[0], fields[19]];
  // A killed child that its parent has not yet waited for keeps its number, but writes no more.
  return state === "Z" || state === "X" ? undefined : `${bootId()} ${ticksSinceBoot}`;
}
