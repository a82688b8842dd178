import * as z from "zod";
import { describeLayers } from "../layers.js";
import { type Network, trainingSettings } from "../networks.js";
import { readAnswer, readTimes, type StepPeer } from "../stepping/peer.js";
import { openPython } from "./python.js";

const SCRIPT = "bench/peers/pytorch_step.py";

/** Ways to run the step in PyTorch that a careful user would try. */
export interface Variant {
  readonly channelsLast: boolean;
  readonly adam: "plain" | "foreach" | "fused";
  readonly compiled: boolean;
}

/** What one writes without a thought for speed: the defaults. */
export const USUAL_VARIANT: Variant = { channelsLast: false, adam: "plain", compiled: false };

/** The eager ones. */
export const EAGER_VARIANTS: readonly Variant[] = [false, true].flatMap((channelsLast) =>
  (["plain", "foreach", "fused"] as const).map((adam) => ({ channelsLast, adam, compiled: false })),
);

/** A variant for people. */
export function describeVariant({ channelsLast, adam }: Variant): string {
  return `${channelsLast ? "channels-last" : "contiguous"}, ${adam} Adam`;
}

/** Where PyTorch trains, and whether it may round the factors of products to TF32 there, as it does by default for convolutions. */
export interface PytorchPlace {
  readonly device: "cpu" | "cuda";
  readonly tf32: boolean;
}

/** PyTorch in a process of its own. */
export interface PytorchPeer {
  readonly version: string;
  /**
   * The network's step in a variant; compiled where the variant says so. Those of earlier networks are forgotten.
   * @throws Error with PyTorch's own words where it cannot: a compiler is not there, for one.
   */
  open(
    network: Network,
    variant: Variant,
    threads: number,
    place?: PytorchPlace,
  ): Promise<StepPeer & { readonly parameters: number }>;
  close(): void;
}

/** Starts the peer; a line that says why where `python3` or its torch is not there. */
export async function openPytorch(): Promise<PytorchPeer | string> {
  const peer = await openPython(SCRIPT, "PyTorch");
  if (typeof peer === "string") return peer;
  return {
    version: greetingSchema.parse(peer.greeting).torch,
    async open(network, variant, threads, place) {
      const training = { network: describeForPytorch(network), variant, threads, ...place };
      const { parameters } = readAnswer(openedSchema, await peer.ask({ ...training, open: true }));
      return {
        parameters,
        time: async (request) => readTimes(await peer.ask({ ...training, ...request })),
        close: () => {},
      };
    },
    close: peer.close,
  };
}

const greetingSchema = z.object({ torch: z.string() });
const openedSchema = z.object({ parameters: z.int() });

/** A network in plain data, from the same configuration as ours: layers, losses and the optimizer's settings. */
function describeForPytorch(network: Network) {
  const { model, optimizer } = trainingSettings(network);
  const { imageShape, batchSize, key } = network;
  return {
    key,
    imageShape,
    batchSize,
    layers: describeLayers(model, imageShape),
    likelihood: likelihoodSchema.parse(model.likelihood),
    objective: objectiveSchema.parse(model.objective),
    optimizer: optimizerSchema.parse(optimizer),
  };
}

// What the script knows to do; anything else is no network that it can stand beside.
const likelihoodSchema = z.union([
  z.strictObject({ type: z.literal("bernoulli"), pixels: z.literal("sum") }),
  z.strictObject({ type: z.literal("mse"), pixels: z.literal("mean"), output: z.literal("sigmoid") }),
]);
const objectiveSchema = z.union([
  z.object({ type: z.literal("beta"), beta: z.number(), rateWeight: z.number() }),
  z.object({
    type: z.literal("capacity"),
    capacity: z.number(),
    gamma: z.number(),
    rateWeight: z.number(),
    gap: z.literal("batch"),
  }),
]);
const optimizerSchema = z.object({
  type: z.literal("adam"),
  learningRate: z.number(),
  beta1: z.number(),
  beta2: z.number(),
  epsilon: z.number(),
  weightDecay: z.number(),
  decoupledWeightDecay: z.literal(false),
});
