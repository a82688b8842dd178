import { UserError } from "../errors.js";

/**
 * Asserts that an option of a measure is an integer of at least `least`.
 * @throws UserError naming the measure and the option.
 */
export function assertWhole(measure: string, option: string, value: number, minimum: number): void {
  if (Number.isSafeInteger(value) && value >= minimum) return;
  throw new UserError({
    where: `${measure}, ${option}`,
    what: `${value} is not an integer of at least ${minimum}`,
    remedy: `Give ${Math.max(minimum, 2)}, for instance`,
  });
}
