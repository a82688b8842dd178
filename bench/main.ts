// The bench: `npm run bench` measures Narrows on this machine in one go, prints a table and writes it as JSON.
// One file a measurement in `measurements/`; each gives plain data.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { printLine, printText } from "../src/cli/output.js";
import { UserError } from "../src/errors.js";
import { baseline } from "./baseline.js";
import { loadAverage, presentCommit, thisMachine } from "./machine.js";
import type { Outcome } from "./measurement.js";
import { measureCheckout } from "./measurements/checkout.js";
import { measureConvolutions } from "./measurements/convolutions.js";
import { measureCsv } from "./measurements/csv.js";
import { measureDisk } from "./measurements/disk.js";
import { measureDistances } from "./measurements/distances.js";
import { measureEndurance } from "./measurements/endurance.js";
import { measureGeometry } from "./measurements/geometry.js";
import { measureHost } from "./measurements/host.js";
import { measureLab } from "./measurements/lab.js";
import { measureListing } from "./measurements/listing.js";
import { measureMemory } from "./measurements/memory.js";
import { measureStartUp } from "./measurements/start-up.js";
import { measureTrainingSteps, type PytorchPeers } from "./measurements/training-step.js";
import { measureWeb } from "./measurements/web.js";
import { NETWORKS, type Network, SMALL } from "./networks.js";
import { HELP, type Options, type Part, readOptions } from "./options.js";
import { openPytorch } from "./peers/pytorch.js";
import { type Results, readResults, writeResults } from "./results.js";
import { tableLines } from "./table.js";

/** PyTorch's processes; a line that says why where there are none. */
async function openPytorchPeers(): Promise<PytorchPeers | string> {
  const usual = await openPytorch();
  if (typeof usual === "string") return usual;
  const [fastest, compiled] = [await openPytorch(), await openPytorch()];
  if (typeof fastest === "string") return fastest;
  return typeof compiled === "string" ? compiled : { usual, fastest, compiled };
}

/** Everything that was asked for, by its name for people, in order. */
function works(options: Options, pytorch: PytorchPeers | undefined, folder: string): Map<string, Work> {
  const { parts, checkout } = options;
  const csv = join(folder, "corridors.csv");
  const experiment = baseline();
  const networks = NETWORKS.filter(({ part }) => parts.has(part));
  const inBrowser = [SMALL, ...NETWORKS.filter(({ key }) => key === "corridors64" || key === "echo")];
  const ofNetwork = (network: Network) =>
    checkout === undefined
      ? measureTrainingSteps(network, pytorch, options)
      : measureCheckout(checkout, network, options);
  const others: Record<Exclude<Part, Network["part"]>, Work> = {
    web: () => measureWeb(inBrowser, options),
    lab: measureLab,
    host: () => measureHost(experiment),
    "start-up": measureStartUp,
    csv: () => measureCsv(csv),
    disk: measureDisk,
    listing: () => measureListing(experiment.configuration, folder),
    endurance: () => measureEndurance(NETWORKS[0]!, 2),
    memory: () => measureMemory(csv, folder),
    geometry: () => measureGeometry(folder, options.rounds, checkout),
    convolutions: measureConvolutions,
    distances: () => measureDistances(folder),
  };
  const chosen = Object.entries(others).filter(
    ([part]) => parts.has(part as Part) && (checkout === undefined || part === "geometry"),
  );
  return new Map([
    ...networks.map((network) => [network.label, () => ofNetwork(network)] as const),
    ...chosen,
  ]);
}

type Work = () => Outcome | Promise<Outcome>;

/** Does them one after the other; one that fails is a line, since the others took minutes. */
async function measure(options: Options, pytorch: PytorchPeers | undefined): Promise<Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), "narrows-bench-"));
  const outcomes: Outcome[] = [];
  try {
    for (const [name, work] of works(options, pytorch, folder)) {
      process.stderr.write(`measuring ${name}\n`);
      try {
        outcomes.push(await work());
      } catch (error) {
        process.exitCode = 1;
        const reason = error instanceof Error ? error.message : String(error);
        outcomes.push({ measurements: [], skipped: [`${name} is not measured: ${reason}`] });
      }
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
  const options = readOptions(process.argv.slice(2));
  if (!options) return printText(`${HELP}\n`, process.stdout);
  // Read first: the file may be the one written in the end, and a bad one should not cost a minute.
  const before = options.against ? readResults(options.against) : undefined;
  const load = loadAverage();
  const wantsPytorch = options.checkout === undefined && NETWORKS.some(({ part }) => options.parts.has(part));
  const pytorch = wantsPytorch ? await openPytorchPeers() : undefined;
  const peers = typeof pytorch === "object" ? pytorch : undefined;
  const outcomes = await measure(options, peers);
  if (typeof pytorch === "string") outcomes.push({ measurements: [], skipped: [pytorch] });
  for (const peer of Object.values(peers ?? {})) peer.close();
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync("package.json", "utf8")));
  const results: Results = {
    version,
    commit: presentCommit(),
    date: new Date().toISOString(),
    machine: thisMachine(peers?.usual.version),
    load: { before: load, after: loadAverage() },
    measurements: outcomes.flatMap(({ measurements }) => [...measurements]),
    skipped: [...new Set(outcomes.flatMap(({ skipped = [] }) => skipped))],
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
