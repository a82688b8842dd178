import { UserError } from "../errors.js";

const LONGEST = 100;

/** Whether a run, or a tag of one, can be called so. */
export function isRunName(name: string): boolean {
  return name.length <= LONGEST && /^[\p{L}\p{N}][\p{L}\p{N}._+=,-]*$/u.test(name);
}

/**
 * Checks that a run can be called so: letters, digits and `. _ + = , -`, beginning with a letter or a digit.
 * @throws UserError saying so
 */
export function checkRunName(name: string): string {
  if (!isRunName(name)) {
    throw new UserError({
      where: `run name ${JSON.stringify(name)}`,
      what: `a name has 1 to ${LONGEST} letters, digits and . _ + = , - and begins with a letter or a digit`,
      remedy: "Choose such a name; the folder of all runs is given by --runs",
    });
  }
  return name;
}

/** Compares names by their letters and the numbers in them: run-2 comes before run-10. */
export const byNumbersAndLetters = new Intl.Collator("en", { numeric: true }).compare;

/** The first of `base`, `base-2`, `base-3`, ... that is not taken. */
export function freeName(base: string, isTaken: (name: string) => boolean): string {
  let name = base;
  for (let number = 2; isTaken(name); number++) name = `${base}-${number}`;
  return name;
}
