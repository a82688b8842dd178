import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What npm packs beside the engine, by the rules of package.json's `files`: paths relative to the root, with slashes, sorted. */
export function packageFiles(root: string, { files }: { readonly files: readonly string[] }): string[] {
  const excluded = files.filter((path) => path.startsWith("!")).map((path) => path.slice(1));
  const always = readdirSync(root).filter((name) => /^(?:package\.json|README|LICEN[CS]E)/i.test(name));
  return [...always, ...files.filter((path) => !path.startsWith("!") && path !== "engine")]
    .flatMap((path) => filesBelow(root, path))
    .filter((path) => !excluded.includes(path))
    .sort();
}

function filesBelow(root: string, path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => filesBelow(root, `${path}/${name}`));
}
