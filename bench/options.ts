import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../src/errors.js";
import { LATEST, previousFile } from "./results.js";

/** What is measured; `long` parts only when asked for. */
const PARTS = {
  corridors: { about: "training step of the Corridors baseline, batch 64 and 128" },
  echo: { about: "training step of the Echo networks, 28 x 28, batch 100; with the Echo channel beside" },
  dimension: { about: "training step of the dimension VAE, 32 x 32, batch 256, 1 and 3 channels" },
  web: { about: "the browser: wasm beside Node, a small network, Corridors b64 and Echo" },
  lab: { about: "the lab in a browser, as npm run build:lab makes it: what a visitor waits for" },
  host: { about: "feeding a step, opening a program" },
  "start-up": { about: "narrows --help from a cold start" },
  csv: { about: "reading a CSV of 200,000 images" },
  disk: { about: "what the packages take on disk" },
  listing: { about: "narrows runs over 2,000 runs" },
  convolutions: { about: "every convolution of the networks by itself, beside its judged cost", long: true },
  endurance: { about: "10,000 steps in a row", long: true },
  memory: { about: "peak memory of a run on 200,000 images", long: true },
  geometry: {
    about: "a slice of reproduce geometry --preset paper: two trainings side by side, a thread each",
    long: true,
  },
  distances: {
    about:
      "neighbours of 5,000 points of 16,384 columns, beside DADApy and scikit-learn where python3 has them",
    long: true,
  },
} as const satisfies Record<string, { about: string; long?: true }>;

/** What `--only` chooses from. */
export type Part = keyof typeof PARTS;
const PART_NAMES = Object.keys(PARTS) as Part[];

const isLong = (part: Part) => "long" in PARTS[part];

const partLines = () =>
  PART_NAMES.map(
    (part) => `  ${part.padEnd(12)} ${PARTS[part].about}${isLong(part) ? " (with --long)" : ""}`,
  ).join("\n");

export const HELP = `npm run bench -- [options]

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

Rows (keys in the file, values of the fastest round; in the details the median over rounds and the median processor time, user
and system, of all threads, both as ratios where the row is one; and the load average when the network's turn began):
  NETWORK.threadsN.step.milliseconds              a training step
  NETWORK.threadsN.step.shareOfProductPercent     its multiply-adds a second over those of a 1024^3 product
  NETWORK.threadsN.pytorch.FORM.ratio             PyTorch's time over ours: usual, fastest, compiled
  NETWORK.threadsN.web.ENGINE.ratio               wasm's time over Node's: direct, onnxruntime
  NETWORK.threadsN.web.ENGINE.open.milliseconds   until the first step is made on a page
  lab.WHAT.milliseconds, lab.step.ratio           what a visitor of the lab waits for; its steps over Node's
  NETWORK.threadsN.checkout.ratio                 the other checkout's time over ours
  geometry.MODEL.seconds, .checkout.ratio         two trainings of the model, side by side
  NETWORK.layerN.milliseconds                     a convolution forward and backward; its judged time, and that of patches
  NETWORK.peakMegabytes                           most memory of a process that trains it
A limit, where there is one, is that of the median.`;

/** What is to be measured, and how. */
export interface Options {
  readonly parts: ReadonlySet<Part>;
  readonly threads: readonly number[];
  readonly rounds: number;
  readonly out: string;
  readonly against: string | undefined;
  readonly checkout: string | undefined;
}

/**
 * Reads the arguments; undefined where help is asked for.
 * @throws UserError, or parseArgs' TypeError, when they cannot be followed.
 */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
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
  if (only === undefined) return new Set(PART_NAMES.filter((part) => long || !isLong(part)));
  const named = only.split(",");
  const unknown = named.find((name) => !PART_NAMES.some((part) => part === name));
  if (unknown === undefined) return new Set(named as Part[]);
  throw new UserError({
    where: "--only",
    what: `there is no part ${unknown}`,
    remedy: `Choose from ${PART_NAMES.join(", ")}`,
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
