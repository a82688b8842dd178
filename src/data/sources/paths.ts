import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { findDataFile } from "../data-folder.js";

/** Keys of settings under which the path of a file or folder stands. */
export const PATH_KEYS = ["file", "folder", "path"] as const;

/** Settings with every path in them changed, at whatever depth. */
export function mapPaths<Given extends object>(settings: Given, change: (path: string) => string): Given {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]: [string, unknown]) => {
      if (typeof value === "object" && value !== null && !Array.isArray(value))
        return [key, mapPaths(value, change)];
      const isPath = PATH_KEYS.some((known) => known === key) && typeof value === "string";
      return [key, isPath ? change(value) : value];
    }),
  ) as Given;
}

/** The paths in settings. */
export function pathsIn(settings: object): string[] {
  const paths: string[] = [];
  mapPaths(settings, (path) => {
    paths.push(path);
    return path;
  });
  return paths;
}

/** `~/shapes` as a shell reads it, since no shell reads what stands in a file or behind `--set`. */
export function expandHome(path: string): string {
  return /^~(?:[/\\]|$)/.test(path) && !existsSync(path) ? join(homedir(), path.slice(1)) : path;
}

/** Whether there is something to read at a path, by itself or packed as `PATH.gz`. */
export function isThere(path: string): boolean {
  const place = expandHome(path);
  return findDataFile(dirname(place), [basename(place)]) !== undefined;
}
