/** Trainings of constructed methods: what they lose falls as a power of the steps towards what was published. */
import { overSteps } from "../../../src/figures/over-steps.js";
import { scatter } from "./constructed.js";

const STEPS = [500, 1000, 2000, 5000, 10_000];
const PUBLISHED_STEPS = 100_000;
const lossAt = (least: number, steps: number) => least * (1 + 8 / steps ** 0.5);

export const examples = {
  methods: overSteps(
    {
      curves: [
        { name: "Echo", least: 88.8, seeds: 2 },
        { name: "VAE", least: 89.8, seeds: 2 },
        { name: "IAF-Prior", least: 90, seeds: 1 },
      ].map(({ name, least, seeds }, k) => ({
        name,
        points: STEPS.map((x) => ({
          x,
          values: Array.from(
            { length: seeds },
            (_, seed) => lossAt(least + 2 * k, x) + 3 * scatter(x + seed),
          ),
        })),
        published: [STEPS.at(-1)!, PUBLISHED_STEPS].map((x) => ({ x, value: least })),
      })),
    },
    { quantity: "-ELBO (nats)", legendTitle: "method", column: "negativeElboNats" },
  ),
};
