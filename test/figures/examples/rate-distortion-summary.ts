import { rateDistortionSummary } from "../../../src/figures/rate-distortion-summary.js";

const capacities = [0.3, 1, 3, 6, 10];
const curve = (series: string, lift: number) =>
  capacities.map((capacityNats) => {
    const mean = 0.052 + 0.1 * Math.exp(-capacityNats / 3) + lift;
    return { series, capacityNats, distortion: [mean - 0.003, mean + 0.001, mean + 0.002] };
  });

const withPublished = rateDistortionSummary({
  points: [...curve("Baseline", 0), ...curve("E1M1", 0.008)],
  published: capacities.map((capacityNats) => ({
    series: "Baseline",
    capacityNats,
    distortion: 0.05 + 0.1 * Math.exp(-capacityNats / 3.2),
  })),
  levels: [
    { label: "positions known", distortion: 0.05465 },
    { label: "nothing known", distortion: 0.1553 },
  ],
});

const twoPoints = rateDistortionSummary(
  {
    points: [
      { series: "Baseline", capacityNats: 0.3, distortion: [0.1449], label: "C = 0.3" },
      { series: "Baseline", capacityNats: 10, distortion: [0.0533], label: "C = 10" },
    ],
  },
  { log: true },
);

export const examples = { withPublished, twoPoints };
