import { UserError } from "../../errors.js";

/** An array as a person names it: a file, and in an archive the name of an array there. */
export interface ArrayReference {
  readonly path: string;
  readonly format: "npy" | "npz" | "csv";
  /** Only in an archive. */
  readonly key?: string;
}

/**
 * Understands `FILE.npy`, `FILE.csv`, `FILE.npz` and `FILE.npz:KEY`.
 * @throws UserError for any other ending.
 */
export function parseReference(reference: string): ArrayReference {
  const [, archive, key] = /^(.+?\.npz)(?::(.*))?$/is.exec(reference) ?? [];
  if (archive) return key ? { path: archive, format: "npz", key } : { path: archive, format: "npz" };
  const [, ending] = /\.([^./\\]*)$/.exec(reference) ?? [];
  const format = ending?.toLowerCase();
  if (format === "npy" || format === "csv") return { path: reference, format };
  throw new UserError({
    where: reference || '""',
    what: ending ? `.${ending} is not a kind of array file` : "the name does not end in a kind of array file",
    remedy: "Give FILE.npy, FILE.npz:KEY or FILE.csv",
  });
}
