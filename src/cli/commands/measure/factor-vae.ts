import { factorVaeScore } from "../../../disentanglement/index.js";
import { number, whole } from "../../../settings/index.js";
import { numberText } from "../../format.js";
import { warn } from "../../output.js";
import { right, tableLines } from "../../table.js";
import { codeMeasure } from "./code-measure.js";
import { nested } from "./plain.js";

export default codeMeasure({
  definition: "M4",
  units: "share of votes",
  compared: true,
  settings: {
    votes: whole({
      about: "training votes (assign a factor to each dimension)",
      minimum: 1,
      default: 10_000,
    }),
    evaluationVotes: whole({ about: "evaluation votes (accuracy)", minimum: 1, default: 5000 }),
    rowsPerVote: whole({
      about: "samples in a vote, all with the same value of one factor",
      minimum: 2,
      default: 64,
    }),
    varianceSamples: whole({ about: "rows for the variance of each dimension", minimum: 2, default: 10_000 }),
    activeDeviation: number({
      about: "minimum standard deviation of a dimension that takes part",
      minimum: 0,
      default: 0.05,
    }),
  },
  details: `
1 / factors is chance, 1 is the maximum. The default settings are those of disentanglement_lib; votes are drawn from the
rows given, which on a complete grid of factors is the same protocol (rule M4 of docs/definitions/disentanglement.md). Of a
run, the factors are the labels of its data and the codes are means.`,
  examples: [
    "narrows measure factor-vae --codes C.npy --labels F.npy --json",
    "narrows measure factor-vae dsprites-echo-s0 --sample --seed 1",
  ],
  measure(codes, { votes, evaluationVotes, rowsPerVote, varianceSamples, activeDeviation, seed }) {
    const measured = codes.factors();
    const { factors } = measured;
    const settings = {
      trainingVotes: votes,
      evaluationVotes,
      rowsPerVote,
      varianceSamples,
      activeStandardDeviation: activeDeviation,
      seed,
    };
    const result = factorVaeScore(codes.points(), measured, settings);
    for (const note of result.notes) warn(note);
    const { score, trainingScore, activeDimensions, factorOfDimension, notes } = result;
    const [, dimensions = 0] = result.votes.shape;
    const rows = activeDimensions.map((d) => [
      String(d),
      factorOfDimension[d] ?? "-",
      ...factors.map((_, f) => String(result.votes.data[f * dimensions + d])),
    ]);
    const columns = ["dimension", "factor", ...factors.map(({ name }) => `votes, ${name}`)];
    const chance = 1 / factors.length;
    return {
      json: {
        score,
        trainingScore,
        chance,
        activeDimensions,
        factorOfDimension: factorOfDimension.map((factor) => factor ?? null),
        factors: factors.map(({ name }) => name),
        votes: nested(result.votes),
        notes,
        ...settings,
      },
      text: [
        `FactorVAE score ${numberText(score)}; by chance ${numberText(chance)}; active dimensions: ${activeDimensions.length} of ${factorOfDimension.length}`,
        ...(activeDimensions.length === 0 ? [] : ["", ...tableLines(columns.map(right), rows)]),
      ],
    };
  },
});
