import { principalComponents } from "../../../geometry/index.js";
import { whole } from "../../../settings/index.js";
import { numberText } from "../../format.js";
import { right, tableLines } from "../../table.js";
import { codeMeasure } from "./code-measure.js";
import { nested } from "./plain.js";

export default codeMeasure({
  definition: "G9",
  units: "squared units of the codes (variance), share (ratio)",
  writes: "the scores: the codes along the components, one row per sample",
  settings: {
    components: whole({
      about: "number of components",
      minimum: 1,
      defaultText: "2, or all where there are fewer",
    }),
  },
  details: `
Principal component analysis. Variances are divided by samples - 1; each component's entry of largest magnitude is positive
(rule G9 of docs/definitions/geometry.md).`,
  examples: [
    "narrows measure pca --codes Z.npy --components 5",
    "narrows measure pca --codes run.npz:mu --components 2 --out projected.csv --json",
    "narrows measure pca my-vae --split test",
  ],
  measure(codes, { components }) {
    const points = codes.points();
    const result = principalComponents(points, components ?? Math.min(2, points.count, points.dimension));
    const { mean, explainedVariance, explainedVarianceRatio, projection } = result;
    const rows = Array.from(explainedVariance, (variance, c) => [
      String(c),
      numberText(variance),
      `${(100 * explainedVarianceRatio[c]!).toFixed(2)} %`,
    ]);
    return {
      json: {
        mean: Array.from(mean),
        components: nested(result.components),
        explainedVariance: Array.from(explainedVariance),
        explainedVarianceRatio: Array.from(explainedVarianceRatio),
      },
      text: tableLines(["component", "variance", "share"].map(right), rows),
      array: projection,
    };
  },
});
