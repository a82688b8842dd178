import { z } from "zod";
import { openPython } from "./python.js";

const SCRIPT = "bench/peers/pytorch_step.py";

/** Ways to run the step in PyTorch that a careful user would try. */
export interface Variant {
  readonly channelsLast: boolean;
  readonly adam: "plain" | "foreach" | "fused";
}

export const VARIANTS: readonly Variant[] = [true, false].flatMap((channelsLast) =>
  (["plain", "foreach", "fused"] as const).map((adam) => ({ channelsLast, adam })),
);

/** What one writes without a thought for speed: the defaults. */
export const USUAL_VARIANT: Variant = { channelsLast: false, adam: "plain" };

/** The 28 x 28 networks of "Exact rate-distortion", in place of the Corridors baseline. */
export const LARGE_MODEL = "large";

/** A variant for people. */
export function describeVariant({ channelsLast, adam }: Variant): string {
  return `${channelsLast ? "channels-last" : "contiguous"}, ${adam} Adam`;
}

/** PyTorch in a process of its own, ready to make steps. */
export interface PytorchPeer {
  readonly version: string;
  /** Milliseconds per step: the median of so many timed steps after some untimed ones. */
  time(
    variant: Variant,
    request: { threads: number; steps: number; warmup: number; model?: typeof LARGE_MODEL },
  ): Promise<number>;
  close(): void;
}

/** Starts the peer; a line that says why where `python3` or its torch is not there. */
export async function openPytorch(): Promise<PytorchPeer | string> {
  const peer = await openPython(SCRIPT, "PyTorch");
  if (typeof peer === "string") return peer;
  return {
    version: greetingSchema.parse(peer.greeting).torch,
    time: async (variant, request) =>
      answerSchema.parse(await peer.ask({ ...variant, ...request })).milliseconds,
    close: peer.close,
  };
}

const greetingSchema = z.object({ torch: z.string() });
const answerSchema = z.object({ milliseconds: z.number().positive() });
