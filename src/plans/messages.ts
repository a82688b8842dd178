import type { Configuration } from "../configuration/schema.js";
import type { ProcessIdentity } from "../files/process-identity.js";
import type { Measures } from "../model/trainable.js";
import type { DeviceName } from "../onnx/devices.js";
import type { Evaluation } from "../training/evaluate.js";
import type { PlannedLength } from "../training/length.js";

/** A run whose code is to be written, and the file for it. */
export interface CodesOrder {
  readonly of: string;
  readonly file: string;
}

/** Orders to a worker: a training, perhaps to stop it, and in the end to leave. */
export type Order =
  | {
      readonly kind: "train";
      /** Folder of the runs. */
      readonly root: string;
      readonly configuration: Configuration;
      /** Name of the folder of a new run, where there is none of this configuration. */
      readonly runName: string;
      /** What is to be written first, where the training learns from a code. */
      readonly codes: CodesOrder | undefined;
      readonly device: DeviceName;
    }
  | { readonly kind: "stop" }
  | { readonly kind: "leave" };

/** How far a training is. */
export interface RunPosition {
  /** Steps made. */
  readonly step: number;
  readonly totalSteps: number;
}

/** Where a training begins, and how long it will be. */
export interface RunBegin extends RunPosition {
  readonly length: PlannedLength;
}

/** The latest numbers of a training. */
export type RunProgress = RunPosition & Measures;

/** How a training by a worker ended; `reused` where another process had finished it. */
export type WorkerEnd =
  | { readonly status: "finished" | "interrupted" }
  | { readonly status: "reused"; readonly run: string }
  | { readonly status: "failed"; readonly reason: string };

/** That a worker left a run to the process that trains it, which may have ended since. */
export interface HeldElsewhere {
  readonly status: "held";
  readonly run: string;
  readonly by: ProcessIdentity | undefined;
}

/** Reports of a worker. */
export type Report =
  | ({ readonly kind: "begun"; readonly run: string } & RunBegin)
  | ({ readonly kind: "progress" } & RunProgress)
  | {
      readonly kind: "evaluation";
      readonly evaluation: Evaluation;
      readonly step: number;
      readonly epoch: number;
    }
  | { readonly kind: "warning"; readonly message: string }
  | { readonly kind: "ended"; readonly end: WorkerEnd | HeldElsewhere };
