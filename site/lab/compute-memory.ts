/** Where the page computes, kept in the browser: a setting of the machine. */
import * as z from "zod";
import type { Machine } from "./core/contract.js";
import type { Measured } from "./core/way-trial.js";
import { COMPUTE_CHOICES, type ComputeChoice, WAY_NAMES } from "./core/ways.js";

const KEY = "narrows-lab-computes-on";

const keptSchema = z.object({
  choice: z.enum(COMPUTE_CHOICES),
  measured: z
    .object({
      key: z.string(),
      way: z.enum(WAY_NAMES),
      seen: z.array(
        z.object({
          way: z.enum(WAY_NAMES),
          stepsPerSecond: z.number().optional(),
          problem: z.string().optional(),
        }),
      ),
    })
    .optional(),
});

interface Kept {
  readonly choice: ComputeChoice;
  readonly measured: Measured | undefined;
}

const FIRST: Kept = { choice: "automatic", measured: undefined };

/** What was kept; the first choice where there is nothing, nothing that can be read, or a browser that keeps nothing. */
export function readComputing(): Kept {
  try {
    const kept = keptSchema.safeParse(JSON.parse(localStorage.getItem(KEY) ?? "null"));
    if (!kept.success) return FIRST;
    const { choice, measured } = kept.data;
    const seen = measured?.seen.map(({ way, stepsPerSecond, problem }) => ({ way, stepsPerSecond, problem }));
    return { choice, measured: measured && { ...measured, seen: seen! } };
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof SyntaxError)) throw error;
    return FIRST;
  }
}

/** Keeps it for the next visit, where the browser does. */
export function keepComputing({ choice, measured, isForNow }: Machine): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ choice, measured: isForNow ? undefined : measured }));
  } catch (error) {
    // A browser that keeps nothing measures again.
    if (!(error instanceof DOMException)) throw error;
  }
}
