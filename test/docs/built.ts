import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A module of the built program: Node loads it quicker than vitest does the sources. */
export async function built<Module>(path: string): Promise<Module> {
  const file = join(import.meta.dirname, "../../dist", path);
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Module;
}
