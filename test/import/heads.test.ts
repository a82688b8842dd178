import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { authorsHead } from "../../src/configuration/authors-heads.js";
import { configurationSchema } from "../../src/configuration/schema.js";
import { UserError } from "../../src/errors.js";
import { placeInExperiment, readLightningFile } from "../../src/import/import-run.js";
import type { HeadSettings } from "../../src/model/heads/index.js";
import { Scope } from "../../src/nn/scope.js";
import type { NumericArray } from "../../src/numeric-array.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { mean } from "../../src/tensor/operations/reduce.js";
import { readLightningModel } from "../../src/torch/lightning.js";
import { readTorchCheckpoint } from "../../src/torch/torch-checkpoint.js";
import { evaluateRun } from "../../src/training/evaluate-run.js";
import { largestDifference, published } from "../geometry/published.js";
import { evaluate } from "../tensor/evaluate.js";

const FIXTURES = join(import.meta.dirname, "fixtures");
const path = join(FIXTURES, "tiny-heads.ckpt");

const configuration = (heads: object[] = [], samples = 500) =>
  configurationSchema.parse({
    data: { corridors: { samples } },
    model: { heads },
    training: { batchSize: 8 },
  });

const filled = (shape: number[], value: (k: number) => number): NumericArray => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((product, extent) => product * extent, 1) }, (_, k) =>
    value(k),
  ),
});

/** The checkpoint with weights added, changed, or (undefined) taken away. */
function changed(changes: Readonly<Record<string, NumericArray | undefined>>, where = "x.ckpt") {
  const tensors = new Map(readTorchCheckpoint(path, { stripPrefix: "model." }).tensors);
  for (const [name, weights] of Object.entries(changes)) {
    if (weights) tensors.set(name, weights);
    else tensors.delete(name);
  }
  const checkpoint = { tensors };
  return { path: where, checkpoint, model: readLightningModel(tensors, where) };
}

/** The checkpoint with other classifiers: some, or none. */
function withClassifiers(classifiers: Readonly<Record<string, NumericArray>> = {}) {
  const theirs = [...readTorchCheckpoint(path, { stripPrefix: "model." }).tensors.keys()];
  const gone = theirs.filter((name) => name.startsWith("clf")).map((name) => [name, undefined] as const);
  return changed({ ...Object.fromEntries(gone), ...classifiers });
}

/** Two dense layers whose answer is their last bias, whatever the code is. */
const answering = (prefix: string, second: number, bias: readonly number[]) => ({
  [`${prefix}.0.weight`]: filled([4, 2], () => 1),
  [`${prefix}.0.bias`]: filled([4], () => 0),
  [`${prefix}.${second}.weight`]: filled([bias.length, 4], () => 0),
  [`${prefix}.${second}.bias`]: filled([bias.length], (k) => bias[k]!),
});

describe("what PyTorch computes, to 1e-5", () => {
  const golden = JSON.parse(readFileSync(join(FIXTURES, "tiny-heads.json"), "utf8")) as {
    codes: number[];
    probabilities: Record<string, number[]>;
    losses: Record<string, number>;
  };

  it.each([
    ["0", "E2M4"],
    ["1", "E2M3"],
    ["2", "E2M1"],
    ["3", "E2M2"],
  ])(
    "task %s is %s: outputs for three codes, and the loss over all 169 pairs of columns",
    async (task, name) => {
      const { experiment, state, headsLeftOut } = placeInExperiment(readLightningFile(path), configuration());
      expect(headsLeftOut).toEqual([]);
      const head = experiment.model.heads.find((candidate) => candidate.name === name)!;
      const labels = Float64Array.from({ length: 338 }, (_, k) =>
        k % 2 === 0 ? Math.floor(k / 26) : ((k - 1) / 2) % 13,
      );
      const targets = new Float32Array(169 * head.outputs);
      head.fillTargets(
        labels,
        2,
        Uint32Array.from({ length: 169 }, (_, k) => k),
        targets,
      );
      const scope = new Scope();
      const inputs = {
        code: scope.batch("code", [169, 2]),
        targets: scope.batch("targets", [169, head.outputs]),
      };
      const pass = head.judge(scope.in("heads").in(name), inputs.code, inputs.targets, "evaluation");
      const views = experiment.layout.views(state.parameters);
      const { loss, outputs } = await evaluate(
        { loss: mean(pass.losses), outputs: pass.outputs },
        new Map([
          [inputs.code, Float32Array.from(golden.codes)],
          [inputs.targets, targets],
          ...[...scope.requests.parameters.values()].map(
            ({ name, tensor }) => [tensor, Float32Array.from(views[name]!)] as const,
          ),
        ]),
      );
      expect(Math.abs(loss[0]! - golden.losses[task]!)).toBeLessThan(1e-5);
      const squashed = [0, 1, 2].flatMap((row) => {
        const own = [...outputs.subarray(row * head.outputs, (row + 1) * head.outputs)];
        if (own.length === 1) return [1 / (1 + Math.exp(-own[0]!))];
        const powers = own.map((value) => Math.exp(value));
        const sum = powers.reduce((total, power) => total + power, 0);
        return powers.map((power) => power / sum);
      });
      expect(largestDifference(squashed, golden.probabilities[task]!)).toBeLessThan(1e-5);
    },
  );
});

