import { type Command, Option } from "commander";
import type { Factors } from "../../../disentanglement/index.js";
import { UserError } from "../../../errors.js";
import type { Points } from "../../../geometry/index.js";
import type { NumericArray } from "../../../numeric-array.js";
import type { EncodedRows } from "../../../training/encode-run.js";
import { type CsvFlags, csvArrays } from "../../csv-options.js";
import { type DeviceOptions, deviceOption, runsOption, threadsOption } from "../../options.js";
import { warn } from "../../output.js";

/** Of a measure that takes anyone's codes or those of a run. */
export interface CodesOptions extends DeviceOptions, CsvFlags {
  readonly codes?: string;
  readonly sample?: boolean;
  readonly rows: EncodedRows;
  readonly runs: string;
}

/** Codes to be measured, and what is known of them. */
export interface MeasuredCodes {
  readonly points: Points;
  /** The labels of a run's data: undefined for codes from a file, and where the data have none. */
  readonly labels?: { readonly array: NumericArray; readonly names: readonly string[] } | undefined;
  readonly run?: string;
  /** Where the codes are from, for JSON. */
  readonly about: object;
}

// Of training/encode-run.ts, which is not loaded for the help text.
const ROWS: readonly EncodedRows[] = ["all", "train", "validation", "test"];

/** Adds the argument and the options by which a measure is given its codes. */
export function takesCodes(command: Command): Command {
  return command
    .argument("[run]", "name of an autoencoder's run, or path of its folder; or give --codes")
    .option("--codes <array>", "anyone's codes instead of a run's, one row a sample")
    .addOption(new Option("--sample", "of a run: one sample of each code, not its mean").conflicts("codes"))
    .addOption(
      new Option("--rows <which>", "of a run: which rows of its data")
        .choices(ROWS)
        .default("all")
        .conflicts("codes"),
    )
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption());
}

/**
 * Reads the codes from their file, or encodes a run's own data.
 * @param choose which of so many rows of a run's data are needed; all where not given.
 * @throws UserError when both or neither of a run and --codes are given, and for codes that cannot be had.
 */
export async function measuredCodes(
  run: string | undefined,
  options: CodesOptions,
  choose?: (count: number) => Uint32Array,
): Promise<MeasuredCodes> {
  const { codes } = options;
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
  const { readPoints } = await import("./arguments.js");
  return { points: readPoints(codes, options), about: { codes } };
}

async function codesOfRun(
  name: string,
  { runs, rows, sample = false, device, threads }: CodesOptions,
  choose: ((count: number) => Uint32Array) | undefined,
): Promise<MeasuredCodes> {
  const [
    { openRun },
    { loadTrainedRun },
    { encodeLabelled },
    { nodeDevice },
    { selectRows },
    { toPoints },
    { inSourceOrder },
  ] = await Promise.all([
    import("../../../runs/run.js"),
    import("../../../training/trained-run.js"),
    import("../../../training/encode-run.js"),
    import("../../../onnx/node.js"),
    import("../../../data/select.js"),
    import("../../../geometry/index.js"),
    import("../../../data/shuffle.js"),
  ]);
  const { batchProgress } = await import("../../progress/batch-progress.js");
  const trained = loadTrainedRun(openRun(runs, name));
  for (const warning of trained.warnings) warn(warning);
  const { run, state, experiment } = trained;
  const table = rows === "all" ? inSourceOrder(experiment.dataset) : experiment.split[rows];
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
    about: { run: run.name, path: run.path, step: state.step, rows, as },
  };
}

/**
 * The factors that codes are measured against: a file's, or the labels of a run's own data, of which those that do not
 * vary are left out with a warning.
 * @throws UserError when there are none, when a file is given for a run, and for labels that are not integers.
 */
export async function measuredFactors(
  reference: string | undefined,
  { labels, run }: MeasuredCodes,
  csv: CsvFlags,
): Promise<Factors> {
  const [{ toFactors, varyingFactors }, { readArray }] = await Promise.all([
    import("../../../disentanglement/index.js"),
    import("../../../data/arrays/index.js"),
  ]);
  if (reference !== undefined) return toFactors(readArray(reference, csvArrays(csv)), reference);
  if (run === undefined) {
    throw new UserError({
      where: "factors",
      what: "--factors is not given",
      remedy: "Give a file of integers, one row a sample and one column a factor: --factors F.npy",
    });
  }
  if (!labels) {
    throw new UserError({
      where: run,
      what: "its data have no labels to take for factors",
      remedy: "Encode it (narrows encode), and give --codes and --factors",
    });
  }
  const all = toFactors(labels.array, `labels of ${run}`, labels.names);
  const varying = varyingFactors(all);
  for (const factor of all.factors.filter((known) => !varying.factors.includes(known))) {
    warn(`${run}: the label ${factor.name} is ${factor.values[0]} in all samples, and left out`);
  }
  return varying;
}

/** Asserts that factors from a file come with codes from a file. */
export function assertFactorsFit(run: string | undefined, factors: string | undefined): void {
  if (run === undefined || factors === undefined) return;
  throw new UserError({
    where: `--factors ${factors}`,
    what: "the factors of a run are the labels of its own data",
    remedy: "Leave --factors out, or give --codes instead of the run",
  });
}
