import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { refuse } from "../errors.js";

/**
 * The first of some names that lies in a folder, by itself or packed as `NAME.gz`; undefined where none does.
 * @returns its path.
 */
export function findDataFile(folder: string, names: readonly string[]): string | undefined {
  return names
    .flatMap((name) => [join(folder, name), join(folder, `${name}.gz`)])
    .find((path) => existsSync(path));
}

/**
 * The same, where the file has to be there.
 * @param dataset the name by which `narrows datasets get` knows the data.
 * @param otherwise a way on besides getting the file, where there is one.
 * @throws UserError naming the file, the folder where it belongs, and the command that gets it.
 */
export function requireDataFile(
  folder: string,
  names: readonly string[],
  dataset: string,
  otherwise?: string,
): string {
  const found = findDataFile(folder, names);
  if (found) return found;
  refuseMissingData(join(folder, names[0]!), dataset, otherwise);
}

/** The complaint about a file of a published data set that is not there. */
export function refuseMissingData(path: string, dataset: string, otherwise?: string): never {
  const folder = dirname(path);
  const into = folder === join("data", dataset) ? "" : ` --to ${folder}`;
  refuse(
    path,
    "no such file, packed (.gz) or not",
    `Get it with "narrows datasets get ${dataset}${into}", or put it there yourself${otherwise ? `; or ${otherwise}` : ""}`,
  );
}
