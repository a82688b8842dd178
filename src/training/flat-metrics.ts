import type { Evaluation } from "./evaluate.js";
import type { TrainingLine } from "./loop.js";

/**
 * A line of measurements as one level of names for files and charts: `tasks.E2M1.f1`. What is not defined is left out.
 */
export function flatMetrics(values: Partial<Evaluation> | Partial<TrainingLine>): Record<string, number> {
  return flatten(values);
}

function flatten(values: object, prefix = ""): Record<string, number> {
  return Object.assign(
    {},
    ...Object.entries(values).map(([name, value]: [string, unknown]) =>
      typeof value === "number"
        ? { [prefix + name]: value }
        : value !== null && typeof value === "object"
          ? flatten(value, `${prefix}${name}.`)
          : {},
    ),
  );
}
