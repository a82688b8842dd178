import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.js";
import { readBytes } from "../files/read.js";
import { checkpointPath, listCheckpoints, readCheckpoint } from "./checkpoints.js";
import { runLayout } from "./layout.js";
import { newestForReading, readRunMetrics, requireRecipe } from "./newest.js";
import type { Run } from "./run.js";
import { addToSum, NOTHING, recipeSum, type Sum, sameSum } from "./sums.js";

/** What a full comparison of a run's files with their checksums has found. */
export interface RunCheck {
  /** One line for each file that is missing, damaged, or does not fit the others. */
  readonly problems: readonly string[];
  /** Number of files that fit. */
  readonly sound: number;
  /** Whether the run has checksums: those of earlier versions have them in their checkpoints only. */
  readonly hasSums: boolean;
}

/** Reads every file of a run and compares it with what was written. */
export function checkRun(run: Run): RunCheck {
  const { integrity } = run.manifest;
  const { checkpoints, snapshots } = runLayout(run.path);
  const kept = [checkpoints, snapshots].flatMap(listCheckpoints);
  // The manifest was compared when the run was opened.
  const findings = [
    [],
    metricsProblems(run),
    ...kept.map(({ step, path }) => checkpointProblems(run, step, path)),
    ...Object.entries(integrity?.files ?? {}).map(([name, sum]) => fileProblems(join(run.path, name), sum)),
  ];
  const missing = [
    ...(newestIsMissing(run) ? [`${checkpointPath(checkpoints, integrity!.step)}: it is missing`] : []),
    ...(integrity?.snapshots ?? [])
      .map((step) => checkpointPath(snapshots, step))
      .filter((path) => !kept.some((one) => one.path === path))
      .map((path) => `${path}: it is missing`),
  ];
  const problems = [...findings.flat(), ...missing];
  return {
    problems: problems.length > 0 ? problems : problemsIn(() => void newestForReading(run)),
    sound: findings.filter((found) => found.length === 0).length,
    hasSums: integrity !== undefined,
  };
}

function newestIsMissing({ path, manifest: { integrity } }: Run): boolean {
  const [newest] = listCheckpoints(runLayout(path).checkpoints);
  return integrity !== undefined && (newest?.step ?? -1) < integrity.step;
}

function metricsProblems(run: Run): string[] {
  const { metrics } = runLayout(run.path);
  const { misfit, damaged } = readRunMetrics(run);
  if (misfit !== undefined) return [misfit];
  return damaged > 0 ? [`${metrics}: ${damaged} lines are damaged`] : [];
}

function checkpointProblems(run: Run, step: number, path: string): string[] {
  return problemsIn(() => requireRecipe(readCheckpoint(path, step), recipeSum(run.manifest.configuration)));
}

/** A TensorBoard file may be longer: the process that wrote it was killed. */
function fileProblems(path: string, sum: Sum): string[] {
  if (!existsSync(path)) return [`${path}: it is missing`];
  return problemsIn(() => {
    const bytes = readBytes(path);
    const compared = path.endsWith(".onnx") ? bytes : bytes.subarray(0, sum.bytes);
    if (sameSum(addToSum(NOTHING, compared), sum)) return;
    throw new UserError({ where: path, what: "its checksum does not fit", remedy: "Restore it from a copy" });
  });
}

/** What an action has to say when it fails, in one line. */
export function problemsIn(action: () => void): string[] {
  try {
    action();
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { where, what } = error.problem;
    return [`${where}: ${what}`];
  }
}
