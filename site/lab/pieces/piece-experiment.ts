import type { Experiment } from "../../../src/lab/experiment.js";
import { readLink } from "../../../src/lab/link.js";

/**
 * The experiment that a piece begins with.
 * @param link As the lab's address has it.
 * @throws Error for a link that is no experiment.
 */
export function experimentOf(link: string): Experiment {
  const { experiment, problem } = readLink(link);
  if (!experiment) throw new Error(problem);
  return experiment;
}
