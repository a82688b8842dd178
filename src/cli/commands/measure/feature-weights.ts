import { fitFeatureWeights } from "../../../geometry/index.js";
import { number, text, whole } from "../../../settings/index.js";
import { defineCommand } from "../../command/define.js";
import { csv } from "../../command/groups.js";
import { grouped, numberText } from "../../format.js";
import { right, tableLines } from "../../table.js";
import { readPoints } from "./codes.js";

export default defineCommand({
  settings: {
    codes: text({
      about: "columns that are weighted, such as units of a code; one row per sample",
      placeholder: "array",
      required: true,
      was: ["a"],
    }),
    reference: text({
      about: "the space that is predicted, for the same samples",
      placeholder: "array",
      required: true,
      was: ["b"],
    }),
    steps: whole({ about: "steps of gradient descent", minimum: 1, default: 100 }),
    l1: number({ about: "L1 penalty on the weights: more leaves more columns out", minimum: 0, default: 0 }),
    rows: whole({
      about: "number of samples whose neighbours are predicted, drawn at random",
      minimum: 1,
      defaultText: "1000, or all where there are fewer",
    }),
    seed: whole({ about: "seed of the random draw", minimum: 0, default: 0 }),
    ...csv,
  },
  details: `
Differentiable information imbalance, for feature selection (rules J9 to J11 of docs/definitions/information-imbalance.md).
Importance is weight times standard deviation, the largest being 1. The descent starts from equal importances and may end
elsewhere from another start; relative weights among columns that matter are known roughly only.`,
  examples: [
    "narrows measure feature-weights --codes Z.npy --reference X.npy",
    "narrows measure feature-weights --codes Z.npy --reference X.npy --l1 0.001 --rows 500 --json",
  ],
  async run({ codes, reference, steps, l1, rows, seed, ...flags }) {
    const found = fitFeatureWeights(readPoints(codes, flags), readPoints(reference, flags), {
      steps,
      seed,
      l1,
      ...(rows !== undefined && { rows }),
    });
    const { importance, weights, imbalance, startImbalance, lambda } = found;
    const order = Array.from(importance.keys()).sort((x, y) => importance[y]! - importance[x]!);
    const cells = order.map((column) => [
      String(column),
      numberText(importance[column]!),
      numberText(weights[column]!),
    ]);
    return {
      json: {
        definition: "J11",
        units: "weights multiply the columns; importance and imbalances are ratios",
        codes,
        reference,
        weights: Array.from(weights),
        importance: Array.from(importance),
        imbalance,
        startImbalance,
        lambda,
        rows: found.rows,
        steps,
        l1,
        seed,
      },
      text: [
        `imbalance ${numberText(imbalance)} with these weights, ${numberText(startImbalance)} with equal importances (${grouped(found.rows)} rows)`,
        "",
        ...tableLines(["column", "importance", "weight"].map(right), cells),
      ],
    };
  },
});
