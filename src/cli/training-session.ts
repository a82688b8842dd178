import { constants, setPriority } from "node:os";
import { flag, type ValuesOf } from "../settings/index.js";
import { computing, runFolder } from "./command/groups.js";
import { watchInterrupt } from "./interrupt.js";

/** What every command that trains takes. A flag for all of them is a line here, and what it does is done in {@link beginTraining}. */
export const training = {
  ...computing,
  ...runFolder,
  lowPriority: flag({ about: "let other programs go first" }),
};

export type Training = ValuesOf<typeof training>;

/** What holds while one run or many are trained. */
export interface TrainingSession {
  /** Whether Ctrl-C or a polite kill has asked for the end. */
  readonly shouldStop: () => boolean;
  /** To be called once, however the training ends. */
  readonly end: () => void;
}

/** Begins a training: from here on Ctrl-C lets it save and end. */
export function beginTraining({ lowPriority }: Partial<Training>): TrainingSession {
  if (lowPriority) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const { requested, release } = watchInterrupt();
  return { shouldStop: requested, end: release };
}
