import { join } from "node:path";
import { writeFileAtomic } from "../../src/files/atomic.js";
import { commandCost } from "../command-cost.js";
import type { Outcome } from "../measurement.js";
import { CSV_ROWS, writeLongCsv } from "./csv.js";

const LIMIT_MEGABYTES = 700;

/** The most memory that `narrows train` holds in an epoch of the baseline on 200,000 images from a CSV file. */
export function measureMemory(csv: string, folder: string): Outcome {
  writeLongCsv(csv);
  const configuration = join(folder, "memory.yaml");
  writeFileAtomic(
    configuration,
    `name: memory\ndata:\n  file: ${JSON.stringify(csv)}\ntraining:\n  epochs: 1\n`,
  );
  const { peakMegabytes } = commandCost("train", configuration, "--runs", join(folder, "runs"), "--json");
  return {
    measurements: [
      {
        key: "memory.peakMegabytes",
        label: "most memory of a run on 200,000 images",
        value: peakMegabytes,
        unit: "MB",
        better: "lower",
        details: { limit: LIMIT_MEGABYTES, images: CSV_ROWS },
      },
    ],
  };
}
