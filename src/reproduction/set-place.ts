import { join } from "node:path";
import type { DataPlace } from "./definition.js";

/** The folder where every data set is looked for by default. */
export const DATA_FOLDER = "data";

/**
 * Where a whole data set is, as its source takes it; nothing for the folder where it is looked for anyhow, so
 * that a configuration is the same whether that folder is named or not.
 * @param name of the set, and of its folder.
 */
export function placeOf(name: string, { folder }: Pick<DataPlace, "folder">): { readonly folder?: string } {
  return folder === DATA_FOLDER ? {} : { folder: join(folder, name) };
}
