/** What the figures of the Echo paper must show, whatever the drawing looks like. */
import { describe, expect, it } from "vitest";
import { codeMarginals } from "../../src/figures/code-marginals.js";
import { factorTuning } from "../../src/figures/factor-tuning.js";
import { pointwiseRate } from "../../src/figures/pointwise-rate.js";
import { rateDistortionCurves } from "../../src/figures/rate-distortion-curves.js";
import { renderSvg } from "../../src/figures/render/svg.js";
import { filled } from "./examples/constructed.js";
import { examples as clouds } from "./examples/noise-clouds.js";
import { examples as curves } from "./examples/rate-distortion-curves.js";

describe("curves of rate and distortion", () => {
  it("are means over seeds with intervals in both directions, by rising rate", () => {
    const point = (rate: number) => ({ rateNats: [rate - 1, rate + 1], distortion: [10 / rate, 12 / rate] });
    const { table } = rateDistortionCurves(
      { methods: [{ name: "VAE", points: [point(9), point(3), point(6)] }] },
      { interval: "deviation" },
    );
    const half = Math.SQRT2;
    expect(table.rows.map((row) => row.slice(3, 6))).toEqual(
      [3, 6, 9].map((rate) => [rate, rate - half, rate + half]),
    );
    const [distortion, low, high] = table.rows[0].slice(6, 9) as number[];
    expect(distortion).toBeCloseTo(11 / 3, 12);
    expect(high - low).toBeCloseTo((2 * half) / 3, 12);
  });

  it("say which interval is drawn, and none where there is one seed", () => {
    const { withPictures, nineMethods, overBound } = curves;
    expect(withPictures.caption).toContain("bars: 95 % interval over 3 seeds");
    expect(nineMethods.caption).toContain("standard deviation");
    expect(overBound.caption).not.toMatch(/interval|deviation/);
  });

  it("name each line, the limit with its rate, and the sum on the thin line", async () => {
    const svg = await renderSvg(curves.withPictures);
    expect(svg).toContain(">minimum rate of Echo: 5.74 nats<");
    expect(svg).toContain(">−ELBO 88.8<");
    expect(svg).toContain(">VAE<");
    expect(svg).toContain(">about 26 nats<");
    expect(svg.match(/<image /g)).toHaveLength(2 * 3 * 6);
  });

  it("name lines of equal -ELBO within the plane, above the names of limits and beside none of a series", () => {
    const { spec } = rateDistortionCurves({
      methods: [
        {
          name: "Echo",
          lowRateLimitNats: 0.5,
          points: [
            { rateNats: [1], distortion: [10] },
            { rateNats: [9], distortion: [2] },
          ],
        },
      ],
      negativeElbosNats: [12, 6],
    });
    interface Names {
      readonly mark: { readonly align?: string };
      readonly data: { readonly values: readonly { readonly text?: string; readonly value: number }[] };
    }
    const named = (spec as unknown as { readonly layer: readonly Names[] }).layer.filter(({ data }) =>
      data.values[0]!.text?.startsWith("−ELBO"),
    );
    const [right, foot] = named;
    // One line ends at the right edge, which names of series stand beyond; the other at the foot, where that of the limit stands.
    expect(right!.mark.align).toBe("right");
    expect(foot!.mark.align).toBe("left");
    const axis = { from: 2 - 0.06 * 8, extent: 8 * 1.12 };
    expect(foot!.data.values[0]!.value).toBeCloseTo(axis.from + (13 / 320) * axis.extent, 10);
  });

  it("hold the bound in their table, lower and upper value", () => {
    const rows = curves.overBound.table.rows.filter(([, kind]) => kind === "bound");
    expect(rows).toHaveLength(30);
    const [, , , rate, , , , low, high] = rows[3] as number[];
    expect([rate, low, high]).toEqual([1, 0.97 * high, 0.095 * Math.exp(-0.5)]);
  });
});

describe("clouds of noise", () => {
  it("draw as many points as asked for, and keep all in the table", async () => {
    const svg = await renderSvg(clouds.pinwheel);
    expect(svg.match(/<circle |<path [^>]*A/g)!.length).toBeGreaterThanOrEqual(5 * 300);
    expect(clouds.pinwheel.table.rows).toHaveLength(5 * 400);
  });
});

describe("tuning to factors", () => {
  it("shows the dimensions in use by falling variance, and says how many are not", () => {
    const array = (extent: number) => filled([3, 1, extent], (d) => d);
    const figure = factorTuning({
      variances: [0.02, 0, 0.5],
      map: {
        rows: { name: "posY", values: [0, 1] },
        columns: { name: "posX", values: [0, 1] },
        means: filled([3, 2, 2], (d) => d),
      },
      curves: [
        { axis: { name: "scale", values: [0.5, 1] }, means: array(2) },
        { axis: { name: "orientation", values: [0, 90, 180, 270] }, means: array(4) },
      ],
      classes: ["heart"],
      names: ["a", "b", "c"],
    });
    expect([...new Set(figure.table.rows.map(([name]) => name))]).toEqual(["c", "a"]);
    expect(figure.caption).toContain("1 of 3 dimensions are not in use");
    const angles = figure.table.rows.filter((row) => row[3] === "orientation");
    expect(angles.map((row) => row[4])).toEqual([0, 90, 180, 270, 0, 90, 180, 270]);
  });
});

describe("marginals", () => {
  it("stand over the normal density of their own mean and deviation", () => {
    const values = Array.from({ length: 401 }, (_, k) => (k - 200) / 40);
    const density = values.map((value) => Math.exp(-((value - 0.5) ** 2) / 0.5) / Math.sqrt(0.5 * Math.PI));
    const { table } = codeMarginals({ marginals: [{ name: "z1", rateNats: 1, values, density }] });
    for (const row of table.rows) expect(row[5] as number).toBeCloseTo(row[4] as number, 6);
  });

  it("count the verdicts that were given", () => {
    const marginal = { rateNats: 1, values: [0, 1, 2], density: [0, 1, 0] };
    const figure = codeMarginals({
      marginals: [
        { ...marginal, name: "z1", normality: { rejected: true, detail: "A² = 9" } },
        { ...marginal, name: "z2", normality: { rejected: false } },
        { ...marginal, name: "z3" },
      ],
    });
    expect(figure.caption).toContain("rejects normality in 1 of 2 dimensions");
    expect(new Set(figure.table.rows.map((row) => row[2]))).toEqual(
      new Set(["not normal (A² = 9)", "normal", ""]),
    );
  });
});

describe("pointwise rates", () => {
  it("stand in the order of the log-likelihood, the least likely first", () => {
    const { table } = pointwiseRate({
      logLikelihoodNats: [-1, -9, -4],
      rateNats: [30, 10, 20],
      meanNorm: [3, 1, 2],
    });
    expect(table.rows).toEqual([
      [0, 1, -9, 10, 1],
      [1, 2, -4, 20, 2],
      [2, 0, -1, 30, 3],
    ]);
  });
});
