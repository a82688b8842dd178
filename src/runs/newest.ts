/** The newest checkpoint of a run that belongs to the run's other files. */
import { UserError } from "../errors.js";
import type { Checkpoint } from "./checkpoint-bytes.js";
import { checkpointPath, type LatestCheckpoint, latestCheckpoint } from "./checkpoints.js";
import { runLayout } from "./layout.js";
import { readManifest } from "./manifest.js";
import type { Manifest } from "./manifest-text.js";
import { type MetricsFile, readMetrics } from "./metrics.js";
import { recipeSum, sealIn } from "./sums.js";

/** What a function here needs to know of a run. */
interface RunFolder {
  readonly path: string;
  readonly manifest: Manifest;
}

/**
 * The newest checkpoint of a run to measure the model at.
 * @throws UserError when the run is finished and its last checkpoint is missing or damaged, or none is of this run's recipe
 */
export function newestForReading(run: RunFolder): LatestCheckpoint {
  const newest = search(run, () => undefined);
  const { checkpoint } = newest;
  const { misfit } = readRunMetrics(run);
  const last = run.manifest.integrity?.step ?? run.manifest.totalSteps;
  if (run.manifest.status === "finished" && checkpoint && last !== undefined && checkpoint.step < last) {
    const [reason] = newest.warnings;
    throw new UserError({
      where: run.path,
      what: `the run is finished at step ${last}, and its newest readable checkpoint is of step ${checkpoint.step}${reason === undefined ? "" : ` (${reason})`}`,
      remedy: remedyOf(run, "train the missing steps again"),
    });
  }
  return { ...newest, warnings: [...newest.warnings, ...(misfit === undefined ? [] : [misfit])] };
}

/**
 * The newest checkpoint of a run from which training can continue to the same end: the metrics up to its step are there.
 * @throws UserError when there are whole checkpoints, and none of them fits the metrics and the recipe
 */
export function newestForTraining(run: RunFolder): LatestCheckpoint {
  const { metrics } = runLayout(run.path);
  return search(run, (checkpoint) => {
    const sum = sealIn(checkpoint)?.metrics;
    const { misfit } = readMetrics(metrics, sum && { sum, complete: false });
    return misfit && `${metrics}: ${misfit}`;
  });
}

/**
 * A run's metrics.
 * @returns Besides the lines, what does not fit what the manifest says of them: one line that names the file.
 */
export function readRunMetrics(run: RunFolder): MetricsFile {
  const { metrics } = runLayout(run.path);
  const expected = ({ integrity }: Manifest) =>
    integrity && { sum: integrity.metrics, complete: integrity.complete };
  const found = readMetrics(metrics, expected(run.manifest));
  if (found.misfit === undefined) return found;
  // A training may have gone on since the manifest was read.
  const again = readMetrics(metrics, expected(readManifest(run.path)));
  return { ...again, misfit: again.misfit && `${metrics}: ${again.misfit}` };
}

/**
 * The lines of a run's metrics, for figures and counts.
 * @throws UserError when they are not those that were written
 */
export function soundRunMetrics(run: RunFolder): MetricsFile["lines"] {
  const { lines, misfit } = readRunMetrics(run);
  if (misfit === undefined) return lines;
  const { metrics } = runLayout(run.path);
  throw new UserError({
    where: metrics,
    what: misfit.slice(`${metrics}: `.length),
    remedy: remedyOf(run, "write the missing lines again"),
  });
}

const OTHER_RECIPE =
  "its configuration is not the one that the weights were trained by (their checksums differ)";

/** Whether a checkpoint was trained by the recipe of this sum; those of earlier versions do not say. */
function hasRecipe(checkpoint: Checkpoint, recipe: string): boolean {
  return (sealIn(checkpoint)?.recipe ?? recipe) === recipe;
}

/**
 * Checks that a checkpoint or snapshot was trained by the recipe of this sum.
 * @throws UserError when it was not
 */
export function requireRecipe(checkpoint: Checkpoint, recipe: string): void {
  if (hasRecipe(checkpoint, recipe)) return;
  throw new UserError({
    where: checkpoint.path,
    what: "it was trained by another configuration than the manifest's (their checksums differ)",
    remedy: "Restore the files of the run from a copy",
  });
}

/** Searches from the newest on; `misfitOf` says what else does not fit a checkpoint. */
function search(run: RunFolder, misfitOf: (checkpoint: Checkpoint) => string | undefined): LatestCheckpoint {
  const { checkpoints } = runLayout(run.path);
  const recipe = recipeSum(run.manifest.configuration);
  const latest = latestCheckpoint(checkpoints, (checkpoint) =>
    hasRecipe(checkpoint, recipe) ? misfitOf(checkpoint) : `${runLayout(run.path).manifest}: ${OTHER_RECIPE}`,
  );
  const { checkpoint, warnings, passedOver, misfits } = latest;
  if (!checkpoint && misfits.length > 0) {
    throw new UserError({
      where: run.path,
      what: `no checkpoint fits the run's other files (${misfits[0]})`,
      remedy: `Restore them from a copy, or take them as they are with ${acceptance(run)}`,
    });
  }
  const last = run.manifest.integrity?.step ?? 0;
  if (passedOver.length > 0 || (checkpoint?.step ?? 0) >= last) return latest;
  const missing = `${checkpointPath(checkpoints, last)}: it is missing`;
  const instead = checkpoint ? `the one of step ${checkpoint.step} is taken` : "and there is no other";
  return { ...latest, warnings: [...warnings, `${missing}; ${instead}`] };
}

/** What helps depends on whether the run can be trained on. */
function remedyOf(run: RunFolder, why: string): string {
  if (run.manifest.importedFrom !== undefined)
    return "Restore the file from a copy, or import the model again";
  return `Restore it from a copy, ${why} with "narrows resume ${run.path}", or take the files as they are with ${acceptance(run)}`;
}

function acceptance({ path }: RunFolder): string {
  return `"narrows check ${path} --accept"`;
}
