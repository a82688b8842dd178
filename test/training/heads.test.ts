import { afterAll, describe, expect, test } from "vitest";
import type { Evaluation } from "../../src/training/evaluate.js";
import { prepareExperiment } from "../../src/training/experiment.js";
import { type TrainingLine, trainLoop } from "../../src/training/loop.js";
import type { Trainer } from "../../src/training/trainer.js";
import { TINY, tinyConfiguration, tinyTraining } from "./tiny.js";

const trainers: Trainer[] = [];
afterAll(async () => {
  for (const trainer of trainers) await trainer.release();
});

const withHeads = (...heads: object[]) => tinyConfiguration({ model: { ...TINY.model, heads } });

async function train(configuration: ReturnType<typeof tinyConfiguration>) {
  const { experiment, device, settings, trainer } = await tinyTraining(configuration);
  trainers.push(trainer);
  const lines: TrainingLine[] = [];
  const evaluations: Evaluation[] = [];
  await trainLoop(trainer, experiment.split, settings, device, {
    onLog: (line) => lines.push(line),
    onEvaluation: (evaluation) => evaluations.push(evaluation),
  });
  return { trainer, lines, last: evaluations.at(-1)! };
}

describe("heads in the training", () => {
  test("any number learn at once beside the reconstruction, each with its own loss and scores", async () => {
    const quick = {
      data: { corridors: { samples: 2000 } },
      training: { epochs: 30, batchSize: 32, evaluateEverySteps: 100_000 },
      optimizer: { learningRate: 5e-3, schedule: { type: "constant" } },
    };
    const heads = [
      { name: "below", task: "E2M1" },
      { name: "far", task: "xU < 6 or xL >= 6", network: { type: "linear" } },
      { name: "place", task: "E2M4", network: { type: "hidden", units: 32, dropout: 0.1 } },
    ];
    const objective = { type: "beta", beta: 0.001 };
    const configuration = tinyConfiguration({ ...quick, model: { ...TINY.model, objective, heads } });
    const { last, lines } = await train(configuration);
    expect(Object.keys(last.tasks)).toEqual(["below", "far", "place"]);
    // 150 validation images. A guess has F1 0.70 on the first, costs 0.56 nats on the second and log 25 on the third.
    expect(last.tasks.below!.f1).toBeGreaterThan(0.85);
    expect(last.headLosses.far).toBeLessThan(0.45);
    expect(last.headLosses.place).toBeLessThan(Math.log(25) - 1);
    expect(lines[0]!.headLosses.place).toBeGreaterThan(last.headLosses.place!);
  });

  test("the whole loss is the traded one plus factor times weight times each head's (step 1)", async () => {
    const weight = { type: "immediate", warmup: 100, quarteredUntil: 0 };
    const { lines } = await train(
      withHeads({ name: "below", task: "E2M1", factor: 10, weight, network: { type: "linear" } }),
    );
    const alone = await train(tinyConfiguration());
    const [first, plain] = [lines[0]!, alone.lines[0]!];
    // The first line holds steps 1 to 5, where the weight is n / 100; head and reconstruction hardly move yet.
    expect(first.loss - plain.loss).toBeCloseTo(10 * 0.03 * first.headLosses.below!, 2);
  });

  test("same seed, same numbers, dropout included", async () => {
    const heads = [{ name: "place", task: "E2M4", network: { type: "hidden", units: 8, dropout: 0.5 } }];
    const [a, b] = [await train(withHeads(...heads)), await train(withHeads(...heads))];
    expect(a.lines).toEqual(b.lines);
    expect(a.last).toEqual(b.last);
  });

  test("evaluation leaves nothing out: dropout moves the training loss alone", async () => {
    const head = (dropout: number) => ({
      name: "place",
      task: "E2M4",
      network: { type: "hidden", units: 64, dropout },
      factor: 0,
    });
    const [none, half] = [await train(withHeads(head(0))), await train(withHeads(head(0.5)))];
    expect(half.last.headLosses.place).toBe(none.last.headLosses.place);
    expect(half.lines[0]!.headLosses.place).not.toBe(none.lines[0]!.headLosses.place);
  });
});

describe("heads that do not fit the data", () => {
  const prepare = (head: object) => () => prepareExperiment(withHeads(head));

  test("an unknown label, a rule of one class and a name that comes twice are told in one line", () => {
    expect(prepare({ name: "a", task: "xM > 3" })).toThrow(/model\.heads\.0 \(a\).*xM/);
    expect(prepare({ name: "a", task: "xU > 100" })).toThrow(/model\.heads\.0 \(a\).*one class is no task/);
    expect(() => withHeads({ name: "a", task: "E2M1" }, { name: "a", task: "E2M2" })).toThrow(
      /two heads have one name/,
    );
  });
});
