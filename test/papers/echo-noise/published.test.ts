import { describe, expect, test } from "vitest";
import { METHOD_NAMES } from "../../../src/papers/echo-noise/methods.js";
import {
  CHANNELS,
  FACTOR_KINDS,
  PUBLISHED_DATA,
  publishedScores,
  publishedTrade,
} from "../../../src/papers/echo-noise/published.js";

describe("Table 1 as published", () => {
  test("rate and distortion sum to -ELBO but for rounding, and for one cell that is printed otherwise", () => {
    const off = METHOD_NAMES.flatMap((method) =>
      PUBLISHED_DATA.filter((data) => {
        const { rateNats, distortion, negativeElboNats } = publishedTrade(method, data);
        return Math.abs(rateNats + distortion - negativeElboNats) > 0.11;
      }).map((data) => `${method} ${data}`),
    );
    expect(off).toEqual(["IAF+MMD binary-mnist"]);
  });

  test("the new numbers stand where the text holds edits", () => {
    expect(publishedTrade("Echo", "binary-mnist")).toEqual({
      rateNats: 26.4,
      distortion: 62.4,
      negativeElboNats: 88.8,
      deviation: 0.18,
    });
    expect(publishedTrade("IAF+MMD", "omniglot").deviation).toBe(0.28);
  });
});

test("Table 2: the first and the fourth row are the same models, printed alike but for one number", () => {
  const cells = (row: number) =>
    FACTOR_KINDS.flatMap((factors) =>
      CHANNELS.flatMap((channel) => Object.values(publishedScores(row, factors, channel))),
    );
  const differ = cells(1).filter((value, k) => value !== cells(4)[k]);
  expect(differ).toEqual([0.11]);
  expect(publishedScores(6, "dependent", "VAE")).toEqual({ factorVae: 0.53, mig: 0.07 });
});
