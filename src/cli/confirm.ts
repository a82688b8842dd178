import { createInterface } from "node:readline/promises";
import { UserError } from "../errors.js";
import { visibleText } from "../visible-text.js";

/** Where a question is put, and where its answer comes from. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/**
 * Asks a person at the terminal, on standard error, so that results can be piped. Only y or yes is a yes.
 * @throws UserError when nobody can be asked.
 */
export async function confirm(
  question: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<boolean> {
  if (!(input.isTTY && output.isTTY)) {
    throw new UserError({
      where: question.replace(/\?$/, ""),
      what: "there is no terminal to ask at",
      remedy: "Add --yes to do it without a question",
    });
  }
  const lines = createInterface({ input, output });
  try {
    return /^y(es)?$/i.test((await lines.question(`${visibleText(question)} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
