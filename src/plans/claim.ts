/**
 * Which process trains a configuration, where several plans share a folder of runs. Looking for its run, and making or opening
 * it, is one step that only one process takes at a time for one configuration, whatever its runs are called: so no two
 * make it twice. From then on the run's own lock says who trains it. A process that dies holds nothing.
 */
import { configurationKey } from "../configuration/compare.js";
import type { Configuration } from "../configuration/schema.js";
import { makeFolder } from "../files/folders.js";
import { beginHold, endHold } from "../files/hold.js";
import { type LockOwner, ownsLock } from "../files/lock.js";
import { claimFile } from "../runs/layout.js";
import { closeRun, listRuns, openRunForWriting, type Run, writerOf } from "../runs/run.js";
import { removeRunFiles } from "../runs/run-files.js";
import { plain, runFinder } from "../training/about-run.js";

/** What is known of a training once it is claimed. */
export type Claim =
  | { readonly kind: "made"; readonly run: Run }
  | { readonly kind: "opened"; readonly run: Run; readonly warnings: readonly string[] }
  | { readonly kind: "finished"; readonly run: Run }
  /** Another process trains it. */
  | { readonly kind: "held"; readonly run: Run; readonly by: LockOwner };

const ASK_EVERY_MS = 50;

/**
 * Claims the training of a configuration: the run of it that is there, to continue, otherwise a new one. Waits while another
 * process is at this same step.
 * @param make Makes the new run, held by this process.
 * @param isWanted Asked while it waits.
 * @returns undefined when it was no longer wanted.
 * @throws UserError when the folder of runs cannot be written, and what `make` throws.
 */
export async function claimRun(
  root: string,
  configuration: Configuration,
  make: () => Promise<Run>,
  isWanted: () => boolean,
): Promise<Claim | undefined> {
  makeFolder(root);
  const lock = claimFile(root, configurationKey(plain(configuration)));
  for (;;) {
    while (beginHold(lock)) {
      if (!isWanted()) return undefined;
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
    try {
      const found = runFinder(listRuns(root))(configuration);
      if (found) return takeOver(root, found);
      const run = await make();
      if (ownsLock(lock)) return { kind: "made", run };
      // This process was suspended while it made the run, and another one may have made it too.
      closeRun(run);
      removeRunFiles(run.path);
    } finally {
      endHold(lock);
    }
  }
}

function takeOver(root: string, found: Run): Claim {
  if (found.manifest.status === "finished") return { kind: "finished", run: found };
  const holder = writerOf(found.path);
  if (holder) return { kind: "held", run: found, by: holder };
  try {
    return { kind: "opened", ...openRunForWriting(root, found.name) };
  } catch (error) {
    // Someone who claims nothing, such as "narrows resume", may have been faster.
    const faster = writerOf(found.path);
    if (faster) return { kind: "held", run: found, by: faster };
    throw error;
  }
}
