import type { Experiment } from "../../../src/lab/experiment.js";

/** Whether two experiments are the same in every setting. */
export function sameExperiment(a: Experiment, b: Experiment): boolean {
  const text = (experiment: Experiment) =>
    JSON.stringify(Object.entries(experiment).sort(([x], [y]) => (x < y ? -1 : 1)));
  return text(a) === text(b);
}

const FREQUENCIES = {
  uniform: "",
  lower: "lower bias",
  aligned: "aligned bias",
  drawn: "drawn frequencies",
} as const;

/** An experiment in a few words, such as `C = 0.3 nats, task E2M1, step 1,200`. */
export function titleOf({ limit, frequencies, task, channel }: Experiment, step: number): string {
  return [
    limit.kind === "capacity" ? `C = ${limit.nats} nats` : `beta = ${limit.beta}`,
    FREQUENCIES[frequencies.kind],
    task === undefined ? "" : `task ${task}`,
    channel === "echo" ? "Echo" : "",
    `step ${step.toLocaleString("en")}`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}
