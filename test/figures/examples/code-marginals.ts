import { codeMarginals } from "../../../src/figures/code-marginals.js";

const values = Array.from({ length: 81 }, (_, k) => (k - 40) / 20);
const bell = (value: number, centre: number, width: number) =>
  Math.exp(-((value - centre) ** 2) / (2 * width ** 2)) / (width * Math.sqrt(2 * Math.PI));

/** A normal density, one of two humps, a narrow one, and one that nobody tested. */
const fourDimensions = codeMarginals(
  {
    marginals: [
      {
        name: "z7",
        rateNats: 2.41,
        values,
        density: values.map((value) => bell(value, 0.2, 0.5)),
        normality: { rejected: false, detail: "A² = 0.41" },
      },
      {
        name: "z1",
        rateNats: 1.9,
        values,
        density: values.map((value) => (bell(value, -0.7, 0.3) + bell(value, 0.7, 0.3)) / 2),
        normality: { rejected: true, detail: "A² = 5.2" },
      },
      {
        name: "z12",
        rateNats: 0.18,
        values,
        density: values.map((value) => bell(value, 0, 0.15)),
        normality: { rejected: false },
      },
      { name: "z3", rateNats: 0.18, values, density: values.map((value) => bell(value, -0.1, 0.3)) },
    ],
  },
  { columns: 4 },
);

export const examples = { fourDimensions };
