// The bench: `npm run bench` measures Narrows on this machine in one go, prints a table and writes it as JSON.
// One file a measurement in `measurements/`; each gives plain data.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { printLine, printText } from "../src/cli/output.js";
import { UserError } from "../src/errors.js";
import { baseline } from "./baseline.js";
import { loadAverage, presentCommit, thisMachine } from "./machine.js";
import type { Outcome } from "./measurement.js";
import { measureCsv } from "./measurements/csv.js";
import { measureDisk } from "./measurements/disk.js";
import { measureDistances } from "./measurements/distances.js";
import { measureEndurance } from "./measurements/endurance.js";
import { measureHost } from "./measurements/host.js";
import { measureLargeStep } from "./measurements/large-step.js";
import { measureListing } from "./measurements/listing.js";
import { measureMemory } from "./measurements/memory.js";
import { measureStartUp } from "./measurements/start-up.js";
import { measureTrainingStep } from "./measurements/training-step.js";
import { openPytorch, type PytorchPeer } from "./peers/pytorch.js";
import { LATEST, previousFile, type Results, readResults, writeResults } from "./results.js";
import { tableLines } from "./table.js";

const HELP = `npm run bench -- [options]

Measures the training step beside the machine's own matrix product rate and, where python3 has torch, beside
PyTorch; start-up, listing of runs, reading of CSV files, feeding and disk size too. Times are those of the fastest round.

  --long            also 10,000 steps in a row, the memory of a run on 200,000 images, and nearest neighbours of
                    5,000 points of 16,384 columns, beside scikit-learn where python3 has it (some minutes more)
  --rounds <n>      rounds of the alternating measurement (40)
  --out <file>      where to write the numbers (${LATEST})
  --against <file>  earlier numbers to compare with (the newest release's, or the last run's)`;

interface Options {
  readonly long: boolean;
  readonly rounds: number;
  readonly out: string;
  readonly against: string | undefined;
}

function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      help: { type: "boolean", short: "h", default: false },
      long: { type: "boolean", default: false },
      rounds: { type: "string", default: "40" },
      out: { type: "string", default: LATEST },
      against: { type: "string" },
    },
  });
  if (values.help) return undefined;
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new UserError({
      where: "--rounds",
      what: `got ${values.rounds}`,
      remedy: "Give a whole number of at least 1",
    });
  }
  return { long: values.long, rounds, out: values.out, against: values.against ?? previousFile() };
}

async function measure(options: Options, pytorch: PytorchPeer | string): Promise<Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), "narrows-bench-"));
  const csv = join(folder, "corridors.csv");
  const experiment = baseline();
  try {
    const peer = typeof pytorch === "string" ? undefined : pytorch;
    const outcomes = [await measureTrainingStep(experiment, peer, options.rounds)];
    if (typeof pytorch === "string") outcomes.push({ measurements: [], skipped: [pytorch] });
    outcomes.push(await measureLargeStep(peer));
    outcomes.push(await measureHost(experiment), measureStartUp(), measureCsv(csv), measureDisk());
    outcomes.push(measureListing(experiment.configuration, folder));
    if (options.long) {
      outcomes.push(await measureEndurance(experiment, 2), measureMemory(csv, folder));
      outcomes.push(await measureDistances(folder));
    }
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(results: Results, before: Results | undefined): void {
  const { machine } = results;
  const torch = machine.torch ? `, torch ${machine.torch}` : "";
  printLine(
    `${machine.processor}, ${machine.cores} cores, node ${machine.node}, onnxruntime ${machine.onnxruntime}${torch}`,
  );
  printLine(`load average ${results.load.before.toFixed(1)} before, ${results.load.after.toFixed(1)} after`);
  if (before) {
    const same = before.machine.processor === machine.processor && before.machine.cores === machine.cores;
    const other = same ? "" : `, on another machine (${before.machine.processor}): only ratios compare`;
    printLine(`change since ${before.version} at ${before.commit}, ${before.date.slice(0, 10)}${other}`);
  }
  printLine();
  for (const line of tableLines(results.measurements, before?.measurements)) printLine(line);
  for (const line of results.skipped) printLine(line);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) return printText(`${HELP}\n`, process.stdout);
  // Read first: the file may be the one written in the end, and a bad one should not cost a minute.
  const before = options.against ? readResults(options.against) : undefined;
  const load = loadAverage();
  const pytorch = await openPytorch();
  const outcomes = await measure(options, pytorch);
  if (typeof pytorch !== "string") pytorch.close();
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync("package.json", "utf8")));
  const results: Results = {
    version,
    commit: presentCommit(),
    date: new Date().toISOString(),
    machine: thisMachine(typeof pytorch === "string" ? undefined : pytorch.version),
    load: { before: load, after: loadAverage() },
    measurements: outcomes.flatMap(({ measurements }) => [...measurements]),
    skipped: outcomes.flatMap(({ skipped = [] }) => skipped),
  };
  print(results, before);
  writeResults(options.out, results);
  printLine();
  printLine(`written to ${options.out}`);
}

main().catch((error: unknown) => {
  const isMistake = error instanceof UserError || (error instanceof TypeError && "code" in error);
  process.stderr.write(`${isMistake ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exitCode = isMistake ? 2 : 1;
});
