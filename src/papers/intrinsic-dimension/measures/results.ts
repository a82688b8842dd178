/**
 * What the networks of a reproduction came to: types alone, so that figures and statements know nothing of
 * how they are trained.
 */
import type { RunOutcome } from "../../../reproduction/measured-once.js";
import type { DataName } from "../networks.js";

/** A measured number; the error is null where the measure gives none. */
export interface Estimate {
  /** In the unit of what was measured. */
  readonly value: number;
  readonly standardError: number | null;
}

/** null where there is no value, such as the dimension of a layer that is constant. */
export type MaybeEstimate = Estimate | null;

/** How near some pictures are to the test images. All three are 0 for the same images. */
export interface SampleQuality {
  /** Fréchet distance on features. */
  readonly frechet: number | null;
  /** Kernel distance (KID) on the same features; may be below 0. */
  readonly kernel: number | null;
  /** Mean W1 over directions, of pixel values. */
  readonly slicedWasserstein: number | null;
}

/** One network after a number of epochs, on the test images. */
export interface EpochMeasures {
  /** Epochs done; 0 is the untrained network. */
  readonly epoch: number;
  /** Images at which dimensions and imbalances are measured. */
  readonly points: number;
  /** Intrinsic dimension of l0 to l10; l5 is the sampled code. */
  readonly dimension: readonly MaybeEstimate[];
  /** That of the mean of the code; `dimension` has that of the sampled code. */
  readonly codeMeanDimension: MaybeEstimate;
  /** Delta(l -> l0) of l0 to l10: the last is that of the output. */
  readonly toInput: readonly MaybeEstimate[];
  /** Delta(l -> l10) of l0 to l10. */
  readonly toOutput: readonly MaybeEstimate[];
  /** Delta(l -> l+1) of l0 to l9. */
  readonly forward: readonly MaybeEstimate[];
  /** Delta(l+1 -> l) of l0 to l9. */
  readonly backward: readonly MaybeEstimate[];
  readonly reconstructions: SampleQuality;
  /** Images decoded from draws of the prior. */
  readonly priorSamples: SampleQuality;
  /** Nats per image. */
  readonly testDistortionNats: number | null;
  readonly testRateNats: number | null;
  /** On training images, where they were evaluated. */
  readonly trainDistortionNats: number | null;
  readonly trainRateNats: number | null;
  /** Dimensions of the code whose mean varies over the images by more than 0.01. */
  readonly activeUnits: number | null;
}

/** A network of the reproduction; it has epochs as far as it was trained and measured. */
export interface NetworkResult extends RunOutcome {
  readonly data: DataName;
  /** K, dimensions of the code. */
  readonly bottleneck: number;
  readonly seed: number;
  readonly epochs: readonly EpochMeasures[];
}

/**
 * Imbalances between the same layer of two networks of one seed, the larger of which has twice the other's K.
 */
export interface CrossImbalance {
  readonly data: DataName;
  readonly seed: number;
  readonly epoch: number;
  readonly layer: "l5" | "l10";
  /** K of the smaller. */
  readonly bottleneck: number;
  /** Delta(K -> 2K). */
  readonly toLarger: MaybeEstimate;
  /** Delta(2K -> K). */
  readonly toSmaller: MaybeEstimate;
}

/** What the trainings of a reproduction came to. */
export interface DimensionResults {
  /** On what features Fréchet and kernel distances are measured, in words for a caption. */
  readonly features: string;
  readonly networks: readonly NetworkResult[];
  readonly crossings: readonly CrossImbalance[];
}
