// What bench/gpu.sh runs: the networks of the three papers on a graphics card, beside PyTorch on the same card, and beside the processor for agreement.
// It prints a line a figure and writes them as JSON.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { printLine } from "../src/cli/output.js";
import type { DeviceName } from "../src/onnx/devices.js";
import { agreement } from "./agreement.js";
import { presentCommit, thisMachine } from "./machine.js";
import { NETWORKS, type Network } from "./networks.js";
import {
  describeVariant,
  EAGER_VARIANTS,
  openPytorch,
  type PytorchPeer,
  type PytorchPlace,
  USUAL_VARIANT,
  type Variant,
} from "./peers/pytorch.js";
import { alternate, type Contender } from "./rounds.js";
import { openOwnSteps, type StepPeer } from "./stepping/peer.js";

/** Losses of the device and of the processor differ by no more than this share. */
const MAX_DIFFERENCE = 1e-3;
/** The share of a network's time that may go into agreement: the processor is the slow one there. */
const SHARE_OF_AGREEMENT = 0.5;
/** Steps of a round; a card makes hundreds a second. */
const ROUND = { steps: 20, warmup: 3 };

interface Settings {
  readonly device: DeviceName;
  /** Steps whose losses are compared. */
  readonly steps: number;
  /** For everything. */
  readonly seconds: number;
  readonly networks: readonly Network[];
}

/** A form of PyTorch's step, by a name for people. */
interface Form {
  readonly name: string;
  readonly variant: Variant;
  readonly place: PytorchPlace;
}

/** Forms that stand beside ours: as usually written, every eager form, compiled; on a card also without TF32, as ours is. */
function formsOf(device: DeviceName): Form[] {
  const where = device === "cuda" ? "cuda" : "cpu";
  const place = { device: where, tf32: true } as const;
  const form = (variant: Variant, name = describeVariant(variant)): Form => ({ name, variant, place });
  const others = EAGER_VARIANTS.filter(
    (variant) => describeVariant(variant) !== describeVariant(USUAL_VARIANT),
  );
  if (device !== "cuda") return [form(USUAL_VARIANT), ...others.map((variant) => form(variant))];
  const fused: Variant = { channelsLast: false, adam: "fused", compiled: false };
  return [
    form(USUAL_VARIANT),
    ...others.map((variant) => form(variant)),
    { name: `${describeVariant(fused)}, no TF32`, variant: fused, place: { ...place, tf32: false } },
    form({ ...fused, compiled: true }, `${describeVariant(fused)}, compiled`),
  ];
}

async function measure(
  network: Network,
  pytorch: PytorchPeer | string,
  { device, steps, seconds }: Settings,
) {
  const threads = availableParallelism();
  const { configuration, imageShape, batchSize, overrides } = network;
  const task = { configuration, imageShape, batchSize, ...(overrides && { overrides }), checkout: "." };
  const ours = await openOwnSteps({ ...task, device, threads: 1 });
  const reference = await openOwnSteps({ ...task, device: "cpu", threads });
  const agreed = await agreement(ours, reference, { steps, seconds: seconds * SHARE_OF_AGREEMENT }).finally(
    () => reference.close(),
  );
  const forms = typeof pytorch === "string" ? [] : formsOf(device);
  const opened: { readonly form: Form; readonly peer: StepPeer }[] = [];
  const refused: Record<string, string> = {};
  for (const form of forms) {
    try {
      const peer = await (pytorch as PytorchPeer).open(network, form.variant, threads, form.place);
      opened.push({ form, peer });
    } catch (error) {
      refused[form.name] = error instanceof Error ? error.message : String(error);
    }
  }
  const round = device === "cpu" ? network.calls : ROUND;
  const contender = (name: string, peer: StepPeer): Contender => ({
    name,
    round: async () => (await peer.time(round)).milliseconds,
  });
  const contenders = [contender("ours", ours), ...opened.map(({ form, peer }) => contender(form.name, peer))];
  const times = await alternate(contenders, { rounds: 20, seconds: seconds * (1 - SHARE_OF_AGREEMENT) });
  ours.close();
  const own = times.ours!;
  return {
    parameters: ours.parameters,
    agreement: { ...agreed, within: agreed.largest <= MAX_DIFFERENCE },
    milliseconds: { median: own.median, fastest: own.fastest },
    stepsPerSecond: 1000 / own.median,
    pytorch: Object.fromEntries(
      opened.map(({ form: { name } }) => {
        const { median, fastest } = times[name]!;
        return [name, { median, fastest, timeOverOurs: median / own.median }];
      }),
    ),
    ...(Object.keys(refused).length > 0 && { refused }),
  };
}

/** The card, as NVIDIA's tool tells it; undefined without the tool. */
function cardOf(): string | undefined {
  try {
    const query = ["--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"];
    return execFileSync("nvidia-smi", query, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    // No such tool, or no card.
    return undefined;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      device: { type: "string", default: "cuda" },
      steps: { type: "string", default: "200" },
      seconds: { type: "string", default: "480" },
      only: { type: "string" },
      out: { type: "string", default: "bench/results" },
    },
  });
  const only = values.only?.split(",");
  const networks = NETWORKS.filter(({ key }) => !only || only.includes(key));
  const settings: Settings = {
    device: values.device as DeviceName,
    steps: Number(values.steps),
    seconds: Number(values.seconds) / networks.length,
    networks,
  };
  const pytorch = await openPytorch();
  if (typeof pytorch === "string") printLine(pytorch);
  const results: Record<string, unknown> = {};
  for (const network of networks) {
    try {
      const measured = await measure(network, pytorch, settings);
      results[network.key] = measured;
      const { agreement: agreed, stepsPerSecond } = measured;
      const peers = Object.entries(measured.pytorch).map(
        ([name, { timeOverOurs }]) => `${name} ${timeOverOurs.toFixed(2)}`,
      );
      printLine(
        `${network.label}: ${stepsPerSecond.toFixed(1)} steps/s; losses of ${agreed.steps} steps within ${agreed.largest.toExponential(1)} of the processor's` +
          (agreed.within ? "" : ` (at step ${agreed.at}; the limit is ${MAX_DIFFERENCE})`) +
          (peers.length > 0 ? `; PyTorch's time over ours: ${peers.join("; ")}` : ""),
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      results[network.key] = { error: reason };
      printLine(`${network.label}: ${reason}`);
      process.exitCode = 1;
    }
  }
  const torch = typeof pytorch === "string" ? undefined : pytorch.version;
  if (typeof pytorch !== "string") pytorch.close();
  mkdirSync(values.out, { recursive: true });
  const file = join(values.out, `gpu-${values.device}.json`);
  const about = {
    measuredAt: new Date().toISOString(),
    commit: presentCommit(),
    device: values.device,
    card: cardOf(),
  };
  writeFileSync(
    file,
    `${JSON.stringify({ ...about, machine: thisMachine(torch), networks: results }, null, 2)}\n`,
  );
  printLine(file);
}

await main();
