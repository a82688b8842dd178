import { type LinesPeer, openProcess } from "./process.js";

/** Starts a script in a python3 of its own; a line that says why where `python3`, or the library that the script needs, is not there. */
export function openPython(script: string, library: string): Promise<LinesPeer | string> {
  return openProcess(["python3", script], library, {
    missing: `${library} is not compared: there is no python3`,
    silent: `${library} is not compared: python3 has none that loads`,
  });
}
