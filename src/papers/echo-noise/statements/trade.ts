/** What the paper says of rates and distortions (Table 1, Figures 2, 3 and 5). */
import type { CheckedStatement, ClaimNumber } from "../../../reproduction/statements/claim.js";
import { claimNumber, maxBy, maxPlace, minPlace, rising } from "../../../reproduction/statements/numbers.js";
import { METHOD_NAMES, type MethodName } from "../methods.js";
import { PUBLISHED_DATA, type PublishedData, publishedTrade } from "../published.js";
import { DATA_TITLES } from "../recipe.js";
import type { CurvePoint, EchoView } from "./view.js";

type Statement = CheckedStatement<EchoView>;

const NATS = "nats per image";
const DRAWN = ["binary-mnist", "omniglot"] as const;

function elboOf(view: EchoView, method: MethodName, data: PublishedData): ClaimNumber {
  return {
    label: `-ELBO of ${method}`,
    value: view.negativeElbo(method, data),
    unit: NATS,
    published: publishedTrade(method, data).negativeElboNats,
  };
}

/** The mean -ELBO of a method is below that of another. */
function below(
  id: string,
  data: PublishedData,
  [low, high]: readonly MethodName[],
  words: string,
): Statement {
  return {
    id: `${id}-${data}`,
    statement: `On ${DATA_TITLES[data]} ${words}`,
    rule: `At beta = 1 the mean -ELBO of ${low} on the test images is lower than that of ${high === "VAE" ? "the VAE" : high}.`,
    check: (view) => rising(elboOf(view, low!, data), elboOf(view, high!, data)),
  };
}

function bestOfAll(data: (typeof DRAWN)[number]): Statement {
  return {
    id: `echo-best-${data}`,
    statement: `On ${DATA_TITLES[data]} Echo has the lowest -ELBO of all nine methods.`,
    rule: "At beta = 1 the mean -ELBO of Echo on the test images is lower than that of each other method.",
    check: (view) => {
      const others = METHOD_NAMES.filter((method) => method !== "Echo").map((method) => ({
        where: method,
        value: view.negativeElbo(method, data),
      }));
      return {
        holds: others.every(({ value }) => view.negativeElbo("Echo", data) < value),
        numbers: [elboOf(view, "Echo", data), claimNumber("lowest other", minPlace(others), NATS)],
      };
    },
  };
}

/** Distortion of a curve at a rate, along straight lines between its points; NaN beyond its ends. */
export function distortionAt(points: readonly CurvePoint[], rateNats: number): number {
  for (const [k, right] of points.entries()) {
    const left = points[k - 1];
    if (!left || rateNats < left.rateNats || rateNats > right.rateNats) continue;
    const share = (rateNats - left.rateNats) / (right.rateNats - left.rateNats || 1);
    return left.distortion + share * (right.distortion - left.distortion);
  }
  return Number.NaN;
}

/** At each of Echo's points whose rate the VAE's curve reaches, what the VAE loses more. */
function gains(view: EchoView, data: PublishedData) {
  const vae = view.curve("VAE", data, 3);
  return view
    .curve("Echo", data, 3)
    .map((point) => ({ ...point, gain: distortionAt(vae, point.rateNats) - point.distortion }))
    .filter(({ gain }) => !Number.isNaN(gain));
}

function bestOverCurve(data: (typeof DRAWN)[number]): Statement {
  return {
    id: `echo-curve-${data}`,
    statement: `On ${DATA_TITLES[data]} Echo loses less than the VAE at equal rate over more than half of the curve.`,
    rule: "At more than half of Echo's points that lie within the VAE's rates, the VAE's distortion at this rate (by straight lines between its points) is higher.",
    check: (view) => {
      const found = gains(view, data);
      const better = found.filter(({ gain }) => gain > 0).length;
      return {
        holds: found.length > 0 && better > found.length / 2,
        numbers: [
          { label: "points where Echo loses less", value: better },
          { label: "points compared", value: found.length },
          ...(found.length > 0
            ? [
                claimNumber(
                  "maximum that the VAE loses more",
                  maxPlace(
                    found.map(({ gain, rateNats }) => ({
                      where: `at ${rateNats.toFixed(1)} nats`,
                      value: gain,
                    })),
                  ),
                  NATS,
                ),
              ]
            : []),
        ],
      };
    },
  };
}

/** A curve reaches the end where its price of rate is at least this. */
const HIGH_BETA = 4;
const NEAR_LIMIT_NATS = 2;

function endsNearLimit(data: PublishedData): Statement {
  return {
    id: `echo-ends-at-limit-${data}`,
    statement: `On ${DATA_TITLES[data]} Echo's curve ends near its minimum rate, -D ln r.`,
    rule: `At the maximum beta, ${HIGH_BETA} or more, Echo's rate lies at or above the minimum that its channel can have, by at most ${NEAR_LIMIT_NATS} nats.`,
    check: (view) => {
      const points = view.curve("Echo", data, 2);
      const last = maxBy(points, ({ beta }) => beta);
      const limit = view.minimumRate("Echo", data);
      if (!last || last.beta < HIGH_BETA) view.missing.add(`Echo on ${data} at beta = ${HIGH_BETA} or more`);
      const above = (last?.rateNats ?? Number.NaN) - limit;
      return {
        // Rates are sums of float32 numbers.
        holds: above >= -1e-4 * limit && above <= NEAR_LIMIT_NATS,
        numbers: [
          {
            label: `rate at beta = ${last?.beta ?? Number.NaN}`,
            value: last?.rateNats ?? Number.NaN,
            unit: "nats",
          },
          { label: "minimum rate", value: limit, unit: "nats" },
        ],
      };
    },
  };
}

export const TRADE_STATEMENTS: readonly Statement[] = [
  ...PUBLISHED_DATA.map((data) =>
    below("echo-below-vae", data, ["Echo", "VAE"], "Echo's -ELBO is below the VAE's."),
  ),
  ...DRAWN.map(bestOfAll),
  below("vamp-best", "fashion-mnist", ["VAE-Vamp", "Echo"], "a mixture as marginal gains more than Echo."),
  ...DRAWN.map((data) =>
    below("vamp-below-vae", data, ["VAE-Vamp", "VAE"], "a mixture as marginal lowers the VAE's -ELBO."),
  ),
  ...DRAWN.map(bestOverCurve),
  ...PUBLISHED_DATA.map(endsNearLimit),
];
