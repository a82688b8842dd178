/** Processor time of training steps, as measured on two cores of an AMD EPYC (docs/speed.md), a thread each. */
import type { NetworkSize } from "../../reproduction/definition.js";
import type { MethodName } from "./methods.js";
import type { EchoValues } from "./recipe.js";

/** A step of the VAE, a batch of 100 images. */
export const VAE_STEP_MS: Readonly<Record<NetworkSize, number>> = { paper: 280, half: 78, small: 33 };

/** What flows add to a step, whatever the network. */
const FLOW_MS: Partial<Record<MethodName, number>> = {
  "VAE-MAF": 26,
  "IAF-Prior": 24,
  "IAF+MMD": 24,
  "IAF-MAF": 40,
  "IAF-Vamp": 24,
};

/** Pseudo-inputs pass the encoder in every step; a hundred cost this share of it. */
const VAMP_SHARE = 0.45;
const VAMPS: readonly MethodName[] = ["VAE-Vamp", "IAF-Vamp"];

/** Processor time of a step of a method on images. */
export function imageStepMilliseconds(
  method: MethodName,
  { networks, pseudoInputs }: Pick<EchoValues, "networks" | "pseudoInputs">,
): number {
  const vamp = VAMPS.includes(method) ? (VAMP_SHARE * pseudoInputs) / 100 : 0;
  return VAE_STEP_MS[networks] * (1 + vamp) + (FLOW_MS[method] ?? 0);
}

/** Processor time of a step on sprites of this side, a batch of 64; with a price on total correlation a tenth more. */
export const SPRITE_STEP_MS = { 32: 21, 64: 75 } as const;
