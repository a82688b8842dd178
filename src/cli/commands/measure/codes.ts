import { readArray } from "../../../data/arrays/index.js";
import { inSourceOrder } from "../../../data/shuffle.js";
import { selectRows } from "../../../data/split.js";
import { type Factors, toFactors, varyingFactors } from "../../../disentanglement/index.js";
import { toRows } from "../../../distances/index.js";
import { UserError } from "../../../errors.js";
import { type Labels, type Points, toLabels, toPoints } from "../../../geometry/index.js";
import type { Rows } from "../../../geometry/neighbours/index.js";
import { assertSameCount } from "../../../geometry/points.js";
import type { NumericArray } from "../../../numeric-array.js";
import { nodeDevice } from "../../../onnx/node.js";
import { drawRows } from "../../../random/stream.js";
import { choice, flag, runName, text, type ValuesOf, whole, wordsOf } from "../../../settings/index.js";
import { ENCODED_ROWS, encodeLabelled } from "../../../training/encode-run.js";
import { type CsvFlags, computing, csv, csvArrays, runsAndData } from "../../command/groups.js";
import { openTrained } from "../../open-run.js";
import { warn } from "../../output.js";
import { batchProgress } from "../../progress/batch-progress.js";

/** Values of `--rows` that are `--split` now. */
export const SPLITS_AS_ROWS = { values: ENCODED_ROWS, to: "split" } as const;

/** How many rows a measure uses. */
export const ROWS = {
  about: "number of rows that are used, drawn at random where there are more",
  minimum: 2,
  was: ["samples"],
  moved: SPLITS_AS_ROWS,
} as const;

/** The argument of a measure of codes from a file or of a run. */
export const codesArgument = {
  run: runName({ about: "name of an autoencoder's run, or path of its folder; or give --codes" }),
};

/** Which codes a measure is of. */
export const codesSettings = {
  codes: text({
    about: "file of any codes instead of a run, one row per sample",
    placeholder: "array",
    was: ["latents", "points"],
  }),
  sample: flag({ about: "of a run: one sample of each code, not its mean" }),
  split: choice(ENCODED_ROWS, { about: "of a run: which part of its data", default: "all" }),
  rows: whole({ ...ROWS, defaultText: "all" }),
  seed: whole({ about: "seed of all random draws", minimum: 0, default: 0 }),
};

/** Where runs are and computing is done, and how files are read. */
export const readingSettings = {
  ...runsAndData,
  ...computing,
  ...csv,
};

/** What codes are compared with, from a file; a run has the labels of its data. */
export const labelsSetting = {
  labels: text({
    about: "with --codes: one label per sample, or one row of numbers per sample (positions, factors)",
    placeholder: "array",
    was: ["factors"],
  }),
};

export type CodesOptions = ValuesOf<typeof codesArgument> &
  ValuesOf<typeof codesSettings> &
  ValuesOf<typeof readingSettings>;

/** Reads an array of the command line as points; messages call it by its file. */
export function readPoints(reference: string, csvFlags: CsvFlags): Points {
  return toPoints(readArray(reference, csvArrays(csvFlags)), reference);
}

/** Reads an array of the command line as labels; messages call it by its file. */
export function readLabels(reference: string, csvFlags: CsvFlags): Labels {
  return toLabels(readArray(reference, csvArrays(csvFlags)), reference);
}

/** Codes that are measured, and what they are compared with. Each way to take them checks them. */
export interface Codes {
  /** How messages call them. */
  readonly name: string;
  points(): Points;
  /** In their own precision, for searches among many. */
  rows(): Rows;
  /** @throws UserError where there are no labels. */
  classes(): Labels;
  /**
   * Labels as factors; those of a run that do not vary are left out, with a warning.
   * @throws UserError where there are no labels, and for labels that are not integers.
   */
  factors(): Factors;
  /** Where they are from, for JSON. */
  readonly about: object;
}

/** Numbers, what messages call them, and names of their columns. */
interface Named {
  readonly name: string;
  readonly array: NumericArray;
  readonly columns?: readonly string[];
}

type Options = CodesOptions & { readonly labels?: string };
type Source = { readonly codes: Named; readonly labels: Named | undefined; readonly about: object };

/**
 * Reads codes from their file, or encodes a run's own data.
 * @param purpose names the random stream by which rows are drawn (rule D2).
 * @throws UserError when both or neither of a run and --codes are given, and for codes that cannot be had.
 */
