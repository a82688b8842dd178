import { join } from "node:path";
import { type FetchOptions, type FetchOutcome, fetchFile } from "./fetch-file.js";
import type { Checksum, Download } from "./registry.js";

export interface GetOptions {
  /** The folder to put the files into; made where it is missing. */
  readonly folder: string;
  /** Another address for the published one: of the folder that holds the files under their names. */
  readonly from?: string | undefined;
  readonly onProgress?: ((path: string, done: number, total: number | undefined) => void) | undefined;
  readonly stopped?: FetchOptions["stopped"];
}

/** What became of one file. */
export interface GotFile {
  readonly path: string;
  readonly url: string;
  readonly outcome: FetchOutcome;
  /** The checksum that the file has, unless it was stopped. */
  readonly checksum: Checksum;
}

/** Default folder of a data set, relative to the working folder. */
export function defaultFolder(name: string): string {
  return join("data", name);
}

/**
 * Brings the files of a data set into a folder, one after the other, and unpacks what is packed; what is there is left as it is.
 * @returns the files up to the one that was stopped, and the paths of what was unpacked.
 * @throws UserError as `fetchFile` and `unpackTarGz`.
 */
export async function getDataset(
  { files, unpack }: Download,
  { folder, from, onProgress, stopped }: GetOptions,
): Promise<{ readonly files: readonly GotFile[]; readonly unpacked: readonly string[] }> {
  const got: GotFile[] = [];
  for (const { name, url: published, ...expected } of files) {
    const path = join(folder, name);
    const url = from === undefined ? published : `${from.replace(/\/+$/, "")}/${name}`;
    const outcome = await fetchFile(url, path, expected, {
      stopped,
      onProgress: (done, total) => onProgress?.(path, done, total),
    });
    got.push({ path, url, outcome, checksum: expected.checksum });
    if (outcome === "stopped") return { files: got, unpacked: [] };
  }
  if (!unpack) return { files: got, unpacked: [] };
  const { unpackTarGz } = await import("./unpack.js");
  return { files: got, unpacked: got.flatMap(({ path }) => unpackTarGz(path)) };
}
