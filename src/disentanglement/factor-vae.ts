import { UserError } from "../errors.js";
import { columnVariances } from "../geometry/dimensions-in-use.js";
import { assertSameCount, type Points } from "../geometry/points.js";
import { requireOption, requireWhole } from "../geometry/range.js";
import type { NumericArray } from "../numeric-array.js";
import { drawRows } from "../random/stream.js";
import { assertVarying, type Factors } from "./factors.js";
import { type Ballot, ballotOf, tallyVotes, type Voters } from "./votes.js";

/** How many votes and samples the FactorVAE score is computed from (rule M4). */
export interface FactorVaeOptions {
  /** Training votes, which assign a factor to each dimension; 10,000 by default. */
  readonly trainingVotes?: number;
  /** Votes by which it is judged; 5,000 by default. */
  readonly evaluationVotes?: number;
  /** Samples of one vote, which share the value of one factor; 64 by default. */
  readonly rowsPerVote?: number;
  /** Samples for the variance of each dimension, drawn where there are more; 10,000 by default. */
  readonly varianceSamples?: number;
  /** Dimensions of less standard deviation, in units of the code, take no votes; 0.05 by default. */
  readonly activeStandardDeviation?: number;
  /** Of all that is drawn; 0 by default. */
  readonly seed?: number;
}

/** The FactorVAE score of a code (rule M4). */
export interface FactorVaeScore {
  /** Share of evaluation votes whose dimension stands for the right factor: about 1 / factors by chance, to 1. */
  readonly score: number;
  /** The same of the training votes, by which the factors of the dimensions were chosen. */
  readonly trainingScore: number;
  /** Dimensions that may take votes, by their numbers from 0, ascending. */
  readonly activeDimensions: readonly number[];
  /** [dimensions], the factor each dimension stands for; undefined for one that is not active or got no vote. */
  readonly factorOfDimension: readonly (string | undefined)[];
  /** [factors, dimensions], training votes. */
  readonly votes: NumericArray<Float64Array>;
  /** What a reader of the score should know: no active dimension, samples that could not vote. */
  readonly notes: readonly string[];
}

/**
 * The FactorVAE score of a code (rule M4): among samples that share the value of one factor, the dimension that varies least is
 * taken for that factor's; how often is that right? It does not hang on the order, sign, scale (but for the threshold of
 * active dimensions) or position of the dimensions.
 * Source: Kim and Mnih, "Disentangling by factorising" (2018); the settings are those of disentanglement_lib.
 * @param codes [samples, dimensions].
 * @param factors of the same samples. On a complete grid (every combination of values equally often) votes are drawn as
 * in the reference.
 * @throws UserError when the two do not hold the same samples, for a factor that does not vary or of which no two samples
 * share a value, and for options out of range.
 */
export function factorVaeScore(
  codes: Points,
  factors: Factors,
  options: FactorVaeOptions = {},
): FactorVaeScore {
  const { trainingVotes = 10_000, evaluationVotes = 5_000, rowsPerVote = 64 } = options;
  const { varianceSamples = 10_000, activeStandardDeviation = 0.05, seed = 0 } = options;
  assertSameCount(codes, factors);
  assertVarying(factors);
  requireWhole("FactorVAE score, trainingVotes", trainingVotes, 1);
  requireWhole("FactorVAE score, evaluationVotes", evaluationVotes, 1);
  requireWhole("FactorVAE score, rowsPerVote", rowsPerVote, 2);
  requireWhole("FactorVAE score, varianceSamples", varianceSamples, 2);
  requireOption(
    "FactorVAE score, activeStandardDeviation",
    activeStandardDeviation,
    activeStandardDeviation >= 0,
    "a number of at least 0",
  );
  const ballots = factors.factors.map(ballotOf);
  const notes = notesOnBallots(factors, ballots);

  const rows = drawRows(codes.count, varianceSamples, seed, "factor-vae variances");
  const variances = columnVariances(codes, { rows });
  // A dimension that does not vary at all takes no votes whatever the threshold.
  const active = Uint32Array.from(
    Array.from(variances.keys()).filter(
      (d) => variances[d] > 0 && Math.sqrt(variances[d]) >= activeStandardDeviation,
    ),
  );
  if (active.length === 0) {
    notes.push(
      `no dimension has a standard deviation of at least ${activeStandardDeviation}: the score is 0`,
    );
  }
  const voters: Voters = { codes, ballots, dimensions: active, variances, rowsPerVote };
  const training = tallyVotes(voters, trainingVotes, seed, "factor-vae training votes");
  const evaluation = tallyVotes(voters, evaluationVotes, seed, "factor-vae evaluation votes");
  const majority = Array.from({ length: codes.dimension }, (_, d) => majorityOf(training, d));
  const share = ({ data }: NumericArray, total: number) =>
    majority.reduce((sum, factor, d) => sum + data[factor * codes.dimension + d], 0) / total;
  return {
    score: share(evaluation, evaluationVotes),
    trainingScore: share(training, trainingVotes),
    activeDimensions: Array.from(active),
    factorOfDimension: majority.map((factor, d) =>
      training.data[factor * codes.dimension + d] > 0 ? factors.factors[factor].name : undefined,
    ),
    votes: training,
    notes,
  };
}

/** The factor with most votes for a dimension, the first of equals. */
function majorityOf({ shape, data }: NumericArray, d: number): number {
  const [factors, dimensions] = shape as [number, number];
  let best = 0;
  for (let f = 1; f < factors; f++) if (data[f * dimensions + d] > data[best * dimensions + d]) best = f;
  return best;
}

function notesOnBallots({ name, count, factors }: Factors, ballots: readonly Ballot[]): string[] {
  return ballots.flatMap(({ rows }, f) => {
    if (rows.length === count) return [];
    const where = `${name}, factor ${factors[f].name}`;
    if (rows.length > 0) {
      return [
        `${where}: ${count - rows.length} of ${count} samples share their value with no other, and are not used in votes`,
      ];
    }
    throw new UserError({
      where,
      what: "no two samples share a value, so there is nothing to vote on",
      remedy: "Give several samples of each value, or the factor in coarser steps",
    });
  });
}
