import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { beforeAll, expect, test } from "vitest";
import { largestDifference } from "../geometry/published.js";
import { commandLine } from "./narrows.js";

const FIXTURES = join(import.meta.dirname, "../import/fixtures");
const golden = JSON.parse(readFileSync(join(FIXTURES, "tiny-vae.json"), "utf8"));

const { folder, narrows } = commandLine("import");
const inFolder = (...path: string[]) => join(folder, ...path);
const FEW = ["--set", "data.corridors={samples: 400}"];

/** A file as the authors' code keeps beside its checkpoints. */
const HPARAMS = `
model_params: {name: BetaVAE_CLF, in_channels: 1, latent_dim: 2, loss_type: B, gamma: 100.0, max_capacity: 0.3, Capacity_max_iter: 2500, clf_task_num: 2}
data_params: {data_path: mazes.csv, num_labels: 2, train_batch_size: 64, val_batch_size: 32, train_val_test_split: [340, 370]}
exp_params: {LR: 0.0005, weight_decay: 0.0, scheduler_gamma: 0.9, kld_weight: 0.0003, manual_seed: 0}
trainer_params: {max_epochs: 6, devices: [0, 1]}
logging_params: {save_dir: logs/, name: BetaVAE}
`;

beforeAll(async () => {
  cpSync(join(FIXTURES, "tiny-vae.ckpt"), inFolder("tiny.ckpt"));
  mkdirSync(inFolder("version_0", "checkpoints"), { recursive: true });
  cpSync(join(FIXTURES, "tiny-vae.ckpt"), inFolder("version_0", "checkpoints", "epoch=5 last.ckpt"));
  writeFileSync(inFolder("version_0", "hparams.yaml"), HPARAMS);
  const make = ["make", "corridors", "--samples", "400", "--out", "mazes.csv"];
  expect((await narrows("datasets", ...make)).status).toBe(0);
});

test("a checkpoint becomes a finished run that is evaluated, measured and drawn like any other", async () => {
  const { status, stdout, stderr } = await narrows(
    ...["import", "tiny.ckpt", ...FEW, "--set", "objective.capacity=0.1", "--run", "theirs", "--json"],
  );
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringMatching(
      /^warning: tiny\.ckpt: its classifier clf is left out: its weights do not show which task it has; [^\n]+\n$/,
    ),
  });
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({
    run: "theirs",
    step: 7974,
    epoch: 5,
    parameterCount: 519,
    headsLeftOut: ["clf"],
  });
  expect(readdirSync(inFolder("runs", "theirs"))).toEqual([
    "checkpoints",
    "decoder.onnx",
    "encoder.onnx",
    "manifest.json",
    "metrics.jsonl",
  ]);
  expect(JSON.parse(readFileSync(inFolder("runs", "theirs", "manifest.json"), "utf8"))).toMatchObject({
    status: "finished",
    importedFrom: "tiny.ckpt",
    totalSteps: 7974,
    dataset: { name: "corridors", fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });

  const evaluated = JSON.parse((await narrows("evaluate", "theirs", "--json")).stdout);
  const { images, squaredErrorPerPixel, rateNats, targetRateNats } = result;
  expect(evaluated).toMatchObject({ images, squaredErrorPerPixel, rateNats, targetRateNats });
  expect(targetRateNats).toBe(0.1);
  expect((await narrows("runs")).stdout).toMatch(
    /^theirs +finished \(imported\) +7974\/7974 +6\/1329 +0\.1 /m,
  );
  expect((await narrows("show", "theirs")).stdout).toMatch(/^imported +from tiny\.ckpt; trained elsewhere$/m);
  expect((await narrows("figure", "tuning-curves", "theirs", "--out", "tuning.csv")).status).toBe(0);

  const decoder = await InferenceSession.create(readFileSync(inFolder("runs", "theirs", "decoder.onnx")));
  const code = new Tensor("float32", Float32Array.from(golden.codes), [3, 2]);
  const { images: decoded } = await decoder.run({ codes: code });
  expect(largestDifference(decoded!.data as Float32Array, golden.decoded)).toBeLessThan(1e-5);
});

test("with their own hparams.yaml: data, target C and the classifier's task", async () => {
  const checkpoint = "version_0/checkpoints/epoch=5 last.ckpt";
  const { status, stdout, stderr } = await narrows(
    "import",
    checkpoint,
    "--config",
    "version_0/hparams.yaml",
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/^epoch=5-last: validation MSE per pixel 0\.\d{5}, .* target C 0\.3, gap -0\.2/);
  expect(stderr).toMatch(/^warning: version_0\/hparams\.yaml: no effect here: .*devices/m);
  const { configuration, dataset } = JSON.parse((await narrows("show", "epoch=5-last", "--json")).stdout);
  expect(configuration).toMatchObject({
    data: { file: "mazes.csv", labelNames: ["xU", "xL"] },
    split: { train: [0, 340], validation: [340, 370] },
    model: {
      objective: { capacity: 0.3, gamma: 100 },
      heads: [{ name: "E2M1", task: "E2M1", network: { units: 6, slope: 1, dropout: 0 } }],
    },
  });
  expect(dataset.name).toBe("mazes.csv");
  const guessed = await narrows("import", checkpoint, ...FEW);
  expect(guessed.stdout).toMatch(/^epoch=5-last-2: imported at step 7974, epoch 6: runs\/epoch=5-last-2$/m);
  expect(guessed.stderr).toMatch(
    /C = 10 nats and drawn Corridors images are assumed; give --config version_0\/hparams\.yaml/,
  );
  expect(guessed.stderr).toMatch(/the rate is not that of the target C/);
});

