import { describe, expect, test } from "vitest";
import type { EpochMeasures } from "../../../src/papers/intrinsic-dimension/measures/results.js";
import { judgeStatements } from "../../../src/papers/intrinsic-dimension/statements/index.js";
import { resultsAsPublished } from "./results-as-published.js";

const verdictsOf = (results = resultsAsPublished()) => {
  const claims = judgeStatements(results);
  return (verdict: string) =>
    claims.filter((claim) => claim.verdict === verdict).map(({ id }) => id.replace(/-(cifar10|mnist)$/, ""));
};

/** One layer of a list of estimates multiplied by a factor. */
const scaled = (
  list: EpochMeasures["dimension"],
  factors: Readonly<Record<number, number>>,
): EpochMeasures["dimension"] =>
  list.map((one, k) => one && { ...one, value: one.value * (factors[k] ?? 1) });

describe("the paper's statements", () => {
  test("hold of the published numbers, each under a name of its own", () => {
    const found = judgeStatements(resultsAsPublished());
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(
      found.filter(({ verdict }) => verdict !== "holds").map(({ id, missing }) => [id, missing]),
    ).toEqual([]);
    expect(found.every(({ seeds }) => seeds.tested === 1 && seeds.holding === 1)).toBe(true);
  });

  test("report what was seen with what is published", () => {
    const found = new Map(judgeStatements(resultsAsPublished({ noise: 0.02 })).map((one) => [one.id, one]));
    const hump = found.get("decoder-hump-cifar10")!;
    expect(hump.numbers.find(({ label }) => label.includes("K = 64"))!.published).toBe(57.11);
    const [small] = found
      .get("decoder-neutral-cifar10")!
      .numbers.filter(({ label }) => label.includes("K = 4"));
    expect(small!.published).toBe(0);
    const saturation = found
      .get("output-imbalance-saturates-cifar10")!
      .numbers.map(({ published }) => published);
    expect(saturation).toEqual([0.364, 0.054, 0.046, 0.062]);
    const fast = found.get("fast-fit-cifar10")!.numbers.at(-1)!;
    expect(fast.published).toBeCloseTo((0.999 - 0.011) / (0.999 - 0.01), 12);
    const rates = found.get("rate-falls-late-cifar10")!.numbers;
    expect(rates[0]!.published).toBeCloseTo(597 / 760, 12);
    expect(rates.find(({ label }) => label.includes("K = 64"))!.published).toBeUndefined();
  });

  test("of humps fail where layers are otherwise, and those alone", () => {
    const flat = resultsAsPublished({
      change: (measures) => ({
        ...measures,
        dimension: scaled(
          measures.dimension,
          measures.epoch === 200 ? { 6: 0.5, 7: 0.4, 8: 0.35, 9: 0.35 } : {},
        ),
      }),
    });
    expect(verdictsOf(flat)("fails")).toEqual([
      "decoder-dimension-small-k",
      "decoder-dimension-k",
      "decoder-hump",
      "humps-grow",
    ]);
  });

  test("of the output fail where its dimension keeps growing with K", () => {
    const growing = resultsAsPublished({
      change: (measures, bottleneck) =>
        bottleneck < 32
          ? measures
          : { ...measures, dimension: scaled(measures.dimension, { 10: bottleneck / 40 }) },
    });
    expect(verdictsOf(growing)("fails")).toEqual(["decoder-hump", "output-dimension-saturates"]);
  });

  test("of imbalances fail where the code never turns, the output keeps changing and the decoder loses", () => {
    const other = resultsAsPublished({
      change: (measures, bottleneck) => ({
        ...measures,
        toInput: scaled(measures.toInput, { 5: 1 / bottleneck ** 2, 10: bottleneck > 100 ? 4 : 1 }),
        forward: measures.backward,
        backward: measures.forward,
      }),
    });
    const failing = verdictsOf(other)("fails");
    expect(failing).toContain("code-imbalance-turns");
    expect(failing).toContain("output-imbalance-saturates");
    expect(failing).toContain("decoder-expands");
    expect(failing).not.toContain("decoder-neutral");
  });

  test("of training and quality fail where the fit is slow, the rate rises and pictures get worse", () => {
    const other = resultsAsPublished({
      change: (measures, bottleneck) => ({
        ...measures,
        testRateNats: 10 + measures.epoch / 50,
        toInput: scaled(measures.toInput, { 10: measures.epoch > 0 && measures.epoch < 50 ? 10 : 1 }),
        reconstructions: { ...measures.reconstructions, frechet: 200 + bottleneck },
      }),
    });
    expect(verdictsOf(other)("fails")).toEqual(["fast-fit", "rate-falls-late", "quality-holds"]);
  });

  test("are decided by the mean over seeds, and count the seeds in which they hold", () => {
    const found = judgeStatements(
      resultsAsPublished({
        seeds: [0, 1],
        change: (measures, bottleneck, seed) =>
          seed === 0
            ? measures
            : {
                ...measures,
                reconstructions: { ...measures.reconstructions, frechet: 1000 + 50 * bottleneck },
              },
      }),
    );
    const quality = found.find(({ id }) => id === "quality-holds-cifar10")!;
    expect(quality).toMatchObject({ verdict: "fails", seeds: { tested: 2, holding: 1 } });
    expect(quality.numbers.find(({ label }) => label.endsWith("K = 128"))!.value).toBe((204 + 7400) / 2);
    expect(found.find(({ id }) => id === "encoder-hump-cifar10")!.seeds).toEqual({ tested: 2, holding: 2 });
  });
});

