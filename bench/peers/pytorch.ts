import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";

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
  const child = spawn("python3", [SCRIPT], { stdio: ["pipe", "pipe", "ignore"] });
  const failed = new Promise<string>((resolve) => {
    child.once("error", () => resolve("PyTorch is not compared: there is no python3"));
    child.once("exit", () => resolve("PyTorch is not compared: python3 has no torch that loads"));
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const greeting = await Promise.race([lines.next(), failed]);
  if (typeof greeting === "string") return greeting;
  if (greeting.done) return failed;
  const { torch } = z.object({ torch: z.string() }).parse(JSON.parse(greeting.value));
  return {
    version: torch,
    async time(variant, request) {
      child.stdin.write(`${JSON.stringify({ ...variant, ...request })}\n`);
      const line = await lines.next();
      if (line.done) throw new Error("the PyTorch process ended in the middle of the bench");
      return answerSchema.parse(JSON.parse(line.value)).milliseconds;
    },
    close: () => child.stdin.end(),
  };
}

const answerSchema = z.object({ milliseconds: z.number().positive() });
