import type { Manifest } from "../runs/manifest-text.js";

/**
 * How the numbers of a step are computed; counted up when the same step comes out with other last digits. 1: convolutions as products of
 * patches; 2: maps stored position by position, convolutions by minimal filtering where that costs less.
 */
export const ARITHMETIC = 2;

/** A point of a training from which on its steps are computed in another way. */
export type ArithmeticChange = NonNullable<Manifest["arithmeticChanges"]>[number];

/** What changes in how a run is computed when it continues from a step of its plan; undefined if nothing does, or no step is left. */
export function arithmeticChange(
  { versions, arithmeticChanges = [] }: Pick<Manifest, "versions" | "arithmeticChanges">,
  step: number,
  totalSteps: number,
): ArithmeticChange | undefined {
  const from = arithmeticChanges.at(-1)?.to ?? versions.arithmetic ?? 1;
  return from === ARITHMETIC || step === 0 || step >= totalSteps ? undefined : { step, from, to: ARITHMETIC };
}

/** A change for people. */
export function describeArithmeticChange({ step }: ArithmeticChange): string {
  return (
    `its steps up to ${step} were computed by an earlier version of Narrows; from there on they agree with that version's to about five digits, ` +
    "not to the last byte"
  );
}
