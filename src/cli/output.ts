/** Prints one JSON document on standard output: numbers in full precision, `NaN` and infinities as null. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Prints a line for people on standard output. */
export function printLine(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Lets the reader of a pipe leave (`narrows runs | head -1`): what is written after that goes nowhere, and the command
 * goes on to its end, a training too.
 */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}

/** Prints a warning on standard error, so that `--json` output stays parseable. */
export function warn(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}
