/**
 * The one door through which text reaches a terminal. What is printed may come from any files (labels, manifests, names
 * of tensors), so nothing goes out that a terminal would obey instead of show.
 */
import { existsSync } from "node:fs";
import { UserError } from "../errors.js";
import { explainSystemError } from "../files/system-errors.js";
import { visibleJson, visibleLines, visibleText } from "../visible-text.js";
import { EXIT_CODES } from "./exit-codes.js";

/** Prints one JSON document on standard output: numbers in full precision, `NaN` and infinities as null. */
export function printJson(value: unknown): void {
  process.stdout.write(`${visibleJson(JSON.stringify(value))}\n`);
}

/** Prints a line for people on standard output. */
export function printLine(line = ""): void {
  process.stdout.write(`${visibleText(line)}\n`);
}

/** Prints a line for people on standard error, or another stream: what is no result, so that results can be piped. */
export function printNote(line: string, stream: NodeJS.WritableStream = process.stderr): void {
  stream.write(`${visibleText(line)}\n`);
}

/** Prints text of several lines, such as help or a stack, on a stream. */
export function printText(text: string, stream: NodeJS.WritableStream): void {
  stream.write(visibleLines(text));
}

/**
 * Lets the reader of a pipe leave (`narrows runs | head -1`): what is written after that goes nowhere, and the command
 * runs to its end, a training too.
 */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") endFor(error, stream === process.stdout);
    });
  }
}

/** What was to be printed is lost, on a full disk for instance: nobody should take the command for done. */
function endFor(error: Error, canTell: boolean): never {
  const explanation = explainSystemError(error, "standard output");
  if (canTell)
    printNote(`narrows: ${explanation instanceof Error ? explanation.message : String(explanation)}`);
  process.exit(EXIT_CODES.badInput);
}

/** Prints a warning on standard error, so that `--json` output stays parseable. */
export function warn(message: string): void {
  printNote(`warning: ${message}`);
}

/**
 * Checks before the work that a file can be written there without losing one.
 * @throws UserError when the file exists and `force` is not set.
 */
export function claimOutput(path: string, force = false): void {
  if (force || !existsSync(path)) return;
  throw new UserError({
    where: path,
    what: "the file exists",
    remedy: "Choose another name, or add --force to replace it",
  });
}
