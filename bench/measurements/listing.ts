import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Configuration } from "../../src/configuration/schema.js";
import { runLayout } from "../../src/runs/layout.js";
import { newManifest } from "../../src/runs/manifest-text.js";
import { plain } from "../../src/training/about-run.js";
import { commandCost } from "../command-cost.js";
import type { Outcome } from "../measurement.js";

const RUNS = 2000;
const EPOCHS = 25;
const LOGS_PER_EPOCH = 4;
const LIMIT_SECONDS = 1;
const TRIES = 3;

/** `narrows runs` over 2,000 finished runs of 25 epochs: processor time, for the first time and once summaries are kept. */
export function measureListing(configuration: Configuration, folder: string): Outcome {
  const root = join(folder, "many-runs");
  for (let k = 0; k < RUNS; k++) makeRun(root, `run-${k}`, configuration);
  const first = commandCost("runs", "--runs", root).seconds;
  const kept = Array.from({ length: TRIES }, () => commandCost("runs", "--runs", root).seconds);
  return {
    measurements: [
      {
        key: "runs.list2000.seconds",
        label: "narrows runs, 2,000 runs, processor time",
        value: Math.min(...kept),
        unit: "s",
        better: "lower",
        details: { first, limit: LIMIT_SECONDS, runs: RUNS },
      },
    ],
  };
}

/** The files that a list looks at, as a training leaves them. */
function makeRun(root: string, name: string, configuration: Configuration): void {
  const path = join(root, name);
  const { manifest, metrics, checkpoints } = runLayout(path);
  mkdirSync(checkpoints, { recursive: true });
  const totalSteps = EPOCHS * LOGS_PER_EPOCH * 50;
  const about = newManifest(name, {
    configuration: plain(configuration),
    seed: configuration.seed,
    dataset: { name: "corridors", fingerprint: "0".repeat(64) },
    device: "cpu",
    threads: 1,
    totalSteps,
    versions: {
      narrows: "0.1.0",
      node: process.versions.node,
      onnxruntime: "1.30.0",
      platform: process.platform,
    },
  });
  writeFileSync(manifest, `${JSON.stringify({ ...about, status: "finished" }, null, 2)}\n`);
  const lines = Array.from({ length: EPOCHS * (LOGS_PER_EPOCH + 1) }, (_, k) => {
    const epoch = Math.floor(k / (LOGS_PER_EPOCH + 1));
    const split = k % (LOGS_PER_EPOCH + 1) === LOGS_PER_EPOCH ? "validation" : "train";
    const step = (epoch * LOGS_PER_EPOCH + Math.min(LOGS_PER_EPOCH, (k % (LOGS_PER_EPOCH + 1)) + 1)) * 50;
    return JSON.stringify({ step, epoch, split, ...MEASURED });
  });
  writeFileSync(metrics, `${lines.join("\n")}\n`);
  writeFileSync(join(checkpoints, `step-${String(totalSteps).padStart(8, "0")}.safetensors`), "");
}

const MEASURED = {
  loss: 0.0521387,
  squaredErrorPerPixel: 0.0520017,
  squaredErrorPerImage: 8.7882873,
  distortion: 0.0520017,
  rateNats: 9.8713012,
  rateBits: 14.2412,
  targetRateNats: 10,
  gapNats: -0.1286988,
  images: 15000,
  learningRate: 0.0005,
  gradientNorm: 0.412,
};
