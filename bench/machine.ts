import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from "node:os";
import * as z from "zod";

const packageSchema = z.object({ version: z.string() });

/** What the numbers were measured on: they compare only with those of a machine of the same shape. */
export const machineSchema = z.object({
  processor: z.string(),
  cores: z.number(),
  memoryGigabytes: z.number(),
  system: z.string(),
  node: z.string(),
  onnxruntime: z.string(),
  torch: z.string().optional(),
});

export type Machine = z.output<typeof machineSchema>;

/** This machine. */
export function thisMachine(torch: string | undefined): Machine {
  const runtime: unknown = JSON.parse(readFileSync("node_modules/onnxruntime-node/package.json", "utf8"));
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
    onnxruntime: packageSchema.parse(runtime).version,
    ...(torch && { torch }),
  };
}

/** Processes that wanted a core, as a mean over the last minute: 0 on an idle machine. */
export function loadAverage(): number {
  return loadavg()[0]!;
}

/** The checked-out commit, with a `+` where files differ from it; `unknown` outside a clone. */
export function presentCommit(): string {
  const git = (...words: string[]) =>
    execFileSync("git", words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain", "--", "src") ? "+" : "");
  } catch {
    return "unknown";
  }
}
