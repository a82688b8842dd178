import { readArray } from "../../../data/arrays/index.js";
import { selectRows } from "../../../data/select.js";
import { inSourceOrder } from "../../../data/shuffle.js";
import { type Factors, toFactors, varyingFactors } from "../../../disentanglement/index.js";
import { UserError } from "../../../errors.js";
import { type Points, toPoints } from "../../../geometry/index.js";
import type { NumericArray } from "../../../numeric-array.js";
import { nodeDevice } from "../../../onnx/node.js";
import { openRun } from "../../../runs/run.js";
import { choice, flag, runName, text, type ValuesOf, wordsOf } from "../../../settings/index.js";
import { encodeLabelled } from "../../../training/encode-run.js";
import { loadTrainedRun } from "../../../training/trained-run.js";
import { computing, csv, runFolder } from "../../command/groups.js";
import { csvArrays } from "../../csv-options.js";
import { warn } from "../../output.js";
import { batchProgress } from "../../progress/batch-progress.js";
import { readPoints } from "./arguments.js";

const SPLITS = ["all", "train", "validation", "test"] as const;

/** The argument of a measure of anyone's codes or a run's. */
export const codesArgument = {
  run: runName({ about: "name of an autoencoder's run, or path of its folder; or give --codes" }),
};

/** The settings by which a measure is given its codes. */
export const codesSettings = {
  codes: text({ about: "anyone's codes instead of a run's, one row a sample", placeholder: "array" }),
  sample: flag({ about: "of a run: one sample of each code, not its mean" }),
  split: choice(SPLITS, { about: "of a run: which part of its data", default: "all" }),
  ...runFolder,
  ...computing,
  ...csv,
};

/** What codes are compared with. */
export const labelsSetting = {
  labels: text({
    about: "with --codes: what the samples were made from, integers, one column a label (factor)",
    placeholder: "array",
    was: ["factors"],
  }),
};

type CodesOptions = ValuesOf<typeof codesArgument> & ValuesOf<typeof codesSettings>;

/** Values of `--rows` that are `--split` now, for measures in which `--rows` is a number. */
export const SPLITS_AS_ROWS = { values: SPLITS, to: "split" } as const;

/** Codes to be measured, and what is known of them. */
export interface MeasuredCodes {
  readonly points: Points;
  /** The labels of a run's data: undefined for codes from a file, and where the data have none. */
  readonly labels?: { readonly array: NumericArray; readonly names: readonly string[] } | undefined;
  readonly run?: string;
  /** Where the codes are from, for JSON. */
  readonly about: object;
}

/**
 * Reads the codes from their file, or encodes a run's own data.
 * @param choose Given the number of rows of a run's data, which of them are needed; all by default.
 * @throws UserError when both or neither of a run and --codes are given, and for codes that cannot be had.
 */
export async function measuredCodes(
  options: CodesOptions,
  choose?: (count: number) => Uint32Array,
): Promise<MeasuredCodes> {
  const { run, codes } = options;
  if (run !== undefined && codes !== undefined) {
    throw new UserError({
      where: `${run}, --codes ${codes}`,
      what: "a run and codes are both given",
      remedy: "Give the one or the other",
    });
  }
  if (run !== undefined) return codesOfRun(run, options, choose);
  if (codes === undefined) {
    throw new UserError({
      where: "codes",
      what: "neither a run nor --codes is given",
      remedy: "Name a run, or give --codes C.npy",
    });
  }
  const ofRuns = wordsOf({ sample: codesSettings.sample, split: codesSettings.split }, options);
  if (ofRuns.length > 0) {
    throw new UserError({
      where: `--codes ${codes}`,
      what: `${ofRuns.join(" ")} is for the codes of a run`,
      remedy: "Leave it out, or name a run in place of --codes",
    });
  }
  return { points: readPoints(codes, options), about: { codes } };
}

async function codesOfRun(
  name: string,
  { runs, split, sample, device, threads }: CodesOptions,
  choose: ((count: number) => Uint32Array) | undefined,
): Promise<MeasuredCodes> {
  const trained = loadTrainedRun(openRun(runs, name));
  for (const warning of trained.warnings) warn(warning);
  const { run, state, experiment } = trained;
  const table = split === "all" ? inSourceOrder(experiment.dataset) : experiment.split[split];
  const chosen = choose?.(table.count);
  const images = chosen && chosen.length < table.count ? selectRows(table, chosen) : table;
  const as = sample ? "sample" : "mean";
  const progress = await batchProgress();
  const onBatch = (done: number, of: number) => progress.update("encoding", done, of);
  const encoded = await encodeLabelled(trained, await nodeDevice(device, threads), images, {
    as,
    onBatch,
  }).finally(() => progress.stop());
  return {
    points: toPoints(encoded.codes, `codes of ${run.name}`),
    labels: encoded.labels && { array: encoded.labels, names: table.labelNames },
    run: run.name,
    about: { run: run.name, path: run.path, step: state.step, split, as },
  };
}

/**
 * The factors that codes are measured against: a file's, or the labels of a run's own data, of which those that do not
 * vary are left out with a warning.
 * @throws UserError when there are none, when a file is given for a run, and for labels that are not integers.
 */
export function measuredFactors(
  reference: string | undefined,
  { labels, run }: MeasuredCodes,
  csvOptions: ValuesOf<typeof csv>,
): Factors {
  if (reference !== undefined) return toFactors(readArray(reference, csvArrays(csvOptions)), reference);
  if (run === undefined) {
    throw new UserError({
      where: "--labels",
      what: "is missing",
      remedy: "Give a file of integers, one row a sample and one column a label: --labels F.npy",
    });
  }
  if (!labels) {
    throw new UserError({
      where: run,
      what: "its data have no labels to take for factors",
      remedy: "Encode it (narrows encode), and give --codes and --labels",
    });
  }
  const all = toFactors(labels.array, `labels of ${run}`, labels.names);
  const varying = varyingFactors(all);
  for (const factor of all.factors.filter((known) => !varying.factors.includes(known))) {
    warn(`${run}: the label ${factor.name} is ${factor.values[0]} in all samples, and is left out`);
  }
  return varying;
}

/** Asserts that labels from a file come with codes from a file. */
export function assertLabelsFit(run: string | undefined, labels: string | undefined): void {
  if (run === undefined || labels === undefined) return;
  throw new UserError({
    where: `--labels ${labels}`,
    what: "the labels of a run are those of its own data",
    remedy: "Leave --labels out, or give --codes instead of the run",
  });
}
