import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A process that answers one line of JSON with another. */
export interface LinesPeer {
  /** What it said first, before any question. */
  readonly greeting: unknown;
  ask(request: object): Promise<unknown>;
  close(): void;
}

/**
 * Starts a process that greets with a line and then answers line by line.
 * @param why the sentence for a failed start: the command is not there, or it ends without a greeting.
 * @returns that sentence where it fails.
 */
export async function openProcess(
  [command, ...args]: readonly [string, ...string[]],
  name: string,
  why: { readonly missing: string; readonly silent: string },
): Promise<LinesPeer | string> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] });
  // A process that ended is told by its missing answer; to write to it must not end this one.
  child.stdin.on("error", () => undefined);
  const failed = new Promise<string>((resolve) => {
    child.once("error", () => resolve(why.missing));
    child.once("exit", () => resolve(why.silent));
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([lines.next(), failed]);
  if (typeof first === "string") return first;
  if (first.done) return failed;
  return {
    greeting: JSON.parse(first.value) as unknown,
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const line = await lines.next();
      if (line.done) throw new Error(`the ${name} process ended in the middle of the bench`);
      return JSON.parse(line.value) as unknown;
    },
    close: () => child.stdin.end(),
  };
}
