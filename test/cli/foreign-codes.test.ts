/** The authors' script for classifiers on another model's code, with a folder such as their training leaves behind. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("foreign-codes");
const IMAGES = 600;

/** cross_clf.yaml in little: their keys, images, a folder of the model that encodes, and no task. */
const crossClf = (latentFolder: string) => `
model_params:
  name: 'LatentClassifier'
  in_channels: 1
  latent_dim: 2
  clf_task_num: null
data_params:
  data_path: images.csv
  model4latentrepr: '${latentFolder}'
  train_batch_size: 64
  val_batch_size: 32
  train_val_test_split: [500, 550]
exp_params:
  LR: 0.005
  weight_decay: 0.0
  scheduler_gamma: 0.9
  kld_weight: 0.0003
  manual_seed: 0
trainer_params:
  max_epochs: 2
logging_params:
  save_dir: logs/
`;

mkdirSync(join(folder, "logs", "checkpoints"), { recursive: true });
copyFileSync("test/import/fixtures/tiny-vae.ckpt", join(folder, "logs", "checkpoints", "last.ckpt"));
writeFileSync(join(folder, "cross_clf.yaml"), crossClf("logs"));
writeFileSync(join(folder, "elsewhere.yaml"), crossClf("nowhere"));
const made = await narrows(
  "datasets",
  "make",
  "corridors",
  "--out",
  "images.csv",
  "--samples",
  String(IMAGES),
);

test("the images are encoded with the folder's checkpoint, once, and the classifier is trained on the codes", async () => {
  expect(made).toMatchObject({ status: 0 });
  const train = (task: number, ...more: string[]) =>
    narrows(
      "train",
      "cross_clf.yaml",
      "--set",
      `model_params.clf_task_num=${task}`,
      "--threads",
      "1",
      ...more,
    );
  const { status, stdout, stderr } = await train(2);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(stderr).toMatch(
    /runs\/codes\/[0-9a-f]{16}\.npz: 600 codes of images\.csv by logs\/checkpoints\/last\.ckpt/,
  );
  expect(stdout).toMatch(/LatentClassifier-s0: .*E2M1 F1 /);
  const [file] = readdirSync(join(folder, "runs", "codes"));
  const written = statSync(join(folder, "runs", "codes", file!)).mtimeMs;
  const again = await train(1, "--json");
  expect(again.stderr).not.toContain("codes of images.csv");
  expect(JSON.parse(again.stdout).evaluation.tasks).toHaveProperty("E2M3");
  expect(readdirSync(join(folder, "runs", "codes"))).toEqual([file]);
  expect(statSync(join(folder, "runs", "codes", file!)).mtimeMs).toBe(written);
  const manifest = JSON.parse(
    readFileSync(join(folder, "runs", "LatentClassifier-s0", "manifest.json"), "utf8"),
  );
  expect(manifest.configuration).toMatchObject({
    data: { codes: { file: `runs/codes/${file}`, dimensions: 2, labels: 2 } },
    model: { type: "classifier" },
  });
});

test("what is missing is told in one line before anything is encoded", async () => {
  const lineOf = async (...asked: string[]) => {
    const { status, stdout, stderr } = await narrows("train", ...asked, "--runs", "others");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.trimEnd()).not.toContain("\n");
    return stderr;
  };
  expect(await lineOf("cross_clf.yaml")).toMatch(/clf_task_num: null leaves the task to the command line/);
  expect(await lineOf("elsewhere.yaml", "--set", "model_params.clf_task_num=2")).toMatch(
    /model4latentrepr: images\.csv holds images.*narrows encode RUN/,
  );
  writeFileSync(join(folder, "no-images.yaml"), crossClf("logs").replace("images.csv", "lost.csv"));
  expect(await lineOf("no-images.yaml", "--set", "model_params.clf_task_num=2")).toMatch(/lost\.csv/);
  expect(existsSync(join(folder, "others"))).toBe(false);
});
