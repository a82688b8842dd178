import type { Section } from "../../../report/report.js";
import { decimals, NOTHING, type Row } from "../../../reproduction/tables/cells.js";
import type { EchoResults } from "../results.js";

/** Every run by itself, as it stands: what failed says why. */
export function runsSection({ images, sprites }: EchoResults): Section {
  const number = (value: number | undefined) => (value === undefined ? NOTHING : decimals(value, 3));
  return {
    kind: "table",
    heading: "All runs",
    columns: [
      { title: "Model" },
      { title: "beta", align: "end" },
      { title: "gamma", align: "end" },
      { title: "Seed", align: "end" },
      { title: "Rate", align: "end" },
      { title: "Distortion", align: "end" },
      { title: "FactorVAE", align: "end" },
      { title: "MIG", align: "end" },
      { title: "Run" },
      { title: "State" },
    ],
    rows: [
      ...images.map(
        ({ method, data, beta, seed, measures, run, status, reason }): Row => [
          `${method}, ${data}`,
          beta,
          NOTHING,
          seed,
          number(measures?.rateNats),
          number(measures?.distortion),
          NOTHING,
          NOTHING,
          run ?? NOTHING,
          reason ?? status,
        ],
      ),
      ...sprites.map(
        ({ channel, factors, beta, gamma, seed, measures, run, status, reason }): Row => [
          `${channel}, ${factors} factors`,
          beta,
          gamma,
          seed,
          NOTHING,
          NOTHING,
          number(measures?.mean.factorVae),
          number(measures?.mean.mig),
          run ?? NOTHING,
          reason ?? status,
        ],
      ),
    ],
    caption: "Every run, on the test images or the whole grid of factors.",
    folded: true,
  };
}
