import { z } from "zod";

/** How long something lasts: a number of units, or a share of all that are planned, such as `40%` (rule S12). */
export const durationSchema = z.union(
  [z.number().nonnegative(), z.string().regex(/^(100|\d{1,2})(\.\d+)?%$/)],
  { error: "expected a number of units, or a share of the planned ones such as 40%" },
);

export type Duration = z.output<typeof durationSchema>;

/** A duration in units. */
export function unitsOf(duration: Duration, planned: number): number {
  return typeof duration === "number" ? duration : (Number.parseFloat(duration) / 100) * planned;
}
