import type { Command } from "commander";
import { registerDatasets } from "./datasets/index.js";
import { registerMeasure } from "./measure/index.js";

/** A command adds itself to the program; its heavy modules are imported inside its action, so that `--help` stays quick. */
export type RegisterCommand = (program: Command) => void;

export const commands: readonly RegisterCommand[] = [registerDatasets, registerMeasure];
