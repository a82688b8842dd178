import { UserError } from "../../errors.js";
import { TABLE_ENDINGS } from "../csv/endings.js";

/** An array as a person names it: a file, and in an archive the name of an array there. */
export interface ArrayReference {
  readonly path: string;
  readonly format: "npy" | "npz" | "csv";
  /** Only in an archive. */
  readonly key?: string;
}

/**
 * Understands `FILE.npy`, `FILE.npz`, `FILE.npz:KEY` and tables, such as `FILE.csv`.
 * @param tables the endings of tables.
 * @throws UserError for any other ending.
 */
export function parseReference(reference: string, tables = TABLE_ENDINGS): ArrayReference {
  const [, archive, key] = /^(.+?\.npz)(?::(.*))?$/is.exec(reference) ?? [];
  if (archive) return key ? { path: archive, format: "npz", key } : { path: archive, format: "npz" };
  const [ending = ""] = /\.[^./\\]*$/.exec(reference) ?? [];
  if (ending.toLowerCase() === ".npy") return { path: reference, format: "npy" };
  if (tables.includes(ending.toLowerCase())) return { path: reference, format: "csv" };
  throw new UserError({
    where: reference || '""',
    what: ending ? `${ending} is not a kind of array file` : "the name does not end in a kind of array file",
    remedy: `Give FILE.npy, FILE.npz:KEY or a table: ${tables.map((table) => `FILE${table}`).join(", ")}`,
  });
}
