import { describe, expect, test } from "vitest";
import { compileProgram, type ProgramOutputs } from "../../src/onnx/compile.js";
import type { Device } from "../../src/onnx/devices.js";
import { MemoryPlan } from "../../src/onnx/direct/memory-plan.js";
import { openDirectly } from "../../src/onnx/direct/session.js";
import { nodeDevice } from "../../src/onnx/node.js";
import * as ops from "../../src/tensor/index.js";
import { type Shape, sizeOf, type Tensor } from "../../src/tensor/index.js";
import { defineOperation } from "../../src/tensor/operation.js";
import { Trainer } from "../../src/training/trainer.js";
import { evaluate, normals, parameter } from "../tensor/evaluate.js";
import { tinyConfiguration, tinyTraining } from "../training/tiny.js";

// What programs give without a runtime, held against ONNX Runtime on the processor.

const arraysFor = (outputs: ProgramOutputs) =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, { shape }]) => [name, new Float32Array(sizeOf(shape))]),
  );

/** Differences are measured against the largest number of an output, or 0.01. */
function expectSame(found: Float32Array, expected: Float32Array, what: string, tolerance = 1e-5): void {
  const scale = expected.reduce(
    (largest, x) => (Number.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest),
    0.01,
  );
  expected.forEach((value, i) => {
    if (!Number.isFinite(value)) expect(found[i], `${what} ${i}`).toBe(value);
    else if (Math.abs(found[i]! - value) > tolerance * scale)
      expect(found[i], `${what} ${i}`).toBeCloseTo(value, 9);
  });
}

async function expectSameProgram(
  build: (inputs: Tensor[]) => Tensor,
  shapes: readonly Shape[],
): Promise<void> {
  const inputs = shapes.map((shape, i) => parameter(`x${i}`, shape));
  const outputs = { y: build(inputs) };
  const values = new Map(inputs.map((one) => [one, normals(sizeOf(one.shape), `direct ${one.name}`)]));
  const program = compileProgram(outputs);
  const session = openDirectly(program)!;
  const feeds = Object.fromEntries(program.inputs.map((one) => [one.name!, values.get(one)!]));
  const expected = await evaluate(outputs, values);
  // A second run finds a memory in use.
  for (let run = 0; run < 2; run++) {
    const into = arraysFor(outputs);
    await session.run(feeds, into);
    expectSame(into.y!, expected.y, `run ${run}`);
  }
}

describe("products", () => {
  const SIZES = [
    [1, 1, 1],
    [1, 300, 9],
    [2, 3, 5],
    [3, 17, 8],
    [4, 16, 7],
    [5, 1100, 23],
    [16, 4, 100],
    [17, 6, 16],
    [33, 513, 40],
  ] as const;
  test.each(SIZES)("of %i x %i x %i, as it is and turned", async (rows, depth, columns) => {
    const [a, b, turnedA, turnedB] = [
      [rows, depth],
      [depth, columns],
      [depth, rows],
      [columns, depth],
    ];
    await expectSameProgram(([x, y]) => ops.matMul(x!, y!), [a!, b!]);
    await expectSameProgram(([x, y]) => ops.matMul(ops.transpose(x!), y!), [turnedA!, b!]);
    await expectSameProgram(([x, y]) => ops.matMul(x!, ops.transpose(y!)), [a!, turnedB!]);
    await expectSameProgram(
      ([x, y]) => ops.matMul(ops.transpose(x!), ops.transpose(y!)),
      [turnedA!, turnedB!],
    );
  });

  test("of batches that broadcast, and of batches turned inside out", async () => {
    await expectSameProgram(
      ([x, y]) => ops.matMul(x!, y!),
      [
        [3, 1, 2, 4, 6],
        [1, 5, 2, 6, 9],
      ],
    );
    await expectSameProgram(
      ([x, y]) => ops.matMul(x!, y!),
      [
        [7, 6],
        [2, 6, 20],
      ],
    );
    await expectSameProgram(
      ([x, y]) => ops.matMul(ops.transpose(x!, [1, 0, 2]), y!),
      [
        [5, 3, 6],
        [3, 6, 11],
      ],
    );
  });

  test("what is turned for a product and read elsewhere too is there", async () => {
    const build = ([x, y]: Tensor[]) => {
      const turned = ops.transpose(x!);
      return ops.add(ops.matMul(turned, y!), ops.sumOver(turned, [1]));
    };
    await expectSameProgram(build, [
      [6, 4],
      [6, 4],
    ]);
  });
});

