/**
 * Tags of a run: a list of words in a file of its own, apart from the manifest, so that a run can be tagged while it is
 * trained. Processes that tag at the same time take turns.
 */
import { existsSync } from "node:fs";
import * as z from "zod";
import { UserError } from "../errors.js";
import { writeFileAtomic } from "../files/atomic.js";
import { acquireLock, releaseLock } from "../files/lock.js";
import { requirePlain } from "../files/plain.js";
import { readText } from "../files/read.js";
import { nearest } from "../given-names.js";
import { runLayout } from "./layout.js";
import { isRunName } from "./names.js";
import type { Run } from "./run.js";
import { textSum } from "./sums.js";

const tagsSchema = z
  .object({ tags: z.array(z.string().refine(isRunName)), crc32: z.string() })
  .refine(({ tags, crc32 }) => crc32 === sumOf(tags));

function sumOf(tags: readonly string[]): string {
  return textSum(JSON.stringify(tags));
}

/**
 * The tags of a run, in order.
 * @throws UserError when their file is damaged.
 */
export function readTags(runPath: string): readonly string[] {
  const where = runLayout(runPath).tags;
  if (!existsSync(where)) return [];
  requirePlain(where);
  const text = readText(where);
  try {
    return tagsSchema.parse(JSON.parse(text)).tags;
  } catch (cause) {
    const what = "this is no list of tags, or it is not as it was written (its checksum does not fit)";
    throw new UserError({ where, what, remedy: "Remove the file and tag the run again", cause });
  }
}

/**
 * Gives a run a tag; one that it has stays.
 * @throws UserError when the tag has other characters than a run's name may have, or the folder cannot be written.
 */
export function addTag({ path }: Run, tag: string): void {
  if (!isRunName(tag)) {
    throw new UserError({
      where: `tag ${JSON.stringify(tag)}`,
      what: "a tag has 1 to 100 letters, digits and . _ + = , - and begins with a letter or a digit",
      remedy: "Choose such a tag, for example paper",
    });
  }
  changeTags(path, (tags) => [...new Set([...tags, tag])].sort());
}

/**
 * Takes a tag from a run.
 * @throws UserError when the run has no such tag, with the nearest that it has.
 */
export function removeTag({ path, name }: Run, tag: string): void {
  changeTags(path, (tags) => {
    if (tags.includes(tag)) return tags.filter((other) => other !== tag);
    const near = nearest(tag, tags);
    throw new UserError({
      where: name,
      what: `it has no tag ${tag}${near === undefined ? "" : ` (did you mean ${near}?)`}`,
      remedy: tags.length > 0 ? `Its tags are ${tags.join(", ")}` : "It has no tags at all",
    });
  });
}

const MAX_TURNS = 1000;
const TURN_MS = 10;

function changeTags(runPath: string, change: (tags: readonly string[]) => readonly string[]): void {
  const { tags, tagsLock } = runLayout(runPath);
  const wait = new Int32Array(new SharedArrayBuffer(4));
  for (let turn = 0; acquireLock(tagsLock); turn++) {
    if (turn === MAX_TURNS) {
      throw new UserError({
        where: tagsLock,
        what: "another process is changing the tags",
        remedy: "Wait until it ends",
      });
    }
    Atomics.wait(wait, 0, 0, TURN_MS);
  }
  try {
    const changed = change(readTags(runPath));
    writeFileAtomic(tags, `${JSON.stringify({ tags: changed, crc32: sumOf(changed) })}\n`);
  } finally {
    releaseLock(tagsLock);
  }
}
