import { spawnSync } from "node:child_process";
import type { Outcome } from "../measurement.js";
import { median } from "../rounds.js";

const TRIES = 5;
const LIMIT_MILLISECONDS = 300;
/** Of processor time, user and system, which grows little with what else the machine does. */
const LIMIT_PROCESSOR_MILLISECONDS = 250;

/** Makes a process write its processor time, in microseconds, as the last line of its errors. */
const TELL_PROCESSOR_TIME = `data:text/javascript,process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  console.error(user + system);
});`;

/** `narrows --help` from a new process to its end, as built. */
export function measureStartUp(): Outcome {
  const tries = Array.from({ length: TRIES }, () => {
    const begun = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", TELL_PROCESSOR_TIME, "dist/cli/main.js", "--help"],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`narrows --help ended with exit code ${status}`);
    return {
      milliseconds: performance.now() - begun,
      processorMilliseconds: Number(stderr.trim().split("\n").at(-1)) / 1000,
    };
  });
  const row = (name: "milliseconds" | "processorMilliseconds", label: string, limit: number) => {
    const values = tries.map((one) => one[name]);
    return {
      key: `help.${name}`,
      label,
      value: median(values),
      unit: "ms",
      better: "lower",
      details: { fastest: Math.min(...values), limit },
    } as const;
  };
  return {
    measurements: [
      row("milliseconds", "narrows --help, cold", LIMIT_MILLISECONDS),
      row(
        "processorMilliseconds",
        "narrows --help, cold, processor time of all threads",
        LIMIT_PROCESSOR_MILLISECONDS,
      ),
    ],
  };
}