test("classifiers become heads, on drawn images or on the authors' unnamed columns, unless they are not wanted", async () => {
  cpSync(join(FIXTURES, "tiny-heads.ckpt"), inFolder("heads.ckpt"));
  const make = ["make", "corridors", "--samples", "2000", "--seed", "5", "--out", "many.csv"];
  expect((await narrows("datasets", ...make)).status).toBe(0);
  const common = ["--set", "objective.capacity=0.1", "--json"];
  const drawn = await narrows(
    "import",
    "heads.ckpt",
    "--set",
    "data.corridors={samples: 2000, seed: 5}",
    ...common,
  );
  expect(drawn).toMatchObject({ status: 0, stderr: "" });
  const result = JSON.parse(drawn.stdout);
  expect(result.headsLeftOut).toEqual([]);
  expect(Object.keys(result.tasks)).toEqual(["E2M4", "E2M3", "E2M1", "E2M2"]);
  const fromFile = JSON.parse(
    (
      await narrows(
        "import",
        "heads.ckpt",
        "--set",
        "data.file=many.csv",
        "--set",
        "split.order=given",
        ...common,
      )
    ).stdout,
  );
  expect(fromFile.tasks).toEqual(result.tasks);
  expect(fromFile.headLosses).toEqual(result.headLosses);
  const bare = await narrows("import", "heads.ckpt", "--without-heads", ...FEW, ...common);
  expect(bare).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(bare.stdout)).toMatchObject({
    tasks: {},
    parameterCount: result.parameterCount - 193 - 3 * 21,
  });
});

test("an imported run is not resumed", async () => {
  const { status, stderr } = await narrows("resume", "theirs");
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^narrows: .*theirs: it was imported from tiny\.ckpt without the optimizer's state[^\n]*\n$/,
  );
});

test("bad input is one line, exit code 2, and no run", async () => {
  const pickle = Uint8Array.from([0x80, 2, ...Buffer.from("cposix\nsystem\n"), 0x2e]);
  writeFileSync(inFolder("evil.ckpt"), zipSync({ "a/data.pkl": pickle }, { level: 0 }));
  writeFileSync(inFolder("text.ckpt"), "hello");
  cpSync(inFolder("tiny.ckpt"), inFolder("cut.ckpt"));
  truncateSync(inFolder("cut.ckpt"), 5000);
  writeFileSync(inFolder("five.yaml"), HPARAMS.replace("latent_dim: 2", "latent_dim: 5"));
  writeFileSync(inFolder("other.yaml"), HPARAMS.replace("clf_task_num: 2", "clf_task_num: 0"));
  writeFileSync(inFolder("gone.yaml"), HPARAMS.replace("mazes.csv", "gone.csv"));
  const theirs = join(FIXTURES, "tiny.ckpt");
  const cases: [string[], RegExp][] = [
    [["nothing.ckpt"], /^narrows: nothing\.ckpt: no such file/],
    [
      ["evil.ckpt"],
      /^narrows: evil\.ckpt: it names the foreign class "posix\.system", which is not loaded\./,
    ],
    [["text.ckpt"], /^narrows: text\.ckpt: /],
    [["mazes.csv"], /^narrows: mazes\.csv: /],
    [["cut.ckpt"], /^narrows: cut\.ckpt: /],
    [[theirs], /it lacks "encoder\.0\.weight"|it lacks .* it holds/],
    [
      ["tiny.ckpt", "--config", "five.yaml"],
      /five\.yaml: its code has 5 dimensions, that of tiny\.ckpt has 2/,
    ],
    [
      ["tiny.ckpt", "--config", "other.yaml"],
      /tiny\.ckpt: its classifier clf gives 1 numbers, and E2M4 on mazes\.csv has \d+ classes\./,
    ],
    [["tiny.ckpt", "--config", "gone.yaml"], /gone\.csv: no such file/],
    [["tiny.ckpt", "--config", "no.yaml"], /no\.yaml: no such file/],
    [["tiny.ckpt", "--set", "data.corridors={samples: 400, size: 21}"], /images of 21 x 21 x 1 need/],
    [["tiny.ckpt", "--set", "objective.capacty=1"], /capacty.*capacity/],
    [["tiny.ckpt", ...FEW, "--run", "theirs"], /runs\/theirs: a run or folder of this name exists/],
    [["tiny.ckpt", ...FEW, "--run", "../out"], /run name "\.\.\/out"/],
    [["tiny.ckpt", ...FEW, "--runs", "mazes.csv"], /mazes\.csv/],
  ];
  const before = readdirSync(inFolder("runs"));
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = await narrows("import", ...args);
    expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: "" });
    const [last] = stderr.trimEnd().split("\n").slice(-1);
    expect(last).toMatch(/^narrows: /);
    expect(last).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
  expect(readdirSync(inFolder("runs"))).toEqual(before);
  expect(existsSync(inFolder("out"))).toBe(false);
});
