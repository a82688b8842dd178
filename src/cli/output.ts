/** Prints one JSON document on standard output: numbers in full precision, `NaN` and infinities as null. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Prints a line for people on standard output. */
export function printLine(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a warning on standard error, so that `--json` output stays parseable. */
export function warn(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}
