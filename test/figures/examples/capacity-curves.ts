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
  oneCapacity: capacityCurves({ series: [{ name: "E2M1", points: [{ capacityNats: 3, values: [0.9] }] }] }),
};

export const differences = {
  threeSeries: capacityDifferences({ series }, { quantity: "MSE per pixel", tolerance: 0.008 }),
};