export async function readCodes(options: Options, purpose = "measure rows"): Promise<Codes> {
  assertOneSource(options);
  const { run, rows, seed } = options;
  const draw = (count: number) =>
    rows === undefined || rows >= count ? undefined : drawRows(count, rows, seed, purpose);
  const source = run === undefined ? sourceOfFiles(options, draw) : await sourceOfRun(run, options, draw);
  const { name, array } = source.codes;
  const labels = () => source.labels ?? refuseWithoutLabels(run);
  const [count = 0, ...widths] = array.shape;
  return {
    name,
    points: () => toPoints(array, name),
    rows: () => toRows(array, name),
    classes: () => toLabels(labels().array, labels().name),
    factors() {
      const all = toFactors(labels().array, labels().name, labels().columns);
      return run === undefined ? all : withoutConstant(run, all);
    },
    about: { ...source.about, samples: count, columns: widths.reduce((a, b) => a * b, 1), seed },
  };
}

function assertOneSource({ run, codes, labels, ...options }: Options): void {
  const refuse = (where: string, what: string, remedy: string) => {
    throw new UserError({ where, what, remedy });
  };
  if (run !== undefined && labels !== undefined) {
    const remedy = "Leave --labels out, or give --codes instead of the run";
    refuse(`--labels ${labels}`, "the labels of a run are those of its own data", remedy);
  }
  if (run === undefined && codes === undefined)
    refuse("codes", "neither a run nor --codes is given", "Name a run, or give --codes C.npy");
  if (run !== undefined && codes !== undefined)
    refuse(`${run}, --codes ${codes}`, "a run and codes are both given", "Give the one or the other");
  const ofRuns = wordsOf({ sample: codesSettings.sample, split: codesSettings.split }, options).join(" ");
  if (codes !== undefined && ofRuns !== "") {
    const remedy = "Leave it out, or name a run in place of --codes";
    refuse(`--codes ${codes}`, `${ofRuns} is for the codes of a run`, remedy);
  }
}

function refuseWithoutLabels(run: string | undefined): never {
  throw new UserError(
    run === undefined
      ? {
          where: "--labels",
          what: "is missing",
          remedy: "Give a file with one row per sample: --labels F.npy",
        }
      : {
          where: run,
          what: "its data have no labels",
          remedy: "Encode it (narrows encode), and give --codes and --labels",
        },
  );
}

/** Which rows are used, out of a number of them; undefined for all. */
type Draw = (count: number) => Uint32Array | undefined;

function sourceOfFiles({ codes = "", labels, ...flags }: Options, draw: Draw): Source {
  const read = (name: string) => ({ name, array: readArray(name, csvArrays(flags)) });
  const all = read(codes);
  const compared = labels === undefined ? undefined : read(labels);
  const counts = [compared ?? all, all].map(({ name, array }) => ({ name, count: array.shape[0] ?? 0 }));
  const chosen = draw(counts[1]!.count);
  // With all rows the measure itself sees whether both have the same.
  if (chosen) assertSameCount(counts[0]!, counts[1]!);
  const picked = ({ name, array }: Named) => ({ name, array: chosen ? pickedRows(array, chosen) : array });
  return {
    codes: picked(all),
    labels: compared && picked(compared),
    about: { codes, ...(labels !== undefined && { labelsFile: labels }) },
  };
}

/** Some rows of an array, in the order given. */
function pickedRows({ shape: [count = 0, ...widths], data }: NumericArray, rows: Uint32Array): NumericArray {
  const width = data.length / count;
  const picked = data.slice(0, rows.length * width);
  for (const [at, row] of rows.entries()) {
    for (let column = 0; column < width; column++) picked[at * width + column] = data[row * width + column]!;
  }
  return { shape: [rows.length, ...widths], data: picked };
}

async function sourceOfRun(name: string, options: Options, draw: Draw): Promise<Source> {
  const trained = openTrained(name, options);
  const { run, state, experiment } = trained;
  const { split, device, threads } = options;
  const table = split === "all" ? inSourceOrder(experiment.dataset) : experiment.split[split];
  const chosen = draw(table.count);
  const as = options.sample ? "sample" : "mean";
  const progress = batchProgress();
  const { codes, labels } = await encodeLabelled(
    trained,
    await nodeDevice(device, threads),
    chosen ? selectRows(table, chosen) : table,
    { as, onBatch: (done, of) => progress.update("encoding", done, of) },
  ).finally(() => progress.stop());
  return {
    codes: { name: `codes of ${run.name}`, array: codes },
    labels: labels && { name: `labels of ${run.name}`, array: labels, columns: table.labelNames },
    about: { run: run.name, path: run.path, step: state.step, split, as },
  };
}

/** The factors of a run that vary; the others are reported. */
function withoutConstant(run: string, all: Factors): Factors {
  const varying = varyingFactors(all);
  for (const { name, values } of all.factors.filter((known) => !varying.factors.includes(known)))
    warn(`${run}: the label ${name} is ${values[0]} in all samples, and is left out`);
  return varying;
}
