import { BATCH_SIZE, type Baseline, openStepping } from "../baseline.js";
import { openMatrixProduct, PRODUCT_FLOP } from "../matrix-product.js";
import type { Measurement, Outcome } from "../measurement.js";
import { multiplyAddsPerImage } from "../multiply-adds.js";
import {
  describeVariant,
  type PytorchPeer,
  USUAL_VARIANT,
  VARIANTS,
  type Variant,
} from "../peers/pytorch.js";
import { alternate, type Contender, type RoundTimes, timeCalls } from "../rounds.js";

const THREADS = [1, 2] as const;
/** Operations timed in one round, and made untimed before, while the other contenders' threads go to sleep. */
const CALLS = { product: 4, step: 10, pytorch: 10, warmup: 2 } as const;
/** What the step is held to, at 2 threads. */
const LEAST_SHARE_PERCENT = 45;
const LEAST_RATIO = 1.5;
/** Longest time for the rounds of one number of threads. */
const MOST_SECONDS = 15;

/**
 * The training step beside the machine's own matrix product rate and, where there is one, beside PyTorch: all in turn,
 * so that a ratio holds although the machine's speed drifts. Numbers are those of the fastest round.
 */
export async function measureTrainingStep(
  baseline: Baseline,
  pytorch: PytorchPeer | undefined,
  rounds: number,
): Promise<Outcome> {
  const { forward, backward } = multiplyAddsPerImage(baseline.settings, baseline.images.imageShape);
  const stepFlop = 2 * (forward + backward) * BATCH_SIZE;
  const measurements: Measurement[] = [];
  for (const threads of THREADS) {
    const product = await openMatrixProduct(threads);
    const stepping = await openStepping(baseline, threads);
    const variants: Record<string, Variant> = pytorch
      ? { "as usually written": USUAL_VARIANT, fastest: await fastestVariant(pytorch, threads) }
      : {};
    const contenders: Contender[] = [
      { name: "product", round: () => timeCalls(product.multiply, CALLS.product, 1) },
      { name: "step", round: () => timeCalls(stepping.step, CALLS.step, CALLS.warmup) },
    ];
    for (const [name, variant] of Object.entries(variants)) {
      const request = { threads, steps: CALLS.pytorch, warmup: CALLS.warmup };
      contenders.push({ name, round: () => pytorch!.time(variant, request) });
    }
    const times = await alternate(contenders, { rounds, seconds: MOST_SECONDS });
    measurements.push(...ours(threads, stepFlop, times.step!, times.product!));
    for (const [name, variant] of Object.entries(variants)) {
      measurements.push(...compared(threads, times.step!, times[name]!, name, variant));
    }
    await product.release();
    await stepping.release();
  }
  return { measurements };
}

function ours(threads: number, stepFlop: number, step: RoundTimes, product: RoundTimes): Measurement[] {
  const on = threads === 1 ? "1 thread" : `${threads} threads`;
  const gigaflops = (flop: number, milliseconds: number) => flop / milliseconds / 1e6;
  const share = (by: "fastest" | "median") =>
    (100 * gigaflops(stepFlop, step[by])) / gigaflops(PRODUCT_FLOP, product[by]);
  const key = (what: string) => `threads${threads}.${what}`;
  return [
    {
      key: key("product.gigaflops"),
      label: `1024^3 matrix product, ${on}`,
      value: gigaflops(PRODUCT_FLOP, product.fastest),
      unit: "GFLOP/s",
      better: "higher",
      details: { median: gigaflops(PRODUCT_FLOP, product.median) },
    },
    {
      key: key("step.milliseconds"),
      label: `training step, ${on}`,
      value: step.fastest,
      unit: "ms",
      better: "lower",
      details: { median: step.median, batchSize: BATCH_SIZE },
    },
    {
      key: key("step.gigaflops"),
      label: `training step, ${on}`,
      value: gigaflops(stepFlop, step.fastest),
      unit: "GFLOP/s",
      better: "higher",
      details: { median: gigaflops(stepFlop, step.median), megaflopPerStep: stepFlop / 1e6 },
    },
    {
      key: key("step.shareOfProductPercent"),
      label: `  of the matrix product rate, ${on}`,
      value: share("fastest"),
      unit: "%",
      better: "higher",
      details: { median: share("median"), limit: LEAST_SHARE_PERCENT },
    },
    {
      key: key("step.imagesPerSecond"),
      label: `  images per second, ${on}`,
      value: (1000 * BATCH_SIZE) / step.fastest,
      unit: "/s",
      better: "higher",
      details: { median: (1000 * BATCH_SIZE) / step.median },
    },
  ];
}

function compared(
  threads: number,
  step: RoundTimes,
  peer: RoundTimes,
  name: string,
  variant: Variant,
): Measurement[] {
  const on = threads === 1 ? "1 thread" : `${threads} threads`;
  const key = `threads${threads}.pytorch.${name === "fastest" ? "fastest" : "usual"}`;
  return [
    {
      key: `${key}.milliseconds`,
      label: `PyTorch eager, ${name}, ${on}`,
      value: peer.fastest,
      unit: "ms",
      better: "lower",
      details: { median: peer.median, variant: describeVariant(variant) },
    },
    {
      key: `${key}.ratio`,
      label: `  its time over ours, ${on}`,
      value: peer.fastest / step.fastest,
      unit: "x",
      better: "higher",
      details: { median: peer.median / step.median, limit: LEAST_RATIO },
    },
  ];
}

/** The variant whose better of two short rounds is fastest. */
async function fastestVariant(pytorch: PytorchPeer, threads: number): Promise<Variant> {
  const contenders = VARIANTS.map((variant) => ({
    name: describeVariant(variant),
    round: () => pytorch.time(variant, { threads, steps: CALLS.pytorch, warmup: CALLS.warmup }),
  }));
  const times = await alternate(contenders, { rounds: 3, seconds: MOST_SECONDS / 3 });
  const fastest = (variant: Variant) => times[describeVariant(variant)]!.fastest;
  return VARIANTS.reduce((best, variant) => (fastest(variant) < fastest(best) ? variant : best));
}
