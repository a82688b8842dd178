import { existsSync } from "node:fs";
import { generateCorridors } from "../../src/data/corridors.js";
import { readImageCsv } from "../../src/data/csv/reader.js";
import { imageCsvChunks } from "../../src/data/csv/writer.js";
import { writeFileAtomic } from "../../src/files/atomic.js";
import type { Outcome } from "../measurement.js";

export const CSV_ROWS = 200_000;
const LIMIT_SECONDS = 3;

/** Writes 200,000 images of 171 columns, unless an earlier measurement did. */
export function writeLongCsv(path: string): void {
  if (existsSync(path)) return;
  writeFileAtomic(path, imageCsvChunks(generateCorridors({ samples: CSV_ROWS, seed: 0 })));
}

/** Reading 200,000 images of 171 columns. */
export function measureCsv(path: string): Outcome {
  writeLongCsv(path);
  const begun = performance.now();
  const { count } = readImageCsv(path);
  const seconds = (performance.now() - begun) / 1000;
  if (count !== CSV_ROWS) throw new Error(`read ${count} of ${CSV_ROWS} rows`);
  return {
    measurements: [
      {
        key: "csv.seconds",
        label: "reading a CSV of 200,000 images",
        value: seconds,
        unit: "s",
        better: "lower",
        details: { limit: LIMIT_SECONDS },
      },
    ],
  };
}
