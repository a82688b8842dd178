import { type Command, Option } from "commander";
import { UserError } from "../../../errors.js";
import type { CsvFlags } from "../../csv-options.js";
import { type DeviceOptions, deviceOption, jsonOption, threadsOption } from "../../options.js";
import type { DimensionMethod, MethodSettings } from "./dimension-methods.js";
import type { DuplicatePolicy } from "./duplicate-policy.js";
import type { MeasuredDimension } from "./tell-dimension.js";

// Of dimension-methods.ts and duplicate-policy.ts, which are not loaded for the help text.
const METHODS = ["twonn", "twonn-ml", "twonn-bayes", "gride", "mle"] as const;
const POLICIES: readonly DuplicatePolicy[] = ["drop-points", "drop-mu", "error"];

interface DimensionOptions extends DeviceOptions, CsvFlags {
  readonly points: string;
  readonly method: (typeof METHODS)[number];
  readonly discard?: string;
  readonly k?: string;
  readonly duplicates: DuplicatePolicy;
  readonly queries?: string;
  readonly decimate?: string;
  readonly seed: string;
  readonly json?: boolean;
}

/** Ever smaller subsets, instead of subsets of one share. */
const HALVINGS = "halvings";

export function registerIntrinsicDimension(measure: Command): void {
  measure
    .command("intrinsic-dimension")
    .description("How many dimensions points fill, from the distances of their nearest neighbours.")
    .requiredOption("--points <array>", "one row a point")
    .addOption(new Option("--method <name>", "estimator").choices(METHODS).default("twonn"))
    .option("--discard <share>", "twonn: largest ratios that are not fitted (default: 0.1)")
    .option("--k <n>", "gride: furthest neighbour (default: 64); mle: neighbours (default: 20)")
    .addOption(
      new Option("--duplicates <policy>", "rows that repeat an earlier one")
        .choices(POLICIES)
        .default("drop-points"),
    )
    .option("--queries <n>", "ask so many points, drawn, of their neighbours among all")
    .option("--decimate <share>", `also on subsets of that share; or ${HALVINGS}: on ever smaller ones`)
    .option("--seed <n>", "of the drawing", "0")
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Methods: twonn (Facco et al. 2017: a line, fitted as DADApy does), twonn-ml (maximum likelihood), twonn-bayes, gride (Denti et
al. 2022, over scales), mle (Levina and Bickel). Distances are Euclidean and exact, for any number of points and columns.
Where points are few for their dimension every estimate is too low: publish N with it, and look at --decimate ${HALVINGS}. The
standard error takes points for independent; the linked error counts that neighbours share distances, and is the one to trust.
Rules N1 to N15 of docs/definitions/intrinsic-dimension.md.

Examples:
  narrows measure intrinsic-dimension --points Z.npy
  narrows measure intrinsic-dimension --points layers.npz:l3 --method gride --json
  narrows measure intrinsic-dimension --points Z.npy --queries 1000 --decimate ${HALVINGS}`,
    )
    .action(measureDimension);
}

async function measureDimension(options: DimensionOptions): Promise<void> {
  const [{ DIMENSION_METHODS }, { wholeNumber }, { applyPolicy }, search, tell] = await Promise.all([
    import("./dimension-methods.js"),
    import("./arguments.js"),
    import("./duplicate-policy.js"),
    import("./neighbour-search.js"),
    import("./tell-dimension.js"),
  ]);
  const method = DIMENSION_METHODS[options.method];
  assertTaken(options, method);
  const seed = wholeNumber("seed", options.seed, 0);
  const discard = share("discard", options.discard ?? "0.1");
  const k = options.k === undefined ? undefined : wholeNumber("k", options.k, 2);
  const { rows, repeated } = applyPolicy(search.readRows(options.points, options), options.duplicates);
  const settings: MethodSettings = {
    name: options.points,
    zeros: options.duplicates === "error" ? "error" : "drop-mu",
    discard,
    neighbours: k ?? Math.min(method.usualNeighbours, rows.count - 1),
  };
  const queries = search.drawQueries(rows, options.queries, seed);
  const found = await estimateAll(options, method, settings, { rows, queries, seed });
  const dropped = options.duplicates === "drop-points" ? repeated : 0;
  const measured: MeasuredDimension = {
    method,
    settings,
    rows,
    queries,
    ...found,
    about: {
      file: options.points,
      method: options.method,
      duplicates: { policy: options.duplicates, repeated, dropped },
      ...((queries || found.decimation.length > 0) && { seed }),
    },
  };
  tell.warnOfDimension(measured);
  if (options.json) tell.printDimensionJson(measured);
  else tell.describeDimension(measured);
}

async function estimateAll(
  options: DimensionOptions,
  method: DimensionMethod,
  settings: MethodSettings,
  { rows, queries, seed }: Pick<MeasuredDimension, "rows" | "queries"> & { readonly seed: number },
): Promise<Pick<MeasuredDimension, "estimates" | "decimation">> {
  const [
    { nearestNeighbours, pickPrepared, prepareRows },
    { overSubsets, randomSubsets },
    { openSearch },
    { grouped },
  ] = await Promise.all([
    import("../../../distances/index.js"),
    import("../../../geometry/intrinsic-dimension/index.js"),
    import("./neighbour-search.js"),
    import("../../format.js"),
  ]);
  const plans = await subsetPlans(options, rows.count);
  const { phase, stop } = await openSearch(options);
  try {
    const prepared = await prepareRows(rows, phase("points"));
    const all = await nearestNeighbours(prepared, settings.neighbours, { ...phase("distances"), queries });
    const estimates = method.estimate(all, settings);
    const decimation: MeasuredDimension["decimation"][number][] = [];
    for (const plan of plans) {
      const onSubsets = [];
      for (const [place, subset] of randomSubsets(rows.count, plan, seed).entries()) {
        const neighbours = Math.min(settings.neighbours, plan.size - 1);
        const shown = phase(`${grouped(plan.size)} points, subset ${place + 1} of ${plan.subsets}`);
        const within = await nearestNeighbours(pickPrepared(prepared, subset), neighbours, shown);
        onSubsets.push(...method.estimate(within, { ...settings, neighbours }));
      }
      decimation.push({ ...plan, ...overSubsets(onSubsets) });
    }
    return { estimates, decimation };
  } finally {
    stop();
  }
}

async function subsetPlans({ decimate }: DimensionOptions, count: number) {
  if (decimate === undefined) return [];
  const { decimationPlan, halvings } = await import("../../../geometry/intrinsic-dimension/index.js");
  if (decimate !== HALVINGS) return [decimationPlan(count, share("decimate", decimate))];
  // All points are measured in any case.
  return halvings(count).filter(({ subsets }) => subsets > 1);
}

/** Understands a share of something, between 0 and 1. */
function share(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value < 1) return value;
  throw new UserError({
    where: `--${option} ${text}`,
    what: "this is not a share between 0 and 1",
    remedy: `Give, for instance, --${option} 0.1`,
  });
}

/** Asserts that the method has the options that are given. */
function assertTaken(
  { method: name, discard, k, decimate }: DimensionOptions,
  method: DimensionMethod,
): void {
  const refuse = (option: string, what: string, remedy: string) => {
    throw new UserError({ where: `--${option}`, what, remedy });
  };
  if (discard !== undefined && !method.takes.includes("discard"))
    refuse("discard", `the method ${name} fits no line, and discards nothing`, "Leave it out, or use twonn");
  if (k !== undefined && !method.takes.includes("k"))
    refuse("k", `the method ${name} asks 2 neighbours, always`, "Leave it out, or use gride or mle");
  if (decimate !== undefined && method.scales)
    refuse("decimate", `the method ${name} has scales instead of subsets`, "Leave it out, or use twonn");
}
