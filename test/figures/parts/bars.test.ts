import { describe, expect, it, test } from "vitest";
import { capacityCurves } from "../../../src/figures/capacity-curves.js";
import { capacityDifferences } from "../../../src/figures/capacity-differences.js";
import type { FigureSpec } from "../../../src/figures/figure.js";
import { informationPlane } from "../../../src/figures/information-plane.js";
import { overEpochs } from "../../../src/figures/over-epochs.js";
import { overSteps } from "../../../src/figures/over-steps.js";
import { domainOf } from "../../../src/figures/parts/plane.js";
import { rateDistortionCurves } from "../../../src/figures/rate-distortion-curves.js";
import { relativeImbalance } from "../../../src/figures/relative-imbalance.js";

/** Two seeds that lie far apart beside means that do not: the interval is many times as wide as the means. */
const WIDE = [0.3, 0.5];
const ALSO = [0.31, 0.5];

interface Drawn {
  readonly encoding: Record<"x" | "y", { readonly scale: { readonly domain: readonly [number, number] } }>;
  readonly layer: readonly { readonly mark: { readonly shape?: string } }[];
}

/** The first plane of a figure: where its axes end, and the arrows of bars that are cut. */
function planeOf({ spec }: FigureSpec) {
  const { encoding, layer } = spec as unknown as Drawn;
  const arrows = layer.flatMap(({ mark }) => (mark.shape?.startsWith("triangle-") ? [mark.shape] : []));
  return { across: encoding.x.scale.domain, upwards: encoding.y.scale.domain, arrows };
}

const capacities = {
  series: [
    {
      name: "runs",
      points: [
        { capacityNats: 1, values: WIDE, published: 0.4 },
        { capacityNats: 3, values: ALSO, published: 0.4 },
      ],
    },
  ],
};
const curves = [
  {
    name: "runs",
    points: [
      { x: 1, values: WIDE },
      { x: 2, values: ALSO },
    ],
  },
];
const methods = [
  {
    name: "method",
    points: [
      { rateNats: WIDE, distortion: WIDE },
      { rateNats: ALSO, distortion: ALSO },
    ],
  },
];

describe("an axis holds the intervals of what it shows", () => {
  const half = (12.706 * 0.2) / 2;
  it.each([
    ["capacity-curves", capacityCurves(capacities), 0.4],
    ["capacity-differences", capacityDifferences(capacities), 0],
    ["over-epochs", overEpochs({ curves }), 0.4],
    ["rate-distortion-curves", rateDistortionCurves({ methods }), 0.4],
    [
      "relative-imbalance",
      relativeImbalance({ layers: ["a", "b", "c"], profiles: [{ name: "p", values: [WIDE, ALSO] }] }),
      0.4,
    ],
  ])("%s", (_, figure, mean) => {
    const { upwards, arrows } = planeOf(figure);
    expect(upwards[0]).toBeLessThan(mean - half);
    expect(upwards[1]).toBeGreaterThan(mean + half);
    expect(arrows).toEqual([]);
  });

  it("to the right too", () => {
    const { across } = planeOf(rateDistortionCurves({ methods }));
    expect(across[0]).toBeLessThan(0.4 - half);
    expect(across[1]).toBeGreaterThan(0.4 + half);
  });
});

describe("a bar that an axis cannot hold ends in an arrow", () => {
  it("where a logarithmic axis would have to reach 0", () => {
    expect(domainOf({ bars: [[10, -3, 23]], log: true })).toEqual([0.8, 28.75]);
    expect(domainOf({ bars: [[10, 5, 16]], log: true })).toEqual([4, 20]);
    const { upwards, arrows } = planeOf(overSteps({ curves }));
    expect(upwards[0]).toBeGreaterThan(0);
    expect(upwards[1]).toBeGreaterThan(1.6);
    expect(arrows).toEqual(["triangle-down"]);
  });

  it("where the quantity cannot lie beyond, and where its caller says where the axis ends", () => {
    const plane = informationPlane({ series: [{ name: "a", points: [{ aToB: WIDE, bToA: ALSO }] }] });
    expect(planeOf(plane).arrows).toEqual(["triangle-down", "triangle-left"]);
    expect(planeOf(plane).upwards[1]).toBeGreaterThan(1.6);
    expect(planeOf(capacityCurves(capacities, { domain: [0, 1] })).arrows).toEqual([
      "triangle-down",
      "triangle-up",
    ]);
  });
});

test("bars that an axis holds change nothing of where it ends", () => {
  expect(domainOf({ bars: [[1, 0.9, 1.1]], values: [0, 2] }, false)).toEqual([-0.12, 2.12]);
});