describe("a hand-made checkpoint", () => {
  /** Evaluates it on drawn images; also the share of the validation images that a rule holds for. */
  async function scores(classifiers: Readonly<Record<string, NumericArray>>, heads: object[] = []) {
    const imported = placeInExperiment(withClassifiers(classifiers), configuration(heads, 2000));
    const { validation } = imported.experiment.split;
    const { tasks } = await evaluateRun(imported, await nodeDevice("cpu", 1));
    const share = (rule: (xU: number, xL: number) => boolean) => {
      const right = Array.from({ length: validation.count }, (_, row) =>
        rule(validation.labels![2 * row]!, validation.labels![2 * row + 1]!),
      );
      return right.filter(Boolean).length / validation.count;
    };
    return { tasks, share };
  }

  it.each([7, 0, 24, 3])("whose answer is always class %i of 25 is right for these columns", async (k) => {
    const { tasks, share } = await scores(
      answering(
        "clf",
        3,
        Array.from({ length: 25 }, (_, i) => Number(i === k)),
      ),
    );
    const groups = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4];
    const right = share((xU, xL) => groups[xU] === Math.floor(k / 5) && groups[xL] === k % 5);
    expect(right).toBeGreaterThan(0);
    expect(tasks.E2M4!.accuracy).toBeCloseTo(right, 12);
  });

  it("whose answers are always yes, or always no, is right where the condition holds, or not", async () => {
    const { tasks, share } = await scores({
      ...answering("clf_dict.1", 1, [3]),
      ...answering("clf_dict.2", 1, [3]),
      ...answering("clf_dict.3", 1, [-3]),
    });
    const aligned = share((xU, xL) => xU === xL);
    expect(tasks.E2M3!.accuracy).toBeCloseTo(aligned, 12);
    expect(tasks.E2M3!.f1).toBeCloseTo((2 * aligned) / (1 + aligned), 12);
    expect(tasks.E2M1!.accuracy).toBeCloseTo(
      share((xU, xL) => xU <= xL),
      12,
    );
    expect(tasks.E2M2!.accuracy).toBeCloseTo(1 - share((xU, xL) => xU < 6 || xL >= 6), 12);
    expect(tasks.E2M2!.f1).toBe(0);
  });

  it("of one layer, with a rule of one's own", async () => {
    const own = { "clf.0.weight": filled([1, 2], () => 0), "clf.0.bias": filled([1], () => 3) };
    const { tasks, share } = await scores(own, [{ name: "right", task: "xL > 8" }]);
    expect(tasks.right!.accuracy).toBeCloseTo(
      share((_, xL) => xL > 8),
      12,
    );
  });
});

