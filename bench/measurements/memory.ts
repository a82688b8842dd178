import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { writeFileAtomic } from "../../src/files/atomic.js";
import type { Outcome } from "../measurement.js";
import { CSV_ROWS } from "./csv.js";

const LIMIT_MEGABYTES = 700;

/** Tells the most memory a process ever held, in kilobytes, when it ends. */
const REPORTER =
  'data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))';

/** The most memory that `narrows train` holds in an epoch of the baseline on 200,000 images from a CSV file. */
export function measureMemory(csv: string, folder: string): Outcome {
  const configuration = join(folder, "memory.yaml");
  writeFileAtomic(
    configuration,
    `name: memory\ndata:\n  file: ${JSON.stringify(csv)}\ntraining:\n  epochs: 1\n`,
  );
  const train = ["dist/cli/main.js", "train", configuration, "--runs", join(folder, "runs"), "--json"];
  const told = execFileSync(
    "sh",
    ["-c", '"$@" 2>&1 >/dev/null', "sh", process.execPath, "--import", REPORTER, ...train],
    {
      encoding: "utf8",
    },
  );
  const peak = /^peak (\d+)$/m.exec(told)?.[1];
  if (!peak) throw new Error("narrows train did not tell its memory");
  return {
    measurements: [
      {
        key: "memory.peakMegabytes",
        label: "most memory of a run on 200,000 images",
        value: Number(peak) / 1024,
        unit: "MB",
        better: "lower",
        details: { limit: LIMIT_MEGABYTES, images: CSV_ROWS },
      },
    ],
  };
}
