/** What a {@link UserError} reports: the place, what is wrong there, and how to fix it. */
export interface Problem {
  /** File, row, key or option with the mistake, as the user would look it up. */
  readonly where: string;
  /** What was found, and what would have been right. */
  readonly what: string;
  /** The next thing the user should do. */
  readonly remedy: string;
  readonly cause?: unknown;
}

/**
 * A mistake in what the user gave (a file, a key, an option, a full disk), reported in one line that names the place
 * and the remedy. The command line prints the message without a stack and exits with code 2.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  /** Place, finding and remedy, of which the message is made. */
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.where}: ${problem.what}. ${problem.remedy}.`.replace(/\s*\n\s*/g, " "), {
      cause: problem.cause,
    });
    this.problem = problem;
  }
}

/** Refuses what the user gave: see {@link Problem}. */
export function refuse(where: string, what: string, remedy: string, cause?: unknown): never {
  throw new UserError({ where, what, remedy, cause });
}

const LONGEST = 80;
const MAX_NAMES_SHOWN = 4;

/** A text out of an untrusted file, quoted, on one line, cut, and without the codes that command a terminal. */
export function printable(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
  return `"${cut.replace(/[^\x20-\x7e]/g, "?")}"`;
}

/** The first few of some names out of a file, each {@link printable}, and how many more there are. */
export function printableNames(names: readonly string[]): string {
  const more = names.length - MAX_NAMES_SHOWN;
  const shown = names.slice(0, MAX_NAMES_SHOWN).map(printable).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}
