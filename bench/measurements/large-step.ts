import { loadConfiguration } from "../../src/configuration/load.js";
import type { ImageTable } from "../../src/data/dataset.js";
import { isAutoencoderSettings } from "../../src/model/kinds.js";
import { createModel, type ModelSettings } from "../../src/model/model.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { Trainer } from "../../src/training/trainer.js";
import { progressAt } from "../baseline.js";
import { openMatrixProduct, PRODUCT_FLOP } from "../matrix-product.js";
import type { Measurement, Outcome } from "../measurement.js";
import { multiplyAddsPerImage } from "../multiply-adds.js";
import {
  describeVariant,
  LARGE_MODEL,
  type PytorchPeer,
  USUAL_VARIANT,
  type Variant,
} from "../peers/pytorch.js";
import { alternate, type Contender, timeCalls } from "../rounds.js";

/** The networks of "Exact rate-distortion" for 28 x 28 images, in its batches. */
const IMAGE_SHAPE = [28, 28, 1] as const;
const BATCH = 100;
const THREADS = 2;
const CALLS = { product: 4, step: 2, warmup: 1 } as const;
/** Fewer than for the small step: one of these takes a hundred times as long. */
const MOST_ROUNDS = 6;
const MOST_SECONDS = 45;
const LEAST_SHARE_PERCENT = 35;
const GREATEST_ECHO_RATIO = 1.15;
const FASTEST_VARIANT: Variant = { channelsLast: true, adam: "fused" };

/** The training step of the 28 x 28 networks, gaussian and Echo, beside the matrix product rate and PyTorch. */
export async function measureLargeStep(pytorch: PytorchPeer | undefined): Promise<Outcome> {
  const vae = settingsOf("vae");
  const { forward, backward } = multiplyAddsPerImage(vae, IMAGE_SHAPE);
  const stepFlop = 2 * (forward + backward) * BATCH;
  const product = await openMatrixProduct(THREADS);
  const gaussianSteps = await openSteps(vae);
  await gaussianSteps.step();
  // Before there is a second model in this process.
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  const steppers = { vae: gaussianSteps, echo: await openSteps(settingsOf("echo")) };
  const variants = pytorch ? { usual: USUAL_VARIANT, fast: FASTEST_VARIANT } : {};
  const contenders: Contender[] = [
    { name: "product", round: () => timeCalls(product.multiply, CALLS.product, 1) },
    ...Object.entries(steppers).map(([name, { step }]) => ({
      name,
      round: () => timeCalls(step, CALLS.step, CALLS.warmup),
    })),
    ...Object.entries(variants).map(([name, variant]) => ({
      name,
      round: () =>
        pytorch!.time(variant, {
          threads: THREADS,
          steps: CALLS.step,
          warmup: CALLS.warmup,
          model: LARGE_MODEL,
        }),
    })),
  ];
  const times = await alternate(contenders, { rounds: MOST_ROUNDS, seconds: MOST_SECONDS });
  await product.release();
  for (const { release } of Object.values(steppers)) await release();

  const gigaflops = (flop: number, milliseconds: number) => flop / milliseconds / 1e6;
  const { vae: gaussian, echo } = times as Record<"vae" | "echo" | "product", (typeof times)[string]>;
  const step = (name: string, { fastest, median }: typeof gaussian): Measurement => ({
    key: `large.${name.toLowerCase()}.milliseconds`,
    label: `28 x 28 step, ${name}, batch ${BATCH}, ${THREADS} threads`,
    value: fastest,
    unit: "ms",
    better: "lower",
    details: { median, gigaflopPerStep: stepFlop / 1e9 },
  });
  const share = (by: "fastest" | "median") =>
    (100 * gigaflops(stepFlop, gaussian[by])) / gigaflops(PRODUCT_FLOP, times.product![by]);
  const measurements: Measurement[] = [
    step("VAE", gaussian),
    {
      key: "large.vae.shareOfProductPercent",
      label: "  of the matrix product rate",
      value: share("fastest"),
      unit: "%",
      better: "higher",
      details: { median: share("median"), limit: LEAST_SHARE_PERCENT },
    },
    step("Echo", echo),
    {
      key: "large.echo.ratio",
      label: "  its time over the VAE's",
      value: echo.fastest / gaussian.fastest,
      unit: "x",
      better: "lower",
      details: { median: echo.median / gaussian.median, limit: GREATEST_ECHO_RATIO },
    },
    {
      key: "large.peakMegabytes",
      label: "  peak memory with the VAE's step alone",
      value: peakMegabytes,
      unit: "MB",
      better: "lower",
      details: { limit: 2048 },
    },
    ...Object.entries(variants).map(([name, variant]): Measurement => {
      const peer = times[name]!;
      return {
        key: `large.pytorch.${name}.ratio`,
        label: `  PyTorch eager (${describeVariant(variant)}) over the VAE's`,
        value: peer.fastest / gaussian.fastest,
        unit: "x",
        better: "higher",
        details: { median: peer.median / gaussian.median, milliseconds: peer.fastest },
      };
    }),
  ];
  return { measurements };
}

function settingsOf(name: string): ModelSettings {
  const { model } = loadConfiguration(`configs/echo-noise/${name}.yaml`).configuration;
  if (!isAutoencoderSettings(model)) throw new Error(`${name} is no autoencoder`);
  return model;
}

async function openSteps(settings: ModelSettings) {
  const model = createModel(settings, IMAGE_SHAPE);
  const optimizer = {
    type: "adam",
    learningRate: 3e-4,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-7,
    weightDecay: 0,
    decoupledWeightDecay: false,
    schedule: { type: "constant" },
  } as const;
  const trainer = new Trainer(model, await nodeDevice("cpu", THREADS), { seed: 0, optimizer });
  const images = noisyImages();
  return {
    async step() {
      const first = (trainer.state.step * BATCH) % images.count;
      const rows = Uint32Array.from({ length: BATCH }, (_, i) => first + i);
      await trainer.step(images, rows, progressAt(trainer.state.step));
    },
    release: () => trainer.release(),
  };
}

/** Binary noise: what is on the images does not change the time. */
function noisyImages(): ImageTable {
  const count = 10 * BATCH;
  const values = new PhiloxStream(0, "bench images").fillUniform(new Float32Array(count * 784));
  return {
    count,
    imageShape: IMAGE_SHAPE,
    images: Uint8Array.from(values, (value) => (value < 0.2 ? 1 : 0)),
    scale: 1,
    labels: undefined,
    labelNames: [],
  };
}
