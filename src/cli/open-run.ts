import { openRun, type Run } from "../runs/run.js";
import { loadRunOfAnyKind, loadTrainedRun, type OpenOptions } from "../training/trained-run.js";
import { warn } from "./output.js";

/** Where a run and its data are: the values of `runsAndData`. */
export interface Whereabouts extends Pick<OpenOptions, "data"> {
  readonly runs: string;
}

function opening<Loaded extends { readonly warnings: readonly string[] }>(
  load: (run: Run, options: OpenOptions) => Loaded,
) {
  return (name: string, { runs, data }: Whereabouts): Loaded => {
    const trained = load(openRun(runs, name), { data });
    for (const warning of trained.warnings) warn(warning);
    return trained;
  };
}

/** The run of an autoencoder by its name, loaded with its data; what there is to know of it is a warning. */
export const openTrained = opening(loadTrainedRun);

/** The same of a run of whatever kind. */
export const openTrainedOfAnyKind = opening(loadRunOfAnyKind);