describe("what cannot be tested", () => {
  const claimOf = (results: Parameters<typeof judgeStatements>[0], id: string) =>
    judgeStatements(results).find((one) => one.id === id)!;

  test("of small networks alone: what speaks of large ones", () => {
    const small = resultsAsPublished({ bottlenecks: [2, 4, 8] });
    expect(verdictsOf(small)("not tested")).toEqual([
      "decoder-hump",
      "output-dimension-saturates",
      "code-imbalance-turns",
      "output-imbalance-saturates",
      "decoder-expands",
      "humps-grow",
      "quality-holds",
    ]);
    expect(claimOf(small, "decoder-hump-cifar10")).toMatchObject({
      numbers: [],
      missing: ["a network with K above the dimension of the images"],
    });
    expect(verdictsOf(small)("fails")).toEqual([]);
  });

  test("of a short training: what speaks of a late part", () => {
    const short = resultsAsPublished({ epochs: [0, 1, 2, 5, 10, 20] });
    expect(verdictsOf(short)("not tested")).toEqual(["rate-falls-late", "humps-grow"]);
    expect(claimOf(short, "rate-falls-late-cifar10").missing).toEqual(["a training of 50 epochs or more"]);
    expect(claimOf(short, "fast-fit-cifar10").verdict).toBe("holds");
  });

  test("of networks without quality or with one that was not measured", () => {
    const without = resultsAsPublished({
      change: (measures, bottleneck) =>
        bottleneck === 64
          ? { ...measures, reconstructions: { ...measures.reconstructions, frechet: null } }
          : measures,
    });
    expect(claimOf(without, "quality-holds-cifar10").missing).toEqual([
      "the Fréchet distance at K = 64, epoch 200, on CIFAR-10",
    ]);
    const { networks, ...rest } = resultsAsPublished();
    const one = networks.map((network) => (network.bottleneck === 2 ? { ...network, epochs: [] } : network));
    expect(claimOf({ ...rest, networks: one }, "encoder-hump-cifar10").missing[0]).toBe(
      "the dimension of l1 at K = 2, epoch 200, on CIFAR-10",
    );
  });

  test("of nothing: all of it, without a fault", () => {
    const claims = judgeStatements({ ...resultsAsPublished(), networks: [], crossings: [] });
    expect(claims.length).toBeGreaterThan(10);
    for (const { verdict, missing, numbers } of claims) {
      expect(verdict).toBe("not tested");
      expect(missing.length).toBeGreaterThan(0);
      expect(numbers).toEqual([]);
    }
  });
});

test("a reduced run on MNIST is judged by the dimension of its own images", () => {
  const reduced = resultsAsPublished({
    data: "mnist",
    bottlenecks: [2, 8, 32],
    epochs: [0, 1, 5, 10, 20],
    seeds: [0, 1],
  });
  const claims = judgeStatements(reduced);
  expect(claims.every(({ id }) => id.endsWith("-mnist"))).toBe(true);
  expect(verdictsOf(reduced)("not tested")).toEqual(["rate-falls-late", "humps-grow"]);
  const images = claims[0]!.numbers.find(({ label }) => label === "dimension of the images")!;
  expect(images).toMatchObject({ published: 12.5 });
});
