import { expect, test } from "vitest";
import { adam, adamStepNumbers } from "../../src/nn/adam.js";
import { AdamMemory } from "../../src/nn/adam-memory.js";
import { input } from "../../src/tensor/tensor.js";
import { evaluate, normals, parameter } from "../tensor/evaluate.js";

test.each([
  ["", { weightDecay: 0, decoupledWeightDecay: false }],
  ["with weight decay", { weightDecay: 0.01, decoupledWeightDecay: false }],
  ["with decoupled weight decay", { weightDecay: 0.01, decoupledWeightDecay: true }],
])("a step %s has the very numbers of the graph of operations", async (_, decay) => {
  const settings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...decay };
  // Not a multiple of four, and a range within the vectors.
  const length = 1031;
  const range = { start: 5, end: 1024 };
  const count = range.end - range.start;
  const memory = new AdamMemory(length);
  const [from, to] = memory.states;
  from.parameters.set(normals(length, "parameters"));
  from.gradientSum.set(normals(length, "sums"));
  from.squareSum.set(normals(length, "squares").map((x) => x * x));
  memory.gradient.set(normals(length, "gradient"));
  to.parameters.fill(7);
  const numbers = adamStepNumbers(3, 1e-3, settings);

  const vectors = ["parameters", "gradientSum", "squareSum"] as const;
  const [parameters, gradientSum, squareSum] = vectors.map((name) => parameter(name, [count]));
  const gradient = parameter("gradient", [count]);
  const scalars = ["stepSize", "epsilon", "shrink"].map((name) => input(name, [], { kind: "scalar" }));
  const [stepSize, epsilon, shrink] = scalars;
  const graph = adam(
    parameters!,
    gradient,
    { gradientSum: gradientSum!, squareSum: squareSum! },
    { stepSize: stepSize!, epsilon: epsilon!, shrink: shrink! },
    settings,
  );
  const part = (vector: Float32Array) => vector.slice(range.start, range.end);
  const expected = await evaluate(
    Object.fromEntries(vectors.map((name) => [`${name}.next`, graph[name]])),
    new Map([
      [parameters!, part(from.parameters)],
      [gradientSum!, part(from.gradientSum)],
      [squareSum!, part(from.squareSum)],
      [gradient, part(memory.gradient)],
      [stepSize!, Float32Array.of(numbers.stepSize)],
      [epsilon!, Float32Array.of(numbers.epsilon)],
      [shrink!, Float32Array.of(numbers.shrink)],
    ]),
  );
  memory.step(from, to, range, numbers, settings);
  for (const name of vectors) expect(part(to[name])).toEqual(expected[`${name}.next`]);
  expect([to.parameters[4], to.parameters[1024]]).toEqual([7, 7]);
});
