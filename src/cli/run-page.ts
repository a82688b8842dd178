import { UserError } from "../errors.js";
import { writeFileAtomic } from "../files/atomic.js";
import type { Device } from "../onnx/devices.js";
import { analyseRun, geometryReport, type RunAnalysis } from "../papers/geometry-of-efficient-codes/index.js";
import { renderReport } from "../report/index.js";
import type { Runs } from "../run-figures/index.js";
import { openRun } from "../runs/run.js";
import { loadTrainedRun } from "../training/trained-run.js";
import { warn } from "./output.js";

/**
 * Loads runs by name, in the order given.
 * @throws UserError when one is named twice, is not there, or has no readable checkpoint.
 */
export function loadRuns(runs: string, [first, ...rest]: readonly [string, ...string[]]): Runs {
  const paths = new Set<string>();
  const load = (name: string) => {
    const run = openRun(runs, name);
    if (paths.has(run.path)) {
      throw new UserError({ where: name, what: "the run is named twice", remedy: "Name each run once" });
    }
    paths.add(run.path);
    const trained = loadTrainedRun(run);
    for (const warning of trained.warnings) warn(warning);
    return trained;
  };
  return [load(first), ...rest.map(load)];
}

/** Loads and analyses runs by name, in the order given. */
export function analyseRuns(
  runs: string,
  names: readonly [string, ...string[]],
  device: Device,
): Promise<[RunAnalysis, ...RunAnalysis[]]> {
  return analyseLoaded(loadRuns(runs, names), device);
}

/** Analyses runs, one after the other. */
export async function analyseLoaded(
  [first, ...rest]: Runs,
  device: Device,
): Promise<[RunAnalysis, ...RunAnalysis[]]> {
  const analyses: [RunAnalysis, ...RunAnalysis[]] = [await analyseRun(first, device)];
  for (const trained of rest) analyses.push(await analyseRun(trained, device));
  return analyses;
}

/** Writes the page of some analysed runs as one self-contained file. */
export async function writePage(
  path: string,
  analyses: readonly [RunAnalysis, ...RunAnalysis[]],
  device: Device,
  words: Parameters<typeof geometryReport>[2],
): Promise<void> {
  writeFileAtomic(path, await renderReport(await geometryReport(analyses, device, words)));
}
