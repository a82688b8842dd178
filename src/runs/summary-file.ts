/**
 * What a list of all runs shows of a run, kept in one small file of its folder, so that thousands are listed by reading one
 * file each. The folder is the truth: the summary names size and times of all that it sums up, and one that does not fit them,
 * is damaged or is missing is made again. Among the times is the file system's own, of every change, which no archive and no copy
 * brings along: a summary is believed on the machine, and of the files, that it was made from.
 */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { requirePlain } from "../files/plain.js";
import { temporaryPath } from "../files/temporary.js";
import { runLayout } from "./layout.js";
import type { Manifest } from "./manifest.js";
import type { RunSummary } from "./summary.js";

/** What is kept of a run. */
export interface KeptSummary {
  readonly manifest: Manifest;
  readonly summary: RunSummary;
  readonly tags: readonly string[];
}

/** Size, inode, time of the last writing and of the last change, of all that is summed up; zeros for what is missing. */
export type Stamps = readonly number[];

/** The state of all that a summary sums up. Take it before reading what is there: what changes meanwhile then shows. */
export function stampsOf(runPath: string): Stamps {
  const { manifest, metrics, checkpoints, tags } = runLayout(runPath);
  return [manifest, metrics, checkpoints, tags].flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found ? [found.size, found.ino, found.mtimeMs, found.ctimeMs] : [0, 0, 0, 0];
  });
}

const FORMAT = 1;
const keptSchema = z.object({
  format: z.literal(FORMAT),
  stamps: z.array(z.number()),
  // What fits the stamps was written on this machine, from what had been checked.
  kept: z.custom<KeptSummary>((value) => typeof value === "object" && value !== null),
});

/** The summary that fits the present state of a run's files; undefined where there is none, or it is damaged. */
export function readKeptSummary(runPath: string, stamps: Stamps): KeptSummary | undefined {
  const { summary } = runLayout(runPath);
  requirePlain(summary);
  try {
    const text = readFileSync(summary, "utf8");
    const end = text.indexOf("\n");
    const body = text.slice(end + 1);
    if (text.slice(0, end) !== checksum(body)) return undefined;
    const { data } = keptSchema.safeParse(JSON.parse(body));
    return data?.stamps.join() === stamps.join() ? data.kept : undefined;
  } catch {
    // Missing or unreadable: the files themselves are read, and say what is wrong with them.
    return undefined;
  }
}

/** Keeps a summary made from files in this state. A folder that cannot be written is listed without. */
export function keepSummary(runPath: string, stamps: Stamps, kept: KeptSummary): void {
  const { summary } = runLayout(runPath);
  const temporary = temporaryPath(summary);
  const body = `${JSON.stringify({ format: FORMAT, stamps, kept })}\n`;
  try {
    // Not synced: half a summary is damaged, and is made again.
    writeFileSync(temporary, `${checksum(body)}\n${body}`);
    renameSync(temporary, summary);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

function checksum(text: string): string {
  return crc32(text).toString(16);
}
