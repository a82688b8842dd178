/** What the page's components read and do. The store (`store.ts`) is what talks to the workers. */
import type { InjectionKey, Ref } from "vue";
import type { Experiment } from "../../../src/lab/experiment.js";
import type {
  BoundCurve,
  CodeFrame,
  CodeMeasures,
  Ended,
  Machine,
  PlanePoint,
  Snapshot,
  Status,
  Stimuli,
  TrainingPoint,
} from "./contract.js";
import type { ComputeChoice } from "./ways.js";

export interface Lab {
  readonly experiment: Readonly<Ref<Experiment>>;
  readonly status: Readonly<Ref<Status>>;
  readonly step: Readonly<Ref<number>>;
  readonly stepsPerSecond: Readonly<Ref<number | undefined>>;
  readonly machine: Readonly<Ref<Machine | undefined>>;
  readonly stimuli: Readonly<Ref<Stimuli | undefined>>;
  readonly frame: Readonly<Ref<CodeFrame | undefined>>;
  readonly history: Readonly<Ref<readonly TrainingPoint[]>>;
  /** The model's path in the plane, the latest last. */
  readonly path: Readonly<Ref<readonly PlanePoint[]>>;
  readonly ended: Readonly<Ref<readonly Ended[]>>;
  readonly bound: Readonly<Ref<BoundCurve | undefined>>;
  readonly measures: Readonly<Ref<CodeMeasures | undefined>>;
  /** The code that distortions are measured against and that is drawn beside the present one: a snapshot's place, or none. */
  readonly snapshots: Readonly<Ref<readonly Snapshot[]>>;
  readonly reference: Readonly<Ref<number | undefined>>;
  /** The latest thing that was not possible, in one line; undefined once it is put away. */
  readonly notice: Ref<string | undefined>;
  readonly canUndo: Readonly<Ref<boolean>>;

  /** Changes some settings, on the fly where the weights can stay. Settings that cannot be are refused with a notice. */
  change(settings: Partial<Experiment>): void;
  /** Takes the last change of settings back. */
  undo(): void;
  train(): void;
  pause(): void;
  steps(count: number): void;
  /** Begins anew at step 0. */
  reset(): void;
  /** Steps a second at most; undefined: as fast as possible. */
  limitSpeed(stepsPerSecond: number | undefined): void;
  /** Where to compute from now on, from the state that there is. */
  computeOn(choice: ComputeChoice): void;
  /** Looks for what else this browser could compute on: a graphics card is looked for when somebody wants to know. */
  lookAtMachine(): void;
  /** Codes [count, dimensions] as images [count, 169] from 0, white, to 1, black. */
  decode(codes: Float32Array): Promise<Float32Array>;
  /** Keeps the present code, and makes it the reference. */
  keep(): void;
  compareWith(snapshot: number | undefined): void;
  drop(snapshot: number): void;
  /** Offers a file for download: a run folder as a zip, or the model. */
  download(what: "run" | "onnx" | "safetensors"): Promise<void>;
  /** Shows a run folder, or its zip. */
  show(files: readonly File[]): Promise<void>;
}

export const LAB: InjectionKey<Lab> = Symbol("lab");