describe("the settings of imported heads", () => {
  const place = (file: Parameters<typeof placeInExperiment>[0], ...heads: object[]) => {
    const { experiment, headsLeftOut } = placeInExperiment(file, configuration(heads));
    return { heads: experiment.configuration.model.heads, headsLeftOut };
  };
  const units = (head: HeadSettings, count: number) => ({
    ...head,
    network: { ...head.network, units: count },
  });

  it("are those of the authors' code, and the sizes those of the weights", () => {
    const expected = [0, 1, 2, 3].map((task) => units(authorsHead(task, "delayed"), task === 0 ? 6 : 5));
    expect(place(readLightningFile(path)).heads).toEqual(expected);
  });

  it("are those of the configuration, found by its rule, where it has the head", () => {
    const mine = { name: "mine", task: "xU == xL", factor: 3, network: { type: "linear" } };
    const { heads } = place(readLightningFile(path), mine);
    const network = { type: "hidden", units: 5, slope: 1, dropout: 0 };
    const weight = { type: "constant" };
    expect(heads[1]).toEqual({ ...mine, loss: "cross-entropy", weight, network });
    expect(heads.map(({ name }) => name)).toEqual(["E2M4", "mine", "E2M1", "E2M2"]);
  });

  it("a single condition without a configuration is left out: its task is in no weight", () => {
    const { heads, headsLeftOut } = place(withClassifiers(answering("clf", 1, [1])));
    expect(heads).toEqual([]);
    expect(headsLeftOut).toEqual([{ key: "clf", why: expect.stringMatching(/do not show which task/) }]);
  });

  it.each<[string, Record<string, NumericArray>, RegExp]>([
    ["a task of no such number", answering("clf_dict.7", 1, [1]), /no task of this number/],
    ["a third layer between", answering("clf_dict.1", 2, [1]), /layers are not those/],
    ["a lone bias", { "clf_dict.1.0.bias": filled([4], () => 0) }, /layers are not those/],
  ])("%s is left out", (_, classifiers, why) => {
    const { heads, headsLeftOut } = place(withClassifiers(classifiers));
    expect(heads).toEqual([]);
    expect(headsLeftOut).toEqual([{ key: expect.any(String), why: expect.stringMatching(why) }]);
  });

  it("are none where they are not wanted", () => {
    const { experiment, headsLeftOut } = placeInExperiment(
      readLightningFile(path),
      configuration([{ name: "a", task: "E2M1" }]),
      false,
    );
    expect(experiment.model.heads).toEqual([]);
    expect(headsLeftOut.map(({ key }) => key)).toEqual([
      "clf_dict.0",
      "clf_dict.1",
      "clf_dict.2",
      "clf_dict.3",
    ]);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "a head that is not there",
      () => place(withClassifiers(), { name: "a", task: "E2M1" }),
      /^x\.ckpt: the configuration has a head a, and the checkpoint no classifier for it\./,
    ],
    [
      "classes that the data have not",
      () => placeInExperiment(readLightningFile(path), configuration([], 20)),
      /tiny-heads\.ckpt: its classifier clf_dict\.0 gives 25 numbers, and E2M4 on corridors has \d+ classes\./,
    ],
    [
      "another task than the weights'",
      () => place(withClassifiers(answering("clf", 1, [1])), authorsHead(0, "delayed")),
      /^x\.ckpt: its classifier clf gives 1 numbers, and E2M4 on corridors has 25 classes\./,
    ],
    [
      "a code of other dimensions",
      () => changed({ "clf_dict.1.0.weight": filled([5, 3], () => 0) }),
      /^x\.ckpt: "clf_dict\.1\.0\.weight" has shape \[5,3\], and the others need \[5,2\]/,
    ],
    [
      "NaN",
      () => changed({ "clf_dict.0.3.bias": filled([25], () => Number.NaN) }),
      /^x\.ckpt: "clf_dict\.0\.3\.bias" holds NaN or infinite numbers/,
    ],
  ])("%s is told in one line", (_, action, message) => {
    expect(action).toThrow(UserError);
    expect(action).toThrow(message);
    expect(action).toThrow(/^[^\n]+$/);
  });
});

describe.skipIf(published.missing)(`every weight of the authors' classes, ${published.title}`, () => {
  type Shapes = [name: string, shape: number[]][];

  it.each([
    ["CLF_task0", ["BetaVAE_CLF_task0_extra"], [0]],
    ["CLF_task1-3", ["BetaVAE_CLF_task1-3_extra"], [2]],
    ["MultiCLF", ["BetaVAE_MultiCLF_extra"], [0, 1, 2, 3]],
  ])("%s", (counted, extras, tasks) => {
    const { state_dict } = published.facts();
    const shapes: Shapes = ["BetaVAE", ...extras].flatMap((key) => state_dict[key]);
    const tensors = new Map(
      shapes.map(([name, shape]) => [name.replace(/^model\./, ""), filled(shape, () => 0)]),
    );
    const file = { path: "x.ckpt", checkpoint: { tensors }, model: readLightningModel(tensors, "x.ckpt") };
    const heads = tasks.map((task) => authorsHead(task, "delayed"));
    const { experiment } = placeInExperiment(file, configuration(heads));
    expect(experiment.configuration.model.heads).toEqual(heads);
    expect(experiment.layout.size).toBe(state_dict.param_counts[counted]);
  });
});
