import type { Command } from "commander";
import type { Factors, FactorVaeScore } from "../../../disentanglement/index.js";
import { UserError } from "../../../errors.js";
import { jsonOption } from "../../options.js";
import { printJson, printLine, warn } from "../../output.js";
import { nested, numberText, tableLines } from "./format.js";
import {
  assertFactorsFit,
  type CodesOptions,
  measuredCodes,
  measuredFactors,
  takesCodes,
} from "./measured-codes.js";

interface FactorVaeCommandOptions extends CodesOptions {
  readonly factors?: string;
  readonly votes: string;
  readonly evaluationVotes: string;
  readonly rowsPerVote: string;
  readonly varianceSamples: string;
  readonly activeDeviation: string;
  readonly seed: string;
  readonly json?: boolean;
}

export function registerFactorVae(measure: Command): void {
  takesCodes(
    measure
      .command("factor-vae")
      .description("FactorVAE score: how often the dimension that varies least tells which factor was held."),
  )
    .option("--factors <array>", "what made the samples: integers, one column a factor; with --codes")
    .option("--votes <n>", "by which each dimension gets its factor", "10000")
    .option("--evaluation-votes <n>", "by which that is judged", "5000")
    .option("--rows-per-vote <n>", "samples of a vote, of equal value of one factor", "64")
    .option("--variance-samples <n>", "rows for the variance of each dimension", "10000")
    .option("--active-deviation <x>", "least standard deviation of a dimension that takes votes", "0.05")
    .option("--seed <n>", "of all that is drawn", "0")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
1 / factors by chance, 1 at best. The settings are those of disentanglement_lib; votes are drawn from the rows given,
which on a complete grid of factors is the same protocol (rule M4 of docs/definitions/disentanglement.md). Of a run, the
factors are its data's labels and the codes are means.

Examples:
  narrows measure factor-vae --codes C.npy --factors F.npy --json
  narrows measure factor-vae dsprites-echo-s0 --sample --seed 1`,
    )
    .action(measureFactorVae);
}

async function measureFactorVae(run: string | undefined, options: FactorVaeCommandOptions): Promise<void> {
  const [{ factorVaeScore }, { wholeNumber }] = await Promise.all([
    import("../../../disentanglement/index.js"),
    import("./arguments.js"),
  ]);
  const settings = {
    trainingVotes: wholeNumber("votes", options.votes, 1),
    evaluationVotes: wholeNumber("evaluation-votes", options.evaluationVotes, 1),
    rowsPerVote: wholeNumber("rows-per-vote", options.rowsPerVote, 2),
    varianceSamples: wholeNumber("variance-samples", options.varianceSamples, 2),
    activeStandardDeviation: deviation(options.activeDeviation),
    seed: wholeNumber("seed", options.seed, 0),
  };
  assertFactorsFit(run, options.factors);
  const codes = await measuredCodes(run, options);
  const factors = await measuredFactors(options.factors, codes, options);
  const result = factorVaeScore(codes.points, factors, settings);
  for (const note of result.notes) warn(note);
  if (options.json) {
    return printJson({
      definition: "M4",
      units: "share of votes",
      ...codes.about,
      score: result.score,
      trainingScore: result.trainingScore,
      chance: 1 / factors.factors.length,
      activeDimensions: result.activeDimensions,
      factorOfDimension: result.factorOfDimension.map((factor) => factor ?? null),
      factors: factors.factors.map(({ name }) => name),
      votes: nested(result.votes),
      notes: result.notes,
      samples: codes.points.count,
      ...settings,
    });
  }
  describe(result, factors);
}

function deviation(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw new UserError({
    where: `--active-deviation ${text}`,
    what: "this is not a number of at least 0",
    remedy: "Give 0.05, for instance",
  });
}

function describe(
  { score, factorOfDimension, activeDimensions, votes }: FactorVaeScore,
  { factors }: Factors,
): void {
  printLine(
    `FactorVAE score ${numberText(score)}; by chance ${numberText(1 / factors.length)}; active dimensions: ${activeDimensions.length} of ${factorOfDimension.length}`,
  );
  if (activeDimensions.length === 0) return;
  printLine();
  const [, dimensions] = votes.shape;
  const rows = activeDimensions.map((d) => [
    String(d),
    factorOfDimension[d] ?? "-",
    ...factors.map((_, f) => String(votes.data[f * dimensions + d])),
  ]);
  const header = ["dimension", "stands for", ...factors.map(({ name }) => `votes, ${name}`)];
  for (const line of tableLines([header, ...rows])) printLine(line);
}
