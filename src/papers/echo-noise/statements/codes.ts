/** What the paper says of Echo's codes and noise (Table 3, Figures 6 and 7). */
import type { CheckedStatement } from "../../../reproduction/statements/claim.js";
import { rising } from "../../../reproduction/statements/numbers.js";
import { PUBLISHED_DATA, type PublishedData, publishedNoise } from "../published.js";
import { DATA_TITLES } from "../recipe.js";
import type { EchoView } from "./view.js";

type Statement = CheckedStatement<EchoView>;

function noise(view: EchoView, data: PublishedData) {
  return view.echo(data, ({ noiseTotalCorrelationNats }) => noiseTotalCorrelationNats);
}

function noiseNumber(view: EchoView, data: PublishedData) {
  return {
    label: `total correlation on ${data}`,
    value: noise(view, data),
    unit: "nats",
    published: publishedNoise(data),
  };
}

export const CODE_STATEMENTS: readonly Statement[] = [
  ...PUBLISHED_DATA.map(
    (data): Statement => ({
      id: `noise-is-dependent-${data}`,
      statement: `On ${DATA_TITLES[data]} the dimensions of Echo's noise depend on each other: it is no product of its marginals.`,
      rule: "At beta = 1 the total correlation of the noise over the test images (rule I2) is more than ten times what independent dimensions have by chance, D(D-1) / 4N.",
      check: (view) => ({
        holds: noise(view, data) > 10 * view.echo(data, ({ chanceNats }) => chanceNats),
        numbers: [
          noiseNumber(view, data),
          { label: "by chance", value: view.echo(data, ({ chanceNats }) => chanceNats), unit: "nats" },
        ],
      }),
    }),
  ),
  {
    id: "noise-order",
    statement:
      "The dimensions of Echo's noise depend on each other more on Omniglot than on Binary MNIST, and more again on Fashion-MNIST.",
    rule: "At beta = 1 the total correlations of the noise (rule I2) rise in this order.",
    check: (view) => rising(...PUBLISHED_DATA.map((data) => noiseNumber(view, data))),
  },
  ...(["binary-mnist", "omniglot"] as const).map(
    (data): Statement => ({
      id: `normality-${data}`,
      statement: `On ${DATA_TITLES[data]} no marginal of Echo's code is distinguished from a normal distribution.`,
      rule: "At beta = 1, Anderson and Darling's test (rule I4) of one code for each of at most 1,000 test images rejects normality in none of up to 13 dimensions, at 0.05 adjusted by Holm; of several seeds in none of all.",
      check: (view) => ({
        holds: view.echo(data, ({ marginals }) => marginals.filter(({ rejected }) => rejected).length) === 0,
        numbers: [
          {
            label: "dimensions rejected",
            value: view.echo(data, ({ marginals }) => marginals.filter(({ rejected }) => rejected).length),
          },
          { label: "of", value: view.echo(data, ({ marginals }) => marginals.length) },
          {
            label: "minimum adjusted p-value",
            value: view.echo(data, ({ marginals }) => Math.min(...marginals.map(({ pValue }) => pValue))),
          },
        ],
      }),
    }),
  ),
  ...(["binary-mnist", "omniglot"] as const).map(
    (data): Statement => ({
      id: `rate-follows-likelihood-${data}`,
      statement: `On ${DATA_TITLES[data]} Echo spends more nats on images that it reconstructs well.`,
      rule: "At beta = 1 the rank correlation of an image's rate with log p(x|z), over the test images, is above 0.",
      check: (view) => {
        const value = view.echo(data, ({ rateLikelihoodCorrelation }) => rateLikelihoodCorrelation);
        return { holds: value > 0, numbers: [{ label: "rank correlation", value }] };
      },
    }),
  ),
];
