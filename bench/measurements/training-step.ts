import { closing } from "../closing.js";
import { describeLayers } from "../layers.js";
import { loadAverage } from "../machine.js";
import { openMatrixProduct, PRODUCT_FLOP } from "../matrix-product.js";
import type { Measurement, Outcome } from "../measurement.js";
import { multiplyAddsPerImage } from "../multiply-adds.js";
import { type Network, trainingSettings } from "../networks.js";
import {
  describeVariant,
  EAGER_VARIANTS,
  type PytorchPeer,
  USUAL_VARIANT,
  type Variant,
} from "../peers/pytorch.js";
import { alternate, type Contender, timeCalls } from "../rounds.js";
import { contendWithSteps, onThreads, type StepTimes, stepRow, timesOf, timesOverRow } from "../step-rows.js";
import { openOwnSteps, type StepPeer } from "../stepping/peer.js";

/** What the step of the Corridors baseline in batches of 64 is held to, at 2 threads. */
const MIN_SHARE_PERCENT = 45;
/** Products timed in one round, and made untimed before. */
const PRODUCT_CALLS = { count: 4, warmup: 1 } as const;
/** Turns and longest time of the trial that finds PyTorch's fastest eager form. */
const TRIAL = { rounds: 3, seconds: 5 } as const;

/** PyTorch's processes, one a contender. */
export type PytorchPeers = Readonly<Record<"usual" | "fastest" | "compiled", PytorchPeer>>;

export interface StepOptions {
  readonly threads: readonly number[];
  /** Most rounds of a network at one number of threads. */
  readonly rounds: number;
}

/**
 * Training steps of a network beside the machine's own matrix product rate and, where there is one, beside PyTorch; each in a
 * process of its own and all in turn, so that a ratio holds although the machine's speed drifts.
 */
export async function measureTrainingSteps(
  network: Network,
  pytorch: PytorchPeers | undefined,
  { threads, rounds }: StepOptions,
): Promise<Outcome> {
  const measurements: Measurement[] = [];
  const skipped: string[] = [];
  const peaks: number[] = [];
  for (const count of threads) {
    const cell = await measureCell(network, pytorch, { threads: count, rounds });
    measurements.push(...cell.measurements);
    skipped.push(...cell.skipped);
    peaks.push(cell.peakMegabytes);
  }
  return { measurements: [...measurements, peakRow(network, Math.max(...peaks))], skipped };
}

/** What a network comes to at one number of threads. */
interface Cell extends Required<Outcome> {
  readonly peakMegabytes: number;
}

function measureCell(
  network: Network,
  pytorch: PytorchPeers | undefined,
  { threads, rounds }: { readonly threads: number; readonly rounds: number },
): Promise<Cell> {
  const { key, label, sibling, calls, limits } = network;
  const prefix = `${key}.threads${threads}`;
  const threadWords = onThreads(threads);
  const load = loadAverage();
  return closing(async (keep) => {
    const source = { ...network, checkout: ".", threads };
    const own = keep(await openOwnSteps(source));
    const other = sibling && keep(await openOwnSteps({ ...source, configuration: sibling.configuration }));
    const { forms, skipped } = await openForms(network, pytorch, threads, own.parameters);
    const product = await openMatrixProduct(threads);
    const ours = contendWithSteps("ours", own, calls);
    const theirs = other && contendWithSteps("sibling", other, calls);
    const peers = forms.map((form) => contendWithSteps(form.key, form.peer, calls));
    const products: Contender = {
      name: "product",
      round: () => timeCalls(product.multiply, PRODUCT_CALLS.count, PRODUCT_CALLS.warmup),
    };
    const contenders = [ours, ...(theirs ? [theirs] : []), ...peers, products];
    const times = await alternate(contenders, { rounds, seconds: network.seconds });
    await product.release();

    const step = timesOf(ours, times);
    const details = { parameters: own.parameters, rounds: step.rounds.length, load };
    const measurements = [
      stepRow(`${prefix}.step`, `${label}, training step, ${threadWords}`, step, details),
      shareRow(network, threads, step, times.product!),
      ...forms.map((form, k) =>
        timesOverRow(
          `${prefix}.pytorch.${form.key}.ratio`,
          `  ${form.label}, its time over ours, ${threadWords}`,
          timesOf(peers[k]!, times),
          step,
          {
            variant: describeVariant(form.variant),
            ...(limits && form.key !== "compiled" && { limit: limits[form.key] }),
          },
        ),
      ),
    ];
    if (sibling && theirs) {
      measurements.push(
        timesOverRow(
          `${prefix}.${sibling.key}.ratio`,
          `  ${sibling.label}, its time over ours, ${threadWords}`,
          timesOf(theirs, times),
          step,
          { limit: sibling.limit },
          "lower",
        ),
      );
    }
    return { measurements, skipped, peakMegabytes: ours.peakMegabytes() };
  });
}

