import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../../src/configuration/load.js";
import { writeCodes } from "../../src/data/codes/write.js";
import { generateCorridors } from "../../src/data/corridors.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { prepareExperiment } from "../../src/training/experiment.js";
import { trainLoop } from "../../src/training/loop.js";
import { Trainer } from "../../src/training/trainer.js";
import { configurationFile, folderWith, messageOf } from "./files.js";

const COUNT = 2_00;

/** Corridors images with their labels as the authors' files hold them. */
function images(): string {
  const { images, labels } = generateCorridors({ samples: COUNT });
  return Array.from({ length: COUNT }, (_, row) =>
    [...images.subarray(row * 169, (row + 1) * 169), ...labels!.subarray(2 * row, 2 * row + 2)].join(","),
  ).join("\n");
}

/** Trains for some steps; the loss of the last. */
async function train(path: string, overrides: readonly string[]): Promise<number> {
  const { configuration } = loadConfiguration(path, overrides);
  const experiment = prepareExperiment(configuration);
  const device = await nodeDevice("cpu", 1);
  const { seed, optimizer, training } = configuration;
  const trainer = new Trainer(experiment.model, device, { seed, optimizer });
  let loss = Number.NaN;
  await trainLoop(
    trainer,
    experiment.split,
    { seed, optimizer, ...training, steps: 2, logEverySteps: 1 },
    device,
    { onLog: (line) => (loss = Number(line.loss)) },
  );
  await trainer.release();
  return loss;
}

describe("a file as the authors write it", () => {
  it("trains, underscores in its split and all", async () => {
    const folder = folderWith({
      "mazes.csv": images(),
      "theirs.yaml": [
        "model_params:",
        "  name: 'BetaVAE'",
        "  in_channels: 1",
        "  latent_dim: 5",
        "  loss_type: 'B'",
        "  gamma: 1_00.0",
        "  max_capacity: 3",
        "  Capacity_max_iter: 2_500 # steps",
        "  hidden_dims: []",
        "data_params:",
        '  data_path: "mazes.csv"',
        "  num_labels: 2",
        "  train_val_test_split: [1_50, 1_80]",
        "  train_batch_size: 64",
        "  val_batch_size:  32",
        "  num_workers: 4",
        "exp_params:",
        "  LR: 5.0e-4",
        "  weight_decay: 0.0",
        "  scheduler_gamma: 0.9",
        "  kld_weight: 0.0003",
        "  manual_seed: 017",
        "trainer_params:",
        '  accelerator: "gpu"',
        "  gpus: [0]",
        "  max_epochs: 6",
      ].join("\n"),
    });
    const path = join(folder, "theirs.yaml");
    const { configuration } = loadConfiguration(path);
    expect(configuration).toMatchObject({
      seed: 15,
      split: { train: [0, 150], validation: [150, 180] },
      model: { objective: { gamma: 100, schedule: { warmup: 2500 } } },
      optimizer: { learningRate: 5e-4, schedule: { type: "exponential", factor: 0.9 } },
    });
    expect(await train(path, [])).toBeGreaterThan(0);
  });

  it("whose number their loader takes for a text is refused with what to write", () => {
    const text = (rate: string) =>
      `model_params: {latent_dim: 2}\ndata_params: {data_path: x.csv}\nexp_params: {LR: ${rate}, kld_weight: 1}\ntrainer_params: {max_epochs: 1}\n`;
    const message = messageOf(() => loadConfiguration(configurationFile(text("1e-4"))));
    expect(message).toBe('my.yaml:3:14: exp_params.LR: expected a number, found "1e-4". Write 1.0e-4.');
    const { configuration } = loadConfiguration(configurationFile(text("1.0e-4")));
    expect(configuration.optimizer.learningRate).toBe(1e-4);
  });

  it.each([
    ["model_params", "gama: 3", "gamma"],
    ["model_params", "max_capcity:", "max_capacity"],
    ["data_params", "train_val_test_splits: [3, 4]", "train_val_test_split"],
    ["exp_params", "sheduler_gamma: 0.5", "scheduler_gamma"],
    ["trainer_params", "max_epoch: 3", "max_epochs"],
  ])("whose %s have %s is asked whether %s was meant", (section, line, meant) => {
    const sections = {
      model_params: ["latent_dim: 2"],
      data_params: ["data_path: x.csv"],
      exp_params: ["LR: 0.1", "kld_weight: 1.0"],
      trainer_params: ["max_epochs: 1"],
    };
    const text = Object.entries(sections).map(([name, lines]) =>
      [`${name}:`, ...lines, ...(name === section ? [line] : [])].join("\n  "),
    );
    expect(messageOf(() => loadConfiguration(configurationFile(text.join("\n"))))).toMatch(
      `unknown key ${section}.${line.split(":")[0]} (did you mean ${section}.${meant}?)`,
    );
  });
});

// Their own files, where a copy of them lies beside the reference data.
const THEIRS = join(import.meta.dirname, "../../../shared/reference/geometry-of-efficient-codes/configs");
const files = existsSync(THEIRS)
  ? readdirSync(THEIRS).filter((name) => /^(bbvae|clf|cross).*\.yaml$/.test(name))
  : [];
if (files.length === 0)
  console.log(
    `skipped: the authors' own YAML files, since ../shared/reference/geometry-of-efficient-codes/configs is not here`,
  );

describe.skipIf(files.length === 0)("the authors' own file", () => {
  it.each(files)("%s trains, but for the data's path and the number of rows", async (name) => {
    const path = join(THEIRS, name);
    const folder = folderWith({ "mazes.csv": images() });
    const codes = join(folder, "codes.csv");
    const { labels } = generateCorridors({ samples: COUNT });
    writeCodes(codes, {
      codes: { shape: [COUNT, 5], data: Float32Array.from({ length: 5 * COUNT }, (_, k) => Math.sin(k)) },
      labels: { shape: [COUNT, 2], data: labels! },
    });
    const isOfCodes = !name.startsWith("bbvae");
    const overrides = [
      `data_params.data_path=${isOfCodes ? codes : join(folder, "mazes.csv")}`,
      ...(name.startsWith("cross") ? ["model_params.clf_task_num=1"] : []),
    ];
    expect(() => loadConfiguration(path, overrides)).not.toThrow();
    const small = [...overrides, "data_params.train_val_test_split=[150, 180]"];
    expect(await train(path, small)).toBeGreaterThan(0);
  });
});
