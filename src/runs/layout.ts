import { join } from "node:path";
import { temporaryOf } from "../files/temporary.js";

/** The files of a run's folder. */
export type RunLayout = ReturnType<typeof runLayout>;

/** Where the files of the run in folder `runPath` lie. Nothing is read or made. */
export function runLayout(runPath: string) {
  return {
    manifest: join(runPath, "manifest.json"),
    metrics: join(runPath, "metrics.jsonl"),
    /** Folder of checkpoints. */
    checkpoints: join(runPath, "checkpoints"),
    /** Folder of checkpoints that hold parameters alone, kept for measures that follow training. */
    snapshots: join(runPath, "snapshots"),
    encoder: join(runPath, "encoder.onnx"),
    decoder: join(runPath, "decoder.onnx"),
    /** Folder of one ONNX model a head. */
    heads: join(runPath, "heads"),
    /** Names the process that writes here; absent when none does. */
    lock: join(runPath, "lock.json"),
    /** What a list of all runs shows of it: made again if it does not fit the other files. */
    summary: join(runPath, "summary.json"),
    tags: join(runPath, "tags.json"),
    /** Names the process that changes the tags. */
    tagsLock: join(runPath, "tags-lock.json"),
  } as const;
}

/** Files that are replaced whole, directly in a run's folder. */
const REPLACED_FILE =
  /^(?:(?:manifest|summary|tags)\.json|metrics\.jsonl|(?:encoder|decoder|heads|features)\.onnx)$/;
const OTHER_FILE = /^(?:(?:tags-)?lock\.json(?:\.takeover)*|events\.out\.tfevents\.\d+\..*\.narrows)$/s;
const CHECKPOINT_FILE = /^step-(\d{8,})\.safetensors$/;

/** The step in the name of a checkpoint or snapshot; undefined for any other name. */
export function stepInName(name: string): number | undefined {
  const digits = CHECKPOINT_FILE.exec(name)?.[1];
  return digits !== undefined && Number.isSafeInteger(Number(digits)) ? Number(digits) : undefined;
}

/** Whether a file of that name, in a run's folder or one of its folders, is what a process left that was writing there. */
export function isRunLeftover(name: string): boolean {
  const final = temporaryOf(name);
  return final !== undefined && (REPLACED_FILE.test(final) || CHECKPOINT_FILE.test(final));
}

/** Whether the manifest holds the sum of a file of that name. */
export function isSummed(name: string): boolean {
  return /^events\.out\.tfevents\.|\.onnx$/.test(name) && isRunFile(name) && temporaryOf(name) === undefined;
}

/** Whether Narrows itself has written a file of that name in a run's folder or one of its folders. */
export function isRunFile(name: string): boolean {
  const final = temporaryOf(name) ?? name.replace(/\.damaged$/, "");
  return REPLACED_FILE.test(final) || OTHER_FILE.test(final) || CHECKPOINT_FILE.test(final);
}

/** Beside the runs: codes that were written on the way to a training. */
export const CODES_FOLDER = "codes";

/** Beside the runs: who is looking for the run of this configuration, or making it. */
export function claimFile(root: string, configurationKey: string): string {
  return join(root, `.claim-${configurationKey}.json`);
}

/** Whether a file of that name is a claim, or what a process left that was writing one. */
export function isClaimFile(name: string): boolean {
  return /^\.claim-[0-9a-f]+\.json(?:\.takeover)*$/.test(temporaryOf(name) ?? name);
}
