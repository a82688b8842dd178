import type { AdamNumbers } from "../nn/adam-memory.js";
import type { ProgramOutputs } from "../onnx/compile.js";
import type { Buffers, Feeds, KeptOutputs } from "../onnx/session.js";
import type { StateVector, TrainingState } from "./state.js";

/** The vectors of a training state, in arrays of the host. */
export type StateVectors = Pick<TrainingState, StateVector>;

/** The numbers of the present step for each optimizer. */
export interface OptimizerNumbers {
  readonly model: AdamNumbers;
  readonly adversary: AdamNumbers | undefined;
}

/** Where the vectors of a state are between steps, and how a step takes and gives them. */
export interface StateHome {
  /** The training program with the outputs that this home wants of it. */
  outputsOf(program: ProgramOutputs): ProgramOutputs;
  /** Which of a program's outputs stay on the device. */
  keptOf(program: ProgramOutputs): readonly string[];
  /** The present state, by the names of the program's inputs. */
  feeds(): Feeds;
  /** Where the program writes the next state, as far as that goes into arrays. */
  into(): Buffers;
  /** The program has run: what is left of the step is made, and the next state is the present one. */
  advance(kept: KeptOutputs, numbers: OptimizerNumbers): void;
  /** Takes the last step back. Valid once, right after {@link advance}. */
  undo(): void;
  /** The present parameters, by name; valid until the next step but one. */
  parameters(): Feeds;
  /** Brings the arrays of the host up to date. */
  fetch(): Promise<void>;
  release(): void;
}
