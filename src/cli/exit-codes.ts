/** What the process tells the shell; documented in the README and in `narrows --help`. */
export const EXIT_CODES = { done: 0, failed: 1, badInput: 2, interrupted: 130 } as const;
