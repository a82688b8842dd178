import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../../src/configuration/load.js";
import { configurationFile, messageOf, ofAutoencoder } from "./files.js";

// A file as the authors' code wants it, with every key of theirs that matters, in numbers that are not our defaults.
const SECTIONS = {
  model_params: [
    "name: 'BetaVAE'",
    "in_channels: 2",
    "latent_dim: 6",
    "loss_type: 'B'",
    "gamma: 500.0",
    "max_capacity: 3",
    "Capacity_max_iter: 3000 # was more",
  ],
  data_params: [
    'data_path: "data/none-of-this-name.csv"',
    "num_labels: 3",
    "train_val_test_split: [75000, 82000]",
    "train_batch_size: 16",
    "val_batch_size:  24",
  ],
  exp_params: [
    "LR: 0.004",
    "weight_decay: 0.01",
    "scheduler_gamma: 0.8",
    "kld_weight: 0.00025",
    "manual_seed: 1265",
  ],
  trainer_params: ["max_epochs: 4"],
};

type Section = keyof typeof SECTIONS;

/** The file with lines added to a section, or lines of it replaced by those that begin alike. */
function file(changes: Partial<Record<Section | "logging_params", readonly string[]>> = {}): string {
  const names = [...new Set([...Object.keys(SECTIONS), ...Object.keys(changes)])];
  return names
    .map((name) => {
      const given = changes[name as Section] ?? [];
      const keyOf = (line: string) => line.split(":")[0];
      const kept = (SECTIONS[name as Section] ?? []).filter(
        (line) => !given.some((other) => keyOf(other) === keyOf(line)),
      );
      return [`${name}:`, ...[...kept, ...given].map((line) => `  ${line}`)].join("\n");
    })
    .join("\n");
}

const load = (text: string, ...overrides: string[]) => loadConfiguration(configurationFile(text), overrides);
const refusal = (text: string, ...overrides: string[]) => messageOf(() => load(text, ...overrides));

