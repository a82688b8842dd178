import { join } from "node:path";
import { writeFileAtomic } from "../../src/files/atomic.js";
import type { Outcome } from "../measurement.js";
import { peakMegabytes } from "../peak-memory.js";
import { CSV_ROWS } from "./csv.js";

const LIMIT_MEGABYTES = 700;

/** The most memory that `narrows train` holds in an epoch of the baseline on 200,000 images from a CSV file. */
export function measureMemory(csv: string, folder: string): Outcome {
  const configuration = join(folder, "memory.yaml");
  writeFileAtomic(
    configuration,
    `name: memory\ndata:\n  file: ${JSON.stringify(csv)}\ntraining:\n  epochs: 1\n`,
  );
  const peak = peakMegabytes("train", configuration, "--runs", join(folder, "runs"), "--json");
  return {
    measurements: [
      {
        key: "memory.peakMegabytes",
        label: "most memory of a run on 200,000 images",
        value: peak,
        unit: "MB",
        better: "lower",
        details: { limit: LIMIT_MEGABYTES, images: CSV_ROWS },
      },
    ],
  };
}
