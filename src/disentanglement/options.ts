import { UserError } from "../errors.js";

/**
 * Asserts that an option of a measure is an integer of at least `least`.
 * @throws UserError naming the measure and the option.
 */
export function assertWhole(measure: string, option: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new UserError({
    where: `${measure}, ${option}`,
    what: `${value} is not an integer of at least ${least}`,
    remedy: `Give ${Math.max(least, 2)}, for instance`,
  });
}
