import { capacityCurves } from "../../../src/figures/capacity-curves.js";
import { capacityDifferences } from "../../../src/figures/capacity-differences.js";

const capacities = [0.3, 1, 3, 6, 10];
const series = ["Baseline", "E1M1", "E2M4"].map((name, k) => ({
  name,
  points: capacities.map((capacityNats) => {
    const mean = 0.052 + 0.1 * Math.exp(-capacityNats / 3) + 0.006 * k;
    return {
      capacityNats,
      values: k === 2 && capacityNats === 6 ? [] : [mean - 0.004, mean + 0.002, mean + 0.003],
      ...(capacityNats === 1 ? {} : { published: 0.05 + 0.1 * Math.exp(-capacityNats / 3.2) + 0.006 * k }),
    };
  }),
}));

export const curves = {
  apart: capacityCurves({ series }, { quantity: "MSE per pixel", columns: 2, reference: "Baseline" }),
  together: capacityCurves({ series }, { quantity: "F1", domain: [0, 1] }),
  withPublished: capacityCurves(
    {
      series: series.slice(0, 2).map((one, k) => ({
        ...one,
        points: one.points.map(({ published: _, ...point }) =>
          k === 1 ? point : { ...point, published: 0.05 + 0.1 * Math.exp(-point.capacityNats / 3.2) },
        ),
      })),
      levels: [
        { name: "positions known", value: 0.05465 },
        { name: "nothing known", value: 0.1553 },
      ],
    },
    { quantity: "distortion (MSE per pixel)" },
  ),
  range: capacityCurves(
    { series: series.slice(0, 1) },
    { quantity: "distortion (MSE per pixel)", interval: "range", log: true },
  ),
  fromZero: capacityCurves({
    series: [
      {
        name: "run",
        points: [0, 2, 10].map((capacityNats) => ({ capacityNats, values: [1 / (1 + capacityNats)] })),
      },
    ],
  }),
  oneCapacity: capacityCurves({ series: [{ name: "E2M1", points: [{ capacityNats: 3, values: [0.9] }] }] }),
};

export const differences = {
  threeSeries: capacityDifferences({ series }, { quantity: "MSE per pixel", tolerance: 0.008 }),
};
