/**
 * What the lab's parts say to each other. A worker trains and measures; the page keeps what it hears in one store and draws it.
 * Arrays are plain: rows are stimuli, in the order of {@link Stimuli}, and columns are dimensions of the code.
 */
import type { Experiment } from "../../../src/lab/experiment.js";
import type { Measured } from "./way-trial.js";
import type { ComputeChoice, Way, WayName } from "./ways.js";

/** The images on which a code is looked at: as many of each pair of positions, with walls of their own. */
export interface Stimuli {
  readonly count: number;
  /** Columns of the upper and of the lower corridor, 0 to 12, [count] each. */
  readonly xU: Uint8Array;
  readonly xL: Uint8Array;
  /** Pixels, [count, 13 * 13]: 1 black, 0 white. */
  readonly images: Uint8Array;
}

/** The code at one moment. */
export interface CodeFrame {
  readonly step: number;
  readonly dimensions: number;
  /** Mean of each stimulus's code, [count, dimensions]. */
  readonly means: Float32Array;
  /** A sample of it, [count, dimensions]. */
  readonly samples: Float32Array;
  /** Nats sent through each dimension, on average over the stimuli [dimensions]; undefined where the channel cannot separate them. */
  readonly dimensionRateNats: Float32Array | undefined;
}

/** Means over the training batches since the point before. */
export interface TrainingPoint {
  readonly step: number;
  readonly loss: number;
  readonly rateNats: number;
  /** Distortion of the training's likelihood, per image. */
  readonly distortion: number;
  /** The rate that is aimed at; undefined under a price. */
  readonly targetRateNats: number | undefined;
  /** Share of right answers of the classifier; undefined without a task. */
  readonly accuracy: number | undefined;
}

/** A point in the plane of rate and distortion. */
export interface PlanePoint {
  readonly step: number;
  readonly rateNats: number;
  /** Squared error per pixel from the mean image of the true positions (rule B6), over images as frequent as in training. */
  readonly positionDistortion: number;
}

/** No code of these frequencies lies below this curve (rules B5 and B6). */
export interface BoundCurve {
  /** From the rate 0 to all that the positions hold. */
  readonly points: readonly { readonly rateNats: number; readonly positionDistortion: number }[];
  readonly entropyNats: number;
}

/** An index with its 95 % interval. */
export interface IndexValue {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What is measured of a code now and then: it takes longer than a step. */
export interface CodeMeasures {
  readonly step: number;
  /**
   * Distances of the mean codes of the 169 stimuli, as compared with those of a reference code, [169 * 169]: how much closer (below 0) or
   * farther apart (above 0) a pair is; NaN on the diagonal. Undefined while there is no reference.
   */
  readonly capacityDistortion: Float32Array | undefined;
  /** The same between the classes of the task, [classes * classes], with their names. */
  readonly classDistortion:
    | { readonly classes: readonly string[]; readonly values: Float32Array }
    | undefined;
  /** The three indices of the paper; undefined where there is nothing to compare with. */
  readonly indices:
    | {
        readonly prototypization: IndexValue | undefined;
        readonly specialization: IndexValue | undefined;
        readonly orthogonalization: IndexValue | undefined;
      }
    | undefined;
  /** Number of stimuli whose codes can all be distinguished through the channel's noise. */
  readonly separableStimuli: number;
  /** What sorts the stimuli into classes, in words. */
  readonly classesAbout: string;
}

/** A code that was kept, to compare with. */
export interface Snapshot {
  readonly name: string;
  readonly experiment: Experiment;
  readonly frame: CodeFrame;
  readonly plane: PlanePoint | undefined;
}

/** Where an earlier setting ended in the plane. */
export interface Ended {
  readonly experiment: Experiment;
  readonly point: PlanePoint;
}

/** `measuring`: steps are made on every way to compute, to choose one. */
export type Status = "opening" | "measuring" | "paused" | "training" | "failed";

/** Where the page computes, where else it could, and what is missing for that. */
export interface Machine {
  readonly choice: ComputeChoice;
  readonly inUse: WayName;
  readonly ways: readonly Way[];
  /** What the last trial of the ways came to. */
  readonly measured: Measured | undefined;
  /** Whether that holds for this visit alone. */
  readonly isForNow: boolean;
  /** In one sentence, what was not possible and what computes instead; undefined while all is as it was chosen. */
  readonly says: string | undefined;
}

/** From the page to the worker. */
export type Request =
  /** Undefined: what was trained when the page was closed, or the first experiment. */
  | {
      readonly kind: "open";
      readonly experiment: Experiment | undefined;
      readonly wasmPaths: string;
      /** As the browser has kept it. */
      readonly choice: ComputeChoice;
      readonly measured: Measured | undefined;
    }
  /** Settings that leave the weights as they are are taken on the fly; others begin anew at step 0. */
  | { readonly kind: "change"; readonly experiment: Experiment }
  | { readonly kind: "train" }
  | { readonly kind: "pause" }
  | { readonly kind: "steps"; readonly count: number }
  | { readonly kind: "reset" }
  /** Steps a second at most; undefined: as fast as possible. */
  | { readonly kind: "speed"; readonly stepsPerSecond: number | undefined }
  /** Where to compute from now on, from the state that there is; answered by `machine`. */
  | { readonly kind: "compute"; readonly choice: ComputeChoice }
  /** What this browser has for it, a graphics card too; answered by `machine`. */
  | { readonly kind: "look" }
  /** Codes [count, dimensions] as images, answered by `decoded` of the same id. */
  | { readonly kind: "decode"; readonly id: number; readonly codes: Float32Array }
  /** A file to download, answered by `file`. */
  | { readonly kind: "export"; readonly id: number; readonly what: "run" | "onnx" | "safetensors" }
  /** A run folder's files, dropped on the page, answered by `opened`, `shown` or `refused`. */
  | {
      readonly kind: "show";
      readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
    };

/** From the worker to the page. */
export type Message =
  /** Once, before anything that is about them. */
  | { readonly kind: "stimuli"; readonly stimuli: Stimuli }
  | { readonly kind: "machine"; readonly machine: Machine }
  | {
      readonly kind: "opened";
      readonly experiment: Experiment;
      readonly step: number;
      /** What was measured up to here, where a training goes on. */
      readonly history: readonly TrainingPoint[];
      readonly path: readonly PlanePoint[];
    }
  | {
      readonly kind: "status";
      readonly status: Status;
      readonly step: number;
      readonly stepsPerSecond: number | undefined;
    }
  | { readonly kind: "frame"; readonly frame: CodeFrame }
  | { readonly kind: "point"; readonly point: TrainingPoint }
  | { readonly kind: "plane"; readonly point: PlanePoint }
  | { readonly kind: "decoded"; readonly id: number; readonly images: Float32Array }
  /** A run that the lab could not train on, as a code to compare with. */
  | { readonly kind: "shown"; readonly snapshot: Snapshot }
  | { readonly kind: "file"; readonly id: number; readonly name: string; readonly bytes: Uint8Array }
  /** A request was not possible: what, and how to mend it. Nothing else has changed. */
  | { readonly kind: "refused"; readonly id: number | undefined; readonly what: string }
  /** Training stopped by itself, or the worker cannot go on. */
  | { readonly kind: "failed"; readonly what: string };
