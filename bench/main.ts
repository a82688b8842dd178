// The bench: `npm run bench` measures Narrows on this machine in one go, prints a table and writes it as JSON.
// One file a measurement in `measurements/`; each gives plain data.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { printLine, printText } from "../src/cli/output.js";
import { UserError } from "../src/errors.js";
import { baseline } from "./baseline.js";
import { loadAverage, presentCommit, thisMachine } from "./machine.js";
import type { Outcome } from "./measurement.js";
import { measureCheckout } from "./measurements/checkout.js";
import { measureCsv } from "./measurements/csv.js";
import { measureDisk } from "./measurements/disk.js";
import { measureDistances } from "./measurements/distances.js";
import { measureEndurance } from "./measurements/endurance.js";
import { measureGeometry } from "./measurements/geometry.js";
import { measureHost } from "./measurements/host.js";
import { measureListing } from "./measurements/listing.js";
import { measureMemory } from "./measurements/memory.js";
import { measureStartUp } from "./measurements/start-up.js";
import { measureTrainingSteps, type PytorchPeers } from "./measurements/training-step.js";
import { measureWeb } from "./measurements/web.js";
import { NETWORKS, type Network } from "./networks.js";
import { openPytorch } from "./peers/pytorch.js";
import { LATEST, previousFile, type Results, readResults, writeResults } from "./results.js";
import { tableLines } from "./table.js";

type Part = Network["part"] | keyof typeof OTHER_PARTS;

/** What is measured beside the steps of networks; `long` ones only when asked for. */
const OTHER_PARTS = {
  web: { long: false, about: "the browser: wasm beside Node, Corridors b64 and Echo" },
  host: { long: false, about: "feeding a step, opening a program" },
  "start-up": { long: false, about: "narrows --help from a cold start" },
  csv: { long: false, about: "reading a CSV of 200,000 images" },
  disk: { long: false, about: "what the packages take on disk" },
  listing: { long: false, about: "narrows runs over 2,000 runs" },
  endurance: { long: true, about: "10,000 steps in a row" },
  memory: { long: true, about: "peak memory of a run on 200,000 images" },
  geometry: {
    long: true,
    about: "a slice of reproduce geometry --preset paper: two trainings side by side, a thread each",
  },
  distances: {
    long: true,
    about:
      "neighbours of 5,000 points of 16,384 columns, beside DADApy and scikit-learn where python3 has them",
  },
} as const;

const STEP_PARTS = {
  corridors: "training step of the Corridors baseline, batch 64 and 128",
  echo: "training step of the Echo networks, 28 x 28, batch 100; with the Echo channel beside",
  dimension: "training step of the dimension VAE, 32 x 32, batch 256, 1 and 3 channels",
} as const satisfies Record<Network["part"], string>;

const PARTS = [...Object.keys(STEP_PARTS), ...Object.keys(OTHER_PARTS)] as Part[];

const partLines = () =>
  PARTS.map((part) => {
    const about = part in STEP_PARTS ? STEP_PARTS[part as Network["part"]] : "";
    const other = part in OTHER_PARTS ? OTHER_PARTS[part as keyof typeof OTHER_PARTS] : undefined;
    return `  ${part.padEnd(10)} ${other ? other.about + (other.long ? " (with --long)" : "") : about}`;
  }).join("\n");

const HELP = `npm run bench -- [options]

Measures the training steps of the three papers' networks beside the machine's own matrix product rate and, where
python3 has torch, beside PyTorch: eager as usually written (contiguous, plain Adam), its fastest eager form (of both
memory layouts and three forms of Adam, by a short trial), and that form under torch.compile, whose compile time is
not counted. Each contender has a process of its own; rounds alternate. Other rows measure what is around the steps.
About ten minutes on two cores.

Parts:
${partLines()}

Options:
  --only <parts>    some of them, with commas between: corridors,echo
  --threads <list>  numbers of threads of the training steps (1,2)
  --rounds <n>      most rounds of a network at one number of threads (40); there is a limit in seconds too
  --long            also the parts that take long
  --out <file>      where to write the numbers (${LATEST})
  --against <file>  earlier numbers to compare with (the newest release's, or the last run's)
  --against-checkout <folder>
                    training steps beside those of another checkout of Narrows, built there by npm run build, and
                    nothing else but the part geometry where --only names it

Rows (keys in the file, values of the fastest round; in the details the median over rounds and the processor time, user
and system, of all threads):
  NETWORK.threadsN.step.milliseconds              a training step
  NETWORK.threadsN.step.shareOfProductPercent     its multiply-adds a second over those of a 1024^3 product
  NETWORK.threadsN.pytorch.FORM.ratio             PyTorch's time over ours: usual, fastest, compiled
  NETWORK.threadsN.web.ratio                      wasm's time over Node's
  NETWORK.threadsN.checkout.ratio                 the other checkout's time over ours
  geometry.MODEL.seconds, .checkout.ratio         two trainings of the model, side by side
  NETWORK.peakMegabytes                           most memory of a process that trains it
A limit, where there is one, is that of the median.`;

