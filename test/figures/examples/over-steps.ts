/** Trainings of constructed methods: what they lose falls as a power of the steps towards what was published. */
import { overSteps } from "../../../src/figures/over-steps.js";
import { scatter } from "./constructed.js";

const STEPS = [500, 1000, 2000, 5000, 10_000];
const PUBLISHED_STEPS = 100_000;
const lossAt = (published: number, steps: number) => published * (1 + 8 / steps ** 0.5);

export const examples = {
  methods: overSteps(
    {
      curves: [
        { name: "Echo", published: 88.8, seeds: 2 },
        { name: "VAE", published: 89.8, seeds: 2 },
        { name: "IAF-Prior", published: 90, seeds: 1 },
      ].map(({ name, published: value, seeds }, k) => ({
        name,
        points: STEPS.map((x) => ({
          x,
          values: Array.from(
            { length: seeds },
            (_, seed) => lossAt(value + 2 * k, x) + 3 * scatter(x + seed),
          ),
        })),
        published: [STEPS.at(-1)!, PUBLISHED_STEPS].map((x) => ({ x, value })),
      })),
    },
    { quantity: "-ELBO (nats)", legendTitle: "method", column: "negativeElboNats" },
  ),
};
