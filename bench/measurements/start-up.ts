import { spawnSync } from "node:child_process";
import type { Outcome } from "../measurement.js";
import { median } from "../rounds.js";

const TRIES = 5;
const LIMIT_MILLISECONDS = 300;

/** `narrows --help` from a new process to its end, as built. */
export function measureStartUp(): Outcome {
  const times = Array.from({ length: TRIES }, () => {
    const begun = performance.now();
    const { status } = spawnSync(process.execPath, ["dist/cli/main.js", "--help"]);
    if (status !== 0) throw new Error(`narrows --help ended with exit code ${status}`);
    return performance.now() - begun;
  });
  return {
    measurements: [
      {
        key: "help.milliseconds",
        label: "narrows --help, cold",
        value: median(times),
        unit: "ms",
        better: "lower",
        details: { fastest: Math.min(...times), limit: LIMIT_MILLISECONDS },
      },
    ],
  };
}