describe("a YAML file of the authors' code", () => {
  it("means here what it means there", () => {
    const { configuration, warnings } = load(file());
    expect(configuration).toMatchObject({
      name: "BetaVAE",
      seed: 1265,
      data: { file: "data/none-of-this-name.csv", channels: 2, labels: 3 },
      split: { train: [0, 75_000], validation: [75_000, 82_000] },
      model: {
        channel: { type: "gaussian", dimensions: 6 },
        likelihood: { type: "mse", pixels: "mean", output: "sigmoid" },
        objective: {
          type: "capacity",
          capacity: 3,
          gamma: 500,
          rateWeight: 0.00025,
          evaluationRateWeight: 1,
          gap: "batch",
          schedule: { unit: "step", warmup: 3000, quarteredUntil: 1500, countEvaluations: true },
        },
      },
      optimizer: {
        type: "adam",
        learningRate: 0.004,
        weightDecay: 0.01,
        decoupledWeightDecay: false,
        schedule: { type: "exponential", factor: 0.8 },
      },
      training: { epochs: 4, batchSize: 16, evaluationBatchSize: 24, metricBatchSize: 24 },
    });
    expect(warnings).toEqual([]);
  });

  it("with loss_type H has the beta objective", () => {
    const { configuration } = load(file({ model_params: ["loss_type: 'H'", "beta: 7"] }));
    expect(ofAutoencoder(configuration).model.objective).toEqual({
      type: "beta",
      beta: 7,
      rateWeight: 0.00025,
    });
  });

  it("without scheduler_gamma keeps its learning rate", () => {
    const { configuration } = load(file({ exp_params: ["scheduler_gamma: null"] }));
    expect(configuration.optimizer.schedule).toEqual({ type: "constant" });
  });

  it("names every key that has no effect here in one warning", () => {
    const { warnings } = load(
      file({
        model_params: ["beta: 3", "hidden_dims: [64, 128]"],
        data_params: ["test_batch_size: 32", "patch_size: 32", "num_workers: 4"],
        trainer_params: ['accelerator: "gpu"', "gpus: [0]"],
        logging_params: ['save_dir: "logs/"', "manual_seed: 0", "name: 'BetaVAE'"],
      }),
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /my\.yaml: no effect here: model_params\.beta, model_params\.hidden_dims, data_params\.test_batch_size, data_params\.patch_size, data_params\.num_workers, trainer_params\.accelerator, trainer_params\.gpus, logging_params\.save_dir, logging_params\.manual_seed, logging_params\.name$/,
    );
  });

  it("under loss_type H the keys of B have no effect", () => {
    const [warning] = load(file({ model_params: ["loss_type: 'H'"] })).warnings;
    expect(warning).toMatch(
      /: model_params\.gamma, model_params\.max_capacity, model_params\.Capacity_max_iter$/,
    );
  });

  it("says what several devices did there", () => {
    const [warning] = load(file({ trainer_params: ["devices: [0, 1]"] })).warnings;
    expect(warning).toMatch(
      /trainer_params\.devices \(one process here; 2 made one step of 2 batches: --set training\.batchSize=/,
    );
  });

  it("takes overrides under its keys and under ours", () => {
    const { configuration } = load(
      file(),
      "model_params.max_capacity=0.3",
      "objective.gamma=9",
      "training.epochs=1",
    );
    expect(ofAutoencoder(configuration).model.objective).toMatchObject({
      capacity: 0.3,
      gamma: 9,
      rateWeight: 0.00025,
    });
    expect(configuration.training.epochs).toBe(1);
  });

  it("takes presets", () => {
    const { objective } = ofAutoencoder(load(file(), "preset=burgess").configuration).model;
    expect(objective).toMatchObject({ gamma: 1000, capacity: 25 });
  });

  it("trains the autoencoder of a classifier's file when told so", () => {
    const text = file({ model_params: ["name: 'BetaVAE_CLF'", "clf_task_num: 0"] });
    const { configuration, warnings } = load(text, "model_params.name=BetaVAE");
    expect(configuration.model).toMatchObject({ channel: { dimensions: 6 }, heads: [] });
    expect(warnings[0]).toMatch(/: no effect here: model_params\.clf_task_num$/);
  });

  it.each(["VampVAE", "BetaVAE_MLP_CLF", "toString"])("is refused for the unknown model %s", (name) => {
    expect(refusal(file({ model_params: [`name: ${name}`] }))).toMatch(
      `model_params.name: ${name} is not known`,
    );
  });

  it.each([
    ["exp_params.LR", { exp_params: ["LR: fast"] }, /exp_params\.LR: expected a number, found "fast"/],
    [
      "a negative capacity",
      { model_params: ["max_capacity: -1"] },
      /model_params\.max_capacity: -1 is too small/,
    ],
    [
      "loss_type",
      { model_params: ["loss_type: C"] },
      /model_params\.loss_type: "C" is not known\. Give one of B, H/,
    ],
    [
      "task number",
      { model_params: ["name: BetaVAE_CLF", "clf_task_num: 4"] },
      /model_params\.clf_task_num: 4 is too great/,
    ],
    [
      "list of tasks",
      { model_params: ["name: BetaVAE_MultiCLF", "task_list: [0, 5]"] },
      /model_params\.task_list\.1: 5 is too great/,
    ],
    [
      "task that occurs twice",
      { model_params: ["name: BetaVAE_MultiCLF", "task_list: [0, 0]"] },
      /model_params\.task_list: a task occurs twice in it/,
    ],
    [
      "schedule",
      { model_params: ["name: BetaVAE_CLF", "clf_schedule: late"] },
      /clf_schedule: "late" is not known\. Give one of delayed, immediate/,
    ],
    [
      "the split",
      { data_params: ["train_val_test_split: [9, 3]"] },
      /data_params\.train_val_test_split: the second row is after the first/,
    ],
  ] as const)("tells a wrong %s under the authors' own key", (_, changes, line) => {
    const message = refusal(file(changes));
    expect(message).toMatch(/^my\.yaml:\d+:\d+: /);
    expect(message).toMatch(line);
  });

  it("tells a missing section and a missing key", () => {
    expect(refusal("model_params: {latent_dim: 2}\n")).toMatch(
      /^my\.yaml\S*: data_params is missing; and 2 more/,
    );
    expect(refusal(file().replace(/ {2}LR: .*\n/, ""))).toMatch(/^my\.yaml:\d+:1: exp_params\.LR is missing/);
  });
});

describe("a YAML file of the authors' classifiers", () => {
  const delayed = { type: "delayed", warmup: 3000, countEvaluations: true };
  const classes = { type: "hidden", units: 1500, slope: 0.2, dropout: 0.25 };
  const condition = { type: "hidden", units: 1024, slope: 1, dropout: 0 };
  const headOf = (task: string, weight: object = delayed) =>
    task === "E2M4"
      ? { name: task, task, network: classes, loss: "double-softmax", factor: 10, weight }
      : { name: task, task, network: condition, loss: "cross-entropy", factor: 1, weight };
  const model = (...lines: string[]) => file({ model_params: lines, data_params: ["num_labels: 2"] });

  it.each([
    [0, "E2M4"],
    [1, "E2M3"],
    [2, "E2M1"],
    [3, "E2M2"],
  ])("BetaVAE_CLF with clf_task_num %i is %s, with the code's network, loss and weight", (number, task) => {
    const { configuration, warnings } = load(model("name: 'BetaVAE_CLF'", `clf_task_num: ${number}`));
    expect(configuration.model.heads).toEqual([headOf(task)]);
    expect(configuration.data).toMatchObject({ labels: 2, labelNames: ["xU", "xL"] });
    expect(warnings).toEqual([]);
  });

  it("BetaVAE_MultiCLF has a head for each entry of task_list, in its order", () => {
    const { configuration, warnings } = load(model("name: 'BetaVAE_MultiCLF'", "task_list: [3,0,1,2]"));
    expect(configuration.model.heads).toEqual(["E2M2", "E2M4", "E2M3", "E2M1"].map((task) => headOf(task)));
    expect(warnings).toEqual([]);
  });

  it("task 4 has a class for each pair of columns", () => {
    const [head] = load(model("name: 'BetaVAE_MultiCLF'", "task_list: [4]")).configuration.model.heads;
    const network = { ...classes, units: 2500 };
    expect(head).toEqual({ ...headOf("E2M4"), name: "cells", task: "13 * xU + xL", network });
  });

  it("left out, the tasks are the defaults of the code, and labels are two", () => {
    const single = load(file({ model_params: ["name: BetaVAE_CLF"] }).replace(/ {2}num_labels.*\n/, ""));
    expect(single.configuration.model.heads.map(({ name }) => name)).toEqual(["E2M4"]);
    expect(single.configuration.data).toMatchObject({ labels: 2, labelNames: ["xU", "xL"] });
    const several = load(model("name: BetaVAE_MultiCLF")).configuration.model.heads;
    expect(several.map(({ name }) => name)).toEqual(["E2M3", "E2M1", "E2M2"]);
  });

  it("clf_schedule=immediate is the schedule of April 2023: from the first step on, and no factor", () => {
    const { configuration } = load(
      model("name: 'BetaVAE_CLF'", "clf_task_num: 0"),
      "model_params.clf_schedule=immediate",
    );
    const weight = { type: "immediate", warmup: 3000, quarteredUntil: 1500, countEvaluations: true };
    expect(configuration.model.heads).toEqual([{ ...headOf("E2M4", weight), factor: 1 }]);
  });

  it("keys of the other model have no effect, and under loss_type H the weight still grows by theirs", () => {
    const text = model("name: BetaVAE_CLF", "task_list: [1]", "loss_type: 'H'");
    expect(load(text).warnings[0]).toMatch(
      /: no effect here: model_params\.gamma, model_params\.max_capacity, model_params\.task_list$/,
    );
    expect(load(text).configuration.model.heads[0]!.weight).toEqual(delayed);
  });

  it("takes overrides of its heads under our keys, and other data", () => {
    const { configuration } = load(
      model("name: BetaVAE_MultiCLF", "task_list: [0, 1]"),
      "heads.1.factor=3",
      "data.corridors={samples: 500}",
    );
    expect(configuration.model.heads[1]).toEqual({ ...headOf("E2M3"), factor: 3 });
    expect(configuration.data).toEqual({ corridors: expect.objectContaining({ samples: 500 }) });
  });
});

describe("a YAML file of the authors' classifiers of stored codes", () => {
  const clfOnly = (...lines: string[]) => `model_params:
  name: 'LatentClassifier'
  latent_dim: 5
  clf_task_num: 1
data_params:
  data_path: "data/encoded_datasets/none-of-this-name.csv"
  num_labels: 2
  img_size: 5
  train_val_test_split: [170000, 185000]
  train_batch_size: 64
  val_batch_size:  32
${lines.map((line) => `  ${line}\n`).join("")}exp_params:
  LR: 0.0005
  scheduler_gamma: 0.9
  kld_weight: 0.0003
trainer_params:
  max_epochs: 6
`;

  it("has the head of its task on codes, with the code's network and loss and a weight of 1", () => {
    const { configuration, warnings } = load(clfOnly());
    expect(configuration).toMatchObject({
      name: "LatentClassifier",
      data: {
        codes: {
          file: "data/encoded_datasets/none-of-this-name.csv",
          dimensions: 5,
          labels: 2,
          labelNames: ["xU", "xL"],
        },
      },
      split: { train: [0, 170_000], validation: [170_000, 185_000] },
      training: { epochs: 6, batchSize: 64, evaluationBatchSize: 32 },
    });
    expect(configuration.model).toEqual({
      type: "classifier",
      heads: [
        {
          name: "E2M3",
          task: "E2M3",
          network: { type: "hidden", units: 1024, slope: 1, dropout: 0 },
          loss: "cross-entropy",
          factor: 1,
          weight: { type: "constant" },
        },
      ],
    });
    expect(warnings[0]).toMatch(/: no effect here: data_params\.img_size, exp_params\.kld_weight$/);
  });

  it("task 0 takes the softmax twice, and nothing tenfold", () => {
    const [head] = load(clfOnly(), "model_params.clf_task_num=0").configuration.model.heads;
    expect(head).toMatchObject({
      task: "E2M4",
      loss: "double-softmax",
      factor: 1,
      weight: { type: "constant" },
    });
  });

  it("with the code of another model says to encode first, then which task", () => {
    const cross = clfOnly("model4latentrepr: 'logs/task3/max_c_6/'").replace(
      "clf_task_num: 1",
      "clf_task_num: null",
    );
    expect(refusal(cross)).toMatch(
      /^my\.yaml:\d+:3: data_params\.model4latentrepr: .* holds images, which are encoded there with a checkpoint of logs\/task3\/max_c_6\/\. Run "narrows encode RUN --out codes\.csv" first .* --set data_params\.data_path=codes\.csv and --set model_params\.clf_task_num=K\.$/,
    );
    expect(refusal(cross, "data_params.data_path=codes.csv")).toMatch(
      /^my\.yaml:\d+:3: model_params\.clf_task_num: null leaves the task to the command line .* K from 0 to 3\.$/,
    );
    const { configuration } = load(cross, "data_params.data_path=codes.csv", "model_params.clf_task_num=2");
    expect(configuration.data).toMatchObject({ codes: { file: "codes.csv" } });
    expect(configuration.model.heads.map(({ task }) => task)).toEqual(["E2M1"]);
  });
});

describe("overrides under the authors' keys", () => {
  it("are unknown to other files", () => {
    expect(refusal("seed: 1\n", "model_params.max_capacity=1")).toMatch(/unknown key model_params/);
  });
});
