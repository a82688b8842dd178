import type { ImageData } from "../papers/echo-noise/data.js";
import { publishedScores, publishedTrade } from "../papers/echo-noise/published.js";
import type { EchoResults } from "../papers/echo-noise/results.js";
import { factorRows } from "../papers/echo-noise/tables/factors.js";
import { noiseRows } from "../papers/echo-noise/tables/noise.js";
import { informationText, spreadText, tradeRows } from "../papers/echo-noise/tables/rates.js";
import { overSeeds } from "../reproduction/tables/cells.js";
import { left, right, tableLines } from "./table.js";

/** Tables 1 to 3 as far as they are filled, then why those runs failed that did. */
export function echoLines(results: EchoResults, data: readonly ImageData[]): string[] {
  const blocks = [
    tradeLines(results, data),
    factorLines(results),
    noiseLines(results, data),
    failureLines(results),
  ];
  return blocks.filter((lines) => lines.length > 0).flatMap((lines, k) => (k === 0 ? lines : ["", ...lines]));
}

function tradeLines({ images }: EchoResults, data: readonly ImageData[]): string[] {
  const rows = tradeRows(images, data);
  if (rows.length === 0) return [];
  return tableLines(
    [
      left("data"),
      left("method"),
      right("rate nats"),
      left("rate is"),
      right("I(X;Z) estimated"),
      right("distortion"),
      right("-ELBO"),
      right("published"),
      right("runs"),
    ],
    rows.map((row) => {
      const set = data.find(({ name }) => name === row.data)!;
      return [
        set.title,
        row.method,
        spreadText(row.rate, 2),
        row.rateEstimator,
        informationText(row),
        spreadText(row.distortion, 2),
        spreadText(row.negativeElbo, 2),
        publishedTrade(row.method, set.published).negativeElboNats.toFixed(1),
        String(row.runs - row.trimmed),
      ];
    }),
  );
}

function factorLines({ sprites }: EchoResults): string[] {
  const rows = factorRows(sprites);
  if (rows.length === 0) return [];
  return tableLines(
    [
      right("row"),
      right("beta"),
      right("gamma"),
      left("factors"),
      left("channel"),
      right("FactorVAE"),
      right("published"),
      right("MIG"),
      right("published"),
    ],
    rows.map(({ row, beta, gamma, factors, channel, mean }) => {
      const known = publishedScores(row, factors, channel);
      return [
        String(row),
        String(beta),
        String(gamma),
        factors,
        channel,
        overSeeds(mean.factorVae, 2),
        known.factorVae.toFixed(2),
        overSeeds(mean.mig, 2),
        known.mig.toFixed(2),
      ];
    }),
  );
}

function noiseLines({ images }: EchoResults, data: readonly ImageData[]): string[] {
  const rows = noiseRows(images, data);
  if (rows.length === 0) return [];
  return tableLines(
    [left("noise of Echo on"), right("total correlation, nats")],
    rows.map((row) => [
      data.find(({ name }) => name === row.data)!.title,
      overSeeds(row.totalCorrelationNats, 2),
    ]),
  );
}

function failureLines({ images, sprites }: EchoResults): string[] {
  return [
    ...images.map(({ method, data, beta, seed, reason }) => ({
      name: `${method}, ${data}, beta = ${beta}, seed ${seed}`,
      reason,
    })),
    ...sprites.map(({ channel, factors, beta, gamma, seed, reason }) => ({
      name: `${channel} on ${factors} factors, beta = ${beta}, gamma = ${gamma}, seed ${seed}`,
      reason,
    })),
  ].flatMap(({ name, reason }) => (reason === null ? [] : [`failed: ${name}: ${reason}`]));
}
