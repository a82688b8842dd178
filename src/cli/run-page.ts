import { writeFileAtomic } from "../files/atomic.js";
import type { Device } from "../onnx/devices.js";
import { analyseRun, geometryReport, type RunAnalysis } from "../papers/geometry-of-efficient-codes/index.js";
import { renderReport } from "../report/index.js";
import { openRun } from "../runs/run.js";
import { loadTrainedRun } from "../training/trained-run.js";
import { warn } from "./output.js";

/** Loads and analyses runs by name, in the order given. */
export async function analyseRuns(
  runs: string,
  names: readonly [string, ...string[]],
  device: Device,
): Promise<[RunAnalysis, ...RunAnalysis[]]> {
  const analyse = async (name: string) => {
    const trained = loadTrainedRun(openRun(runs, name));
    for (const warning of trained.warnings) warn(warning);
    return analyseRun(trained, device);
  };
  const [first, ...rest] = names;
  const analyses: [RunAnalysis, ...RunAnalysis[]] = [await analyse(first)];
  for (const name of rest) analyses.push(await analyse(name));
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
