/** Stands in for core/link.ts and core/configuration.ts, which are being written. */
import type { Experiment } from "../core/experiment.js";

export const linkOf = (experiment: Experiment): string => `seed=${experiment.seed}`;
export const yamlOf = async (experiment: Experiment, link: string): Promise<string> =>
  `# ${link}\n${JSON.stringify(experiment, undefined, 2)}`;
export const commandOf = (): string => "npx narrows train lab.yaml";
