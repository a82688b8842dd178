import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { UserError } from "../src/errors.js";
import { writeFileAtomic } from "../src/files/atomic.js";
import { explainSystemError } from "../src/files/system-errors.js";
import { machineSchema } from "./machine.js";
import { measurementSchema } from "./measurement.js";

const resultsSchema = z.object({
  version: z.string(),
  commit: z.string(),
  date: z.string(),
  machine: machineSchema,
  /** Load averages before and after: others' work on the machine shows here. */
  load: z.object({ before: z.number(), after: z.number() }),
  measurements: z.array(measurementSchema),
  skipped: z.array(z.string()),
});

/** One run of the bench, as its file holds it. */
export type Results = z.output<typeof resultsSchema>;

const FOLDER = "bench/results";
/** Default folder of a run of the bench; not kept in git. A release keeps its own as `<version>.json`. */
export const LATEST = join(FOLDER, "latest.json");

/** Reads a results file. @throws UserError when there is none, or it is not one. */
export function readResults(path: string): Results {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw explainSystemError(error, path);
  }
  try {
    return resultsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError({ where: path, what: "not a results file of the bench", remedy: "Remove it", cause });
  }
}

/** The file to compare with: that of the newest release, else the last run's; undefined where there is neither. */
export function previousFile(folder = FOLDER): string | undefined {
  if (!existsSync(folder)) return undefined;
  const releases = readdirSync(folder)
    .filter((name) => /^\d+\.\d+\.\d+\.json$/.test(name))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const newest = releases.at(-1) ?? (existsSync(join(folder, "latest.json")) ? "latest.json" : undefined);
  return newest && join(folder, newest);
}

/** Writes a results file. @throws UserError when the disk is full or the path cannot be written. */
export function writeResults(path: string, results: Results): void {
  writeFileAtomic(path, `${JSON.stringify(results, undefined, 2)}\n`);
}
