import { describe, expect, test } from "vitest";
import { judgeStatements, STATEMENTS } from "../../../src/papers/echo-noise/statements/index.js";
import { distortionAt } from "../../../src/papers/echo-noise/statements/trade.js";
import { resultsAsPublished } from "./results-as-published.js";

const verdicts = (results = resultsAsPublished()) =>
  new Map(judgeStatements(results).map(({ id, verdict }) => [id, verdict]));

describe("the paper's statements", () => {
  test("hold of the published numbers, each under a name of its own", () => {
    const found = judgeStatements(resultsAsPublished());
    expect(new Set(found.map(({ id }) => id)).size).toBe(STATEMENTS.length);
    expect(found.filter(({ verdict }) => verdict !== "holds")).toEqual([]);
    expect(found.every(({ seeds }) => seeds.tested === 1 && seeds.holding === 1)).toBe(true);
  });

  test("fail where the numbers say otherwise, and those alone", () => {
    const worse = resultsAsPublished({
      distortion: (x, method, data, beta) =>
        method === "Echo" && data === "omniglot" && beta === 1 ? x + 3 : x,
    });
    const failing = [...verdicts(worse)].filter(([, verdict]) => verdict === "fails").map(([id]) => id);
    expect(failing).toEqual(["echo-below-vae-omniglot", "echo-best-omniglot"]);
  });

  test("of codes and of the limit fail where these are otherwise", () => {
    const other = resultsAsPublished({
      measures: (measures, _, data) => ({
        ...measures,
        leastRateNats: measures.leastRateNats / 2,
        echo: measures.echo && {
          ...measures.echo,
          rateLikelihoodCorrelation: -0.1,
          noiseTotalCorrelationNats: data === "omniglot" ? 0.1 : 40,
          marginals: measures.echo.marginals.map((one) => ({ ...one, rejected: true })),
        },
      }),
    });
    const failing = [...verdicts(other)].filter(([, verdict]) => verdict === "fails").map(([id]) => id);
    expect(failing).toEqual([
      "echo-ends-at-limit-binary-mnist",
      "echo-ends-at-limit-omniglot",
      "echo-ends-at-limit-fashion-mnist",
      "noise-is-dependent-omniglot",
      "noise-order",
      "normality-binary-mnist",
      "normality-omniglot",
      "rate-follows-likelihood-binary-mnist",
      "rate-follows-likelihood-omniglot",
    ]);
  });

  test("are not tested where something is missing, which is named", () => {
    const { images, ...rest } = resultsAsPublished();
    const few = images.filter(
      ({ method, data, beta }) => method !== "VAE" && data !== "fashion-mnist" && beta <= 3,
    );
    const found = new Map(
      judgeStatements({ ...rest, images: few, sprites: [] }).map((claim) => [claim.id, claim]),
    );
    expect(found.get("echo-below-vae-omniglot")).toMatchObject({
      verdict: "not tested",
      numbers: [],
      missing: ["VAE on omniglot at beta = 1"],
    });
    expect(found.get("echo-ends-at-limit-omniglot")?.missing).toEqual([
      "Echo on omniglot at beta = 4 or more",
    ]);
    expect(found.get("gamma-raises-mig-echo")?.missing).toHaveLength(2);
    expect(found.get("normality-omniglot")?.verdict).toBe("holds");
    expect([...found.values()].filter(({ verdict }) => verdict === "fails")).toEqual([]);
  });

  test("MNIST drawn here stands in where the published binary files are not there", () => {
    const { images, ...rest } = resultsAsPublished();
    const drawn = images.map((one) =>
      one.data === "binary-mnist" ? { ...one, data: "mnist" as const } : one,
    );
    expect(verdicts({ ...rest, images: drawn }).get("echo-below-vae-binary-mnist")).toBe("holds");
  });
});

test("a curve's distortion between its points, and beyond them none", () => {
  const points = [
    { beta: 2, rateNats: 10, distortion: 80 },
    { beta: 1, rateNats: 20, distortion: 60 },
  ];
  expect(distortionAt(points, 15)).toBe(70);
  expect(distortionAt(points, 20)).toBe(60);
  expect(distortionAt(points, 9)).toBeNaN();
});
