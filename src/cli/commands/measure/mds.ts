import { metricMds } from "../../../geometry/index.js";
import { PhiloxStream } from "../../../random/stream.js";
import { whole } from "../../../settings/index.js";
import { numberText } from "../../format.js";
import { warn } from "../../output.js";
import { left, right, tableLines } from "../../table.js";
import { codeMeasure } from "./code-measure.js";
import { nested } from "./plain.js";

/** Names the stream of random starts: part of the result, never to be renamed. */
const STREAM = "measure mds";

export default codeMeasure({
  definition: "G8",
  units: "squared units of the codes (stress), share (stress1)",
  writes: "the map, one row per sample",
  settings: {
    dimensions: whole({ about: "dimensions of the map", minimum: 1, default: 2 }),
    starts: whole({ about: "random starts, in addition to the classical solution", minimum: 0, default: 4 }),
  },
  details: `
Metric multidimensional scaling by SMACOF, from the classical solution and from random starts; the map with the lowest raw
stress is kept (rules G7 and G8 of docs/definitions/geometry.md). All pairs of samples are compared: draw some of many with
--rows. In JSON the map is "embedding", unless --out writes it.`,
  examples: [
    "narrows measure mds --codes Z.npy --seed 0 --out map.npy",
    "narrows measure mds --codes run.npz:mu --dimensions 3 --json",
    "narrows measure mds my-vae --split test --rows 1000 --out map.csv",
  ],
  measure(codes, { dimensions, starts: randomStarts, seed, out }) {
    const stream = new PhiloxStream(seed, STREAM);
    const uniform = (count: number) => stream.fillUniform(new Float64Array(count));
    const { embedding, stress, stress1, starts } = metricMds(codes.points(), uniform, {
      dimensions,
      randomStarts,
    });
    for (const { start, converged, iterations } of starts) {
      if (!converged) warn(`the ${start} start had not converged after ${iterations} iterations`);
    }
    const rows = starts.map(({ start, stress: reached, iterations }) => [
      start,
      numberText(reached),
      String(iterations),
    ]);
    return {
      json: { stress, stress1, starts, ...(out === undefined && { embedding: nested(embedding) }) },
      text: [
        `raw stress ${numberText(stress)}, stress-1 ${numberText(stress1)} (0 is a perfect map)`,
        "",
        ...tableLines([left("start"), right("raw stress"), right("iterations")], rows),
      ],
      array: embedding,
    };
  },
});
