import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A script in a python3 of its own that answers one line of JSON with another. */
export interface PythonPeer {
  /** What it said first, before any question. */
  readonly greeting: unknown;
  ask(request: object): Promise<unknown>;
  close(): void;
}

/** Starts a peer; a line that says why where `python3`, or the library that the script needs, is not there. */
export async function openPython(script: string, library: string): Promise<PythonPeer | string> {
  const child = spawn("python3", [script], { stdio: ["pipe", "pipe", "ignore"] });
  const failed = new Promise<string>((resolve) => {
    child.once("error", () => resolve(`${library} is not compared: there is no python3`));
    child.once("exit", () => resolve(`${library} is not compared: python3 has none that loads`));
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
      if (line.done) throw new Error(`the ${library} process ended in the middle of the bench`);
      return JSON.parse(line.value) as unknown;
    },
    close: () => child.stdin.end(),
  };
}