/** A form of PyTorch's step, opened. */
interface Form {
  readonly key: keyof PytorchPeers;
  readonly label: string;
  readonly variant: Variant;
  readonly peer: StepPeer;
}

/**
 * PyTorch as usually written, in its fastest eager form, and that compiled.
 * @param parameters that each must have.
 */
async function openForms(
  network: Network,
  pytorch: PytorchPeers | undefined,
  threads: number,
  parameters: number,
): Promise<{ forms: Form[]; skipped: string[] }> {
  if (!pytorch) return { forms: [], skipped: [] };
  const open = async (peer: PytorchPeer, variant: Variant) => {
    const opened = await peer.open(network, variant, threads);
    if (opened.parameters === parameters) return opened;
    throw new Error(`${network.key} has ${parameters} parameters, and ${opened.parameters} in PyTorch`);
  };
  const fastest = await fastestVariant(network, (variant) => open(pytorch.fastest, variant));
  const forms: Form[] = [
    {
      key: "usual",
      label: "PyTorch eager as usually written",
      variant: USUAL_VARIANT,
      peer: await open(pytorch.usual, USUAL_VARIANT),
    },
    {
      key: "fastest",
      label: "PyTorch eager, fastest",
      variant: fastest,
      peer: await open(pytorch.fastest, fastest),
    },
  ];
  const compiled = { ...fastest, compiled: true };
  const peer = await open(pytorch.compiled, compiled).catch((error: Error) => error);
  if (peer instanceof Error) {
    return { forms, skipped: [`torch.compile is not compared: ${peer.message.split("\n")[0]}`] };
  }
  forms.push({ key: "compiled", label: "torch.compile", variant: compiled, peer });
  return { forms, skipped: [] };
}

/** The eager variant whose best of some short rounds is fastest. */
async function fastestVariant(
  { calls }: Network,
  open: (variant: Variant) => Promise<StepPeer>,
): Promise<Variant> {
  const contenders: Contender[] = [];
  for (const variant of EAGER_VARIANTS) {
    contenders.push(contendWithSteps(describeVariant(variant), await open(variant), calls));
  }
  const times = await alternate(contenders, TRIAL);
  const fastest = (variant: Variant) => times[describeVariant(variant)]!.fastest;
  return EAGER_VARIANTS.reduce((best, variant) => (fastest(variant) < fastest(best) ? variant : best));
}

function shareRow(
  network: Network,
  threads: number,
  step: StepTimes,
  product: { readonly fastest: number; readonly median: number },
): Measurement {
  const { key, imageShape, batchSize } = network;
  const { forward, backward } = multiplyAddsPerImage(
    describeLayers(trainingSettings(network).model, imageShape),
  );
  const stepFlop = 2 * (forward + backward) * batchSize;
  const gigaflops = (flop: number, milliseconds: number) => flop / milliseconds / 1e6;
  const share = (by: "fastest" | "median") =>
    (100 * gigaflops(stepFlop, step[by])) / gigaflops(PRODUCT_FLOP, product[by]);
  return {
    key: `${key}.threads${threads}.step.shareOfProductPercent`,
    label: `  of the matrix product rate, ${onThreads(threads)}`,
    value: share("fastest"),
    unit: "%",
    better: "higher",
    details: {
      median: share("median"),
      gigaflopPerStep: stepFlop / 1e9,
      productGigaflops: gigaflops(PRODUCT_FLOP, product.fastest),
      ...(key === "corridors64" && threads === 2 && { limit: MIN_SHARE_PERCENT }),
    },
  };
}

function peakRow({ key, label, maxMegabytes }: Network, peakMegabytes: number): Measurement {
  return {
    key: `${key}.peakMegabytes`,
    label: `${label}, peak memory of one training`,
    value: peakMegabytes,
    unit: "MB",
    better: "lower",
    ...(maxMegabytes !== undefined && { details: { limit: maxMegabytes } }),
  };
}
