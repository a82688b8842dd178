import * as z from "zod";

/** One measured number, as it is printed, kept in a results file and compared with an earlier one. */
export const measurementSchema = z.object({
  /** Its name in results files: what is measured and the unit, such as `threads2.step.milliseconds`. */
  key: z.string(),
  label: z.string(),
  value: z.number(),
  unit: z.string(),
  better: z.enum(["lower", "higher"]),
  /** What is needed to judge it: medians, settings of a peer, the limit it is held to. */
  details: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
});

export type Measurement = z.output<typeof measurementSchema>;

/** What a measurement gives: its numbers, and what could not be measured and why, a line each. */
export interface Outcome {
  readonly measurements: readonly Measurement[];
  readonly skipped?: readonly string[];
}