interface Options {
  readonly parts: ReadonlySet<Part>;
  readonly threads: readonly number[];
  readonly rounds: number;
  readonly out: string;
  readonly against: string | undefined;
  readonly checkout: string | undefined;
}

function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      help: { type: "boolean", short: "h", default: false },
      only: { type: "string" },
      threads: { type: "string", default: "1,2" },
      rounds: { type: "string", default: "40" },
      long: { type: "boolean", default: false },
      out: { type: "string", default: LATEST },
      against: { type: "string" },
      "against-checkout": { type: "string" },
    },
  });
  if (values.help) return undefined;
  const checkout = values["against-checkout"];
  if (checkout !== undefined) checkBuilt(checkout);
  return {
    parts: readParts(values.only, values.long),
    threads: values.threads.split(",").map((threads) => atLeastOne("--threads", threads)),
    rounds: atLeastOne("--rounds", values.rounds),
    out: values.out,
    against: values.against ?? previousFile(),
    checkout,
  };
}

function atLeastOne(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UserError({
    where: option,
    what: `got ${text}`,
    remedy: "Give a whole number of at least 1",
  });
}

function readParts(only: string | undefined, long: boolean): ReadonlySet<Part> {
  const isLong = (part: Part) => part in OTHER_PARTS && OTHER_PARTS[part as keyof typeof OTHER_PARTS].long;
  if (only === undefined) return new Set(PARTS.filter((part) => long || !isLong(part)));
  const named = only.split(",");
  const unknown = named.find((name) => !PARTS.some((part) => part === name));
  if (unknown === undefined) return new Set(named as Part[]);
  throw new UserError({
    where: "--only",
    what: `there is no part ${unknown}`,
    remedy: `Choose from ${PARTS.join(", ")}`,
  });
}

function checkBuilt(checkout: string): void {
  if (existsSync(join(checkout, "dist/training/trainer.js"))) return;
  throw new UserError({
    where: `--against-checkout ${checkout}`,
    what: "no built program of Narrows is there",
    remedy: "Run npm ci and npm run build in it",
  });
}

/** PyTorch's processes; a line that says why where there are none. */
async function openPytorchPeers(): Promise<PytorchPeers | string> {
  const usual = await openPytorch();
  if (typeof usual === "string") return usual;
  const [fastest, compiled] = [await openPytorch(), await openPytorch()];
  if (typeof fastest === "string") return fastest;
  return typeof compiled === "string" ? compiled : { usual, fastest, compiled };
}

async function measure(options: Options, pytorch: PytorchPeers | string | undefined): Promise<Outcome[]> {
  const { parts, checkout } = options;
  const networks = NETWORKS.filter(({ part }) => parts.has(part));
  const folder = mkdtempSync(join(tmpdir(), "narrows-bench-"));
  const csv = join(folder, "corridors.csv");
  const experiment = baseline();
  const inBrowser = NETWORKS.filter(({ key }) => key === "corridors64" || key === "echo");
  const peers = typeof pytorch === "object" ? pytorch : undefined;
  const works: Record<keyof typeof OTHER_PARTS, () => Outcome | Promise<Outcome>> = {
    web: () => measureWeb(inBrowser, options),
    host: () => measureHost(experiment),
    "start-up": measureStartUp,
    csv: () => measureCsv(csv),
    disk: measureDisk,
    listing: () => measureListing(experiment.configuration, folder),
    endurance: () => measureEndurance(NETWORKS[0]!, 2),
    memory: () => measureMemory(csv, folder),
    geometry: () => measureGeometry(folder, options.rounds, checkout),
    distances: () => measureDistances(folder),
  };
  try {
    if (checkout !== undefined) {
      const steps = await measureCheckout(checkout, networks, options);
      return parts.has("geometry") ? [steps, await works.geometry()] : [steps];
    }
    const outcomes = [await measureTrainingSteps(networks, peers, options)];
    if (typeof pytorch === "string") outcomes.push({ measurements: [], skipped: [pytorch] });
    for (const part of Object.keys(works) as (keyof typeof works)[]) {
      if (parts.has(part)) outcomes.push(await works[part]());
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
  const wantsPytorch = options.checkout === undefined && NETWORKS.some(({ part }) => options.parts.has(part));
  const pytorch = wantsPytorch ? await openPytorchPeers() : undefined;
  const outcomes = await measure(options, pytorch);
  if (typeof pytorch === "object") for (const peer of Object.values(pytorch)) peer.close();
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync("package.json", "utf8")));
  const results: Results = {
    version,
    commit: presentCommit(),
    date: new Date().toISOString(),
    machine: thisMachine(typeof pytorch === "object" ? pytorch.usual.version : undefined),
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