describe("elementwise", () => {
  const SHAPES: readonly (readonly Shape[])[] = [
    [
      [3, 9],
      [3, 9],
    ],
    [[3, 9], [9]],
    [
      [3, 9],
      [3, 1],
    ],
    [[], [5]],
    [
      [2, 1, 3, 1],
      [4, 1, 7],
    ],
    [
      [41, 3],
      [1, 3],
    ],
  ];
  test.each(SHAPES)("arithmetic and choices of %j and %j", async (a, b) => {
    for (const operation of [ops.add, ops.subtract, ops.multiply, ops.divide])
      await expectSameProgram(([x, y]) => operation(x!, y!), [a, b]);
    await expectSameProgram(([x, y]) => ops.where(ops.greater(x!, y!), x!, ops.multiply(y!, 2)), [a, b]);
  });

  test("functions of one number, beyond a multiple of four of them", async () => {
    const { negate, abs, exp, sign, sigmoid, tanh, relu, softplus, logSoftmax } = ops;
    for (const operation of [negate, abs, exp, sign, sigmoid, tanh, relu, softplus, logSoftmax])
      await expectSameProgram(([x]) => operation(ops.multiply(x!, 3)), [[7, 9]]);
  });

  test("roots, logarithms, limits and slopes", async () => {
    await expectSameProgram(([x]) => ops.sqrt(ops.abs(x!)), [[5]]);
    await expectSameProgram(([x]) => ops.log(ops.abs(x!)), [[5]]);
    await expectSameProgram(([x]) => ops.clip(x!, -0.5, 0.25), [[5, 3]]);
    await expectSameProgram(([x]) => ops.leakyRelu(x!, 0.2), [[5, 3]]);
    await expectSameProgram(([x]) => ops.gradients(ops.mean(ops.leakyRelu(x!, 0.2)), [x!])[0]!, [[5, 3]]);
  });

  test("exponentials are right to the last digits over all that float32 holds, and beyond", async () => {
    const values = Float32Array.from({ length: 4001 }, (_, i) => -87.3 + (i * (88.7 + 87.3)) / 4000);
    const x = parameter("x", [values.length]);
    const outputs = { exp: ops.exp(x), sigmoid: ops.sigmoid(x) };
    const into = arraysFor(outputs);
    await openDirectly(compileProgram(outputs))!.run({ x: values }, into);
    const error = (found: Float32Array, of: (x: number) => number) =>
      found.reduce((largest, y, i) => Math.max(largest, Math.abs(y / of(values[i]!) - 1)), 0);
    expect(error(into.exp!, Math.exp)).toBeLessThan(2e-7);
    expect(error(into.sigmoid!, (number) => 1 / (1 + Math.exp(-number)))).toBeLessThan(3e-7);
    const ends = Float32Array.of(-1e30, -90, 0, 89, 1e30);
    await expectSameProgram(([one]) => ops.exp(ops.multiply(one!, 100)), [[40]]);
    const y = parameter("y", [5]);
    const atEnds = arraysFor({ exp: ops.exp(y) });
    await openDirectly(compileProgram({ exp: ops.exp(y) }))!.run({ y: ends }, atEnds);
    expect([...atEnds.exp!]).toEqual([0, 0, 1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  test("numbers that are not finite stay so", async () => {
    const x = parameter("x", [6]);
    const outputs = {
      clip: ops.clip(x, -1, 1),
      leaky: ops.leakyRelu(x, 0.1),
      sum: ops.logSumExp(x),
      exp: ops.exp(x),
    };
    const values = Float32Array.of(Number.NaN, 1, 0, Number.POSITIVE_INFINITY, -2, Number.NEGATIVE_INFINITY);
    const into = arraysFor(outputs);
    await openDirectly(compileProgram(outputs))!.run({ x: values }, into);
    expect([...into.clip!]).toEqual([Number.NaN, 1, 0, 1, -1, -1]);
    expect(into.leaky![0]).toBeNaN();
    expect(into.sum![0]).toBeNaN();
    expect(into.exp![5]).toBe(0);
  });
});

test.each<[string, (x: Tensor) => Tensor]>([
  ["sums over the first axis", (x) => ops.sumOver(x, [0])],
  ["sums over the middle axis", (x) => ops.sumOver(x, [1])],
  ["sums over the last axis", (x) => ops.sumOver(x, [2])],
  ["sums over the outer axes", (x) => ops.sumOver(x, [0, 2])],
  ["sums of all", (x) => ops.sumOver(x, [0, 1, 2])],
  ["sums of exponentials", (x) => ops.logSumExp(x)],
  ["axes in another order", (x) => ops.transpose(x, [2, 0, 1])],
  ["the outer axes exchanged", (x) => ops.transpose(x, [1, 0, 2])],
  ["parts laid together", (x) => ops.concat([ops.slice(x, 1, 1, 3), x, ops.slice(x, 1, 0, 1)], 1)],
  ["zeros around", (x) => ops.pad(ops.pad(x, 1, 2, 1), 2, 0, 3)],
  ["stretched", (x) => ops.expand(ops.slice(x, 0, 0, 1), [5, 4, 19])],
  ["picked", (x) => ops.gather(x, 1, { shape: [2, 3], positions: Int32Array.of(3, -1, 0, 2, 2, 1) })],
])("%s", (_, build) => expectSameProgram(([x]) => build(x!), [[3, 4, 19]]));

test("what is asked for may be an input, a constant, or the same as something else", async () => {
  const x = parameter("x", [2, 3]);
  const outputs = {
    same: ops.reshape(x, [6]),
    twice: ops.exp(x),
    again: ops.exp(x),
    fixed: ops.exp(ops.constant(2, [3])),
  };
  const into = arraysFor(outputs);
  await openDirectly(compileProgram(outputs))!.run({ x: Float32Array.of(1, 2, 3, 4, 5, 6) }, into);
  expect([...into.same!]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(into.twice).toEqual(into.again);
  expect(into.fixed![2]).toBeCloseTo(Math.exp(2), 5);
});

test("an array that does not fit is named, and an operation that is not known is left to a runtime", async () => {
  const x = parameter("x", [2]);
  const session = openDirectly(compileProgram({ y: ops.exp(x) }))!;
  const y = new Float32Array(2);
  await expect(session.run({}, { y })).rejects.toThrow("no numbers were given for x");
  await expect(session.run({ x: y }, { y: new Float32Array(3) })).rejects.toThrow(
    "y of [2] needs 2 numbers, got 3",
  );
  const cosine = defineOperation<undefined>({
    name: "cos",
    shape: ([one]) => one!.shape,
    onnx: () => ({ type: "Cos" }),
  });
  expect(openDirectly(compileProgram({ y: cosine([x], undefined) }))).toBeUndefined();
});

test("memory that is given back is taken again, in one piece where pieces are neighbours", () => {
  const plan = new MemoryPlan();
  const [a, b, c] = [plan.take(100), plan.take(50), plan.take(10)];
  plan.release(a!, 100);
  plan.release(b!, 50);
  const { size } = plan;
  expect(plan.take(150)).toBe(a);
  expect(plan.size).toBe(size);
  // What is left of that piece.
  expect(plan.take(1)).toBeLessThan(c!);
});

/** Of gradients through layers of minimal filtering and batch normalisation, each of which makes roundings larger (docs/convolution.md). */
const ROUNDING = 5e-4;

/** Runs every program both ways, on the same numbers, and goes on with those of ONNX Runtime. */
async function comparing(): Promise<Device> {
  const device = await nodeDevice("cpu", 1);
  return {
    ...device,
    async open(program) {
      const session = await device.open(program);
      const direct = openDirectly(program)!;
      return {
        ...session,
        async run(feeds, into) {
          const found = arraysFor(program.outputs);
          await direct.run(feeds, found);
          const kept = await session.run(feeds, into);
          for (const name of Object.keys(program.outputs))
            expectSame(found[name]!, into[name]!, name, ROUNDING);
          return kept;
        },
      };
    },
  };
}

/** A step is an array of rows of the training images. */
async function train(
  changes: { [key: string]: unknown },
  steps: number,
  device?: Device,
): Promise<Float32Array> {
  const configuration = tinyConfiguration(changes);
  const { experiment, trainer: own, device: processor } = await tinyTraining(configuration);
  await own.release();
  const { seed, optimizer } = configuration;
  const trainer = new Trainer(experiment.model, device ?? processor, { seed, optimizer });
  const { train: table } = experiment.split;
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const rows = Uint32Array.from({ length: 32 }, (_, i) => (step * 32 + i) % table.count);
    const progress = { step, epoch: 0, totalSteps: 100, totalEpochs: 1, evaluations: 0 };
    losses.push((await trainer.step(table, rows, progress)).loss);
  }
  await trainer.release();
  return Float32Array.from(losses);
}

describe("steps of models of every kind of part give the numbers of ONNX Runtime", () => {
  const { model } = tinyConfiguration();
  const layers = [
    { channels: 12, kernel: 3, stride: 1, padding: 1 },
    { channels: 5, kernel: 4, stride: 2, padding: 1 },
  ];
  const convolutional = { type: "convolutional", layers };
  const normalised = { ...convolutional, normalise: "batch" };
  const price = { type: "beta", beta: 0.5 };
  const bernoulli = { type: "bernoulli" };
  const flow = { type: "iaf", dimensions: 3, flow: { hidden: [9] } };
  test.each<[string, object]>([
    ["convolutions by minimal filtering", { encoder: convolutional, decoder: convolutional }],
    [
      "batch normalisation, Bernoulli pixels",
      { encoder: normalised, likelihood: bernoulli, objective: price },
    ],
    ["Echo", { channel: { type: "echo", dimensions: 3, terms: 9 }, likelihood: bernoulli, objective: price }],
    [
      "an autoregressive flow, MAF, MMD",
      {
        channel: flow,
        marginal: { type: "maf", hidden: [9] },
        objective: price,
        regularizers: [{ type: "mmd", weight: 9 }],
      },
    ],
    [
      "VampPrior, total correlation",
      {
        marginal: { type: "vamp", pseudoInputs: 7 },
        objective: price,
        regularizers: [{ type: "total-correlation", weight: 3, hidden: [9] }],
      },
    ],
    [
      "heads",
      {
        heads: [
          { name: "left", task: "E2M1", network: { type: "hidden", units: 6, slope: 0.2, dropout: 0.25 } },
        ],
      },
    ],
  ])("%s", async (_, changes) => {
    await train({ model: { ...model, ...changes } }, 2, await comparing());
  });
});

test("a training without a runtime has the losses of one with it", async () => {
  const device = await nodeDevice("cpu", 1);
  const direct = await train({}, 20, { ...device, open: async (program) => openDirectly(program)! });
  expect(new Set(direct).size).toBe(20);
  expectSame(direct, await train({}, 20, device), "loss");
});
