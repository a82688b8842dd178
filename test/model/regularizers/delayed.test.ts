import { expect, it } from "vitest";
import { createModel } from "../../../src/model/model.js";
import { modelSchema } from "../../../src/model/schema.js";
import { Scope } from "../../../src/nn/scope.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { sizeOf } from "../../../src/tensor/shape.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import { firstValues } from "../../nn/first-values.js";
import { evaluate } from "../../tensor/evaluate.js";

/** Loss and its parts of a batch of noise, at a share of the price of what is asked of the code. */
async function partsAt(warmth: number) {
  const settings = modelSchema.parse({
    encoder: { type: "dense" },
    channel: { type: "gaussian", dimensions: 3 },
    decoder: { type: "dense" },
    likelihood: { type: "bernoulli" },
    objective: { type: "beta", beta: 2, delay: 10, warmup: 10 },
    regularizers: [{ type: "mmd", weight: 999 }],
  });
  const scope = new Scope();
  const { metrics } = createModel(settings, [4, 4, 1]).run(
    scope,
    scope.batch("images", [20, 4, 4, 1]),
    "training",
  );
  const given = [...scope.requests.others].map(([name, tensor]): [Tensor, Float32Array] => {
    const numbers = new Float32Array(sizeOf(tensor.shape));
    if (name === "objective.warmth") numbers.fill(warmth);
    else new PhiloxStream(0, name).fillUniform(numbers);
    return [tensor, numbers];
  });
  const values = new Map([...given, ...firstValues(scope)]);
  const { loss, distortion, rateNats, penalty } = metrics;
  const found = await evaluate(
    { loss, distortion: distortion!, rateNats: rateNats!, penalty: penalty! },
    values,
  );
  return Object.fromEntries(Object.entries(found).map(([name, [value]]) => [name, value!]));
}

it("during a delay neither the rate nor a regularizer costs anything, and later both their share", async () => {
  const [free, half] = [await partsAt(0), await partsAt(0.5)];
  expect(free.penalty).toBeGreaterThan(1);
  expect(free.loss).toBeCloseTo(free.distortion!, 4);
  expect(half.loss).toBeCloseTo(half.distortion! + 0.5 * (2 * half.rateNats! + half.penalty!), 3);
});
