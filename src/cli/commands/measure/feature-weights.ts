import type { Command } from "commander";
import { UserError } from "../../../errors.js";
import type { CsvFlags } from "../../csv-options.js";
import { grouped } from "../../format.js";
import { jsonOption } from "../../options.js";
import { printJson, printLine } from "../../output.js";
import { right, tableLines } from "../../table.js";
import { numberText } from "./format.js";

interface WeightOptions extends CsvFlags {
  readonly a: string;
  readonly b: string;
  readonly steps: string;
  readonly l1: string;
  readonly rows?: string;
  readonly seed: string;
  readonly json?: boolean;
}

export function registerFeatureWeights(measure: Command): void {
  measure
    .command("feature-weights")
    .description(
      "Which columns of one space tell who is near in another: weights of least information imbalance.",
    )
    .requiredOption("--a <array>", "columns to be weighed, such as units of a code; one row a sample")
    .requiredOption("--b <array>", "the space to be told, for the same samples")
    .option("--steps <n>", "of the descent", "100")
    .option("--l1 <weight>", "price of the sum of weights: more leaves more columns out", "0")
    .option("--rows <n>", "samples whose neighbours are told, drawn (default: 1000, or all)")
    .option("--seed <n>", "of the drawing", "0")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Differentiable information imbalance (rules J9 to J11 of docs/definitions/information-imbalance.md). Importance is weight times standard
deviation, the largest being 1. The descent starts from equal importances and may end elsewhere from another start; relative weights among
columns that matter are known roughly only.

Examples:
  narrows measure feature-weights --a Z.npy --b X.npy
  narrows measure feature-weights --a Z.npy --b X.npy --l1 0.001 --rows 500 --json`,
    )
    .action(measureWeights);
}

async function measureWeights(options: WeightOptions): Promise<void> {
  const [{ fitFeatureWeights }, { readPoints, wholeNumber }] = await Promise.all([
    import("../../../geometry/index.js"),
    import("./arguments.js"),
  ]);
  const steps = wholeNumber("steps", options.steps, 1);
  const seed = wholeNumber("seed", options.seed, 0);
  const rows = options.rows === undefined ? undefined : wholeNumber("rows", options.rows, 1);
  const l1 = Number(options.l1);
  if (!(options.l1.trim() !== "" && l1 >= 0 && Number.isFinite(l1))) {
    throw new UserError({
      where: `--l1 ${options.l1}`,
      what: "this is not a price of at least 0",
      remedy: "Give, for instance, --l1 0.001",
    });
  }
  const found = fitFeatureWeights(readPoints(options.a, options), readPoints(options.b, options), {
    steps,
    seed,
    l1,
    ...(rows === undefined ? {} : { rows }),
  });
  if (options.json) {
    return printJson({
      definition: "J11",
      units: "weights multiply the columns; importance and imbalances are ratios",
      a: options.a,
      b: options.b,
      weights: Array.from(found.weights),
      importance: Array.from(found.importance),
      imbalance: found.imbalance,
      startImbalance: found.startImbalance,
      lambda: found.lambda,
      rows: found.rows,
      steps,
      l1,
      seed,
    });
  }
  printLine(
    `imbalance ${numberText(found.imbalance)} with these weights, ${numberText(found.startImbalance)} with equal importances (${grouped(found.rows)} rows)`,
  );
  printLine();
  const order = Array.from(found.importance.keys()).sort((x, y) => found.importance[y] - found.importance[x]);
  const cells = order.map((column) => [
    String(column),
    numberText(found.importance[column]),
    numberText(found.weights[column]),
  ]);
  for (const line of tableLines([right("column"), right("importance"), right("weight")], cells))
    printLine(line);
}
