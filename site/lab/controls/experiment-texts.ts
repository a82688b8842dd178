/** Stands in for functions of core that are being written: the same experiment as a link, as a configuration and as a command. */
import type { Experiment } from "../core/experiment.js";

export const linkOf = (experiment: Experiment): string =>
  `${location.href.replace(/#.*$/, "")}#${encodeURIComponent(JSON.stringify(experiment))}`;
export const yamlOf = (experiment: Experiment): string => JSON.stringify(experiment, undefined, 2);
export const commandOf = (experiment: Experiment): string =>
  `narrows train lab.yaml --set seed=${experiment.seed}`;
