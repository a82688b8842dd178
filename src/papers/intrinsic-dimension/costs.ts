/** Processor time of training steps, as measured on two cores of an AMD EPYC (docs/speed.md), a thread each. */
import type { NetworkSize } from "../../reproduction/definition.js";

/** Processor time of a step of a network, a batch of 256 images. */
export const NETWORK_STEP_MS: Readonly<Record<NetworkSize, number>> = { paper: 620, half: 145, small: 62 };

/** The same of the classifier. */
export const FEATURES_STEP_MS = 32;
