import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { extract } from "tar";
import { refuse, UserError } from "../../errors.js";
import { requireUsualSize } from "../../files/inflate.js";
import { explainSystemError } from "../../files/system-errors.js";

/**
 * Unpacks a `.tar.gz` archive into its own folder; nothing leaves that folder, and files of the same names are written again.
 * @returns the files' paths, in the archive's order.
 * @throws UserError when the archive is damaged or is none, or the disk is full.
 */
export function unpackTarGz(archive: string): string[] {
  const folder = dirname(archive);
  const paths: string[] = [];
  let unpackedBytes = 0;
  try {
    const { size } = statSync(archive);
    extract({
      file: archive,
      cwd: folder,
      sync: true,
      strict: true,
      // For root it would be the archive's owner.
      preserveOwner: false,
      // Links and devices have no place in a data set.
      filter: (_, entry) => "type" in entry && (entry.type === "File" || entry.type === "Directory"),
      onReadEntry: (entry) => {
        unpackedBytes += entry.size;
        requireUsualSize(unpackedBytes, size, archive);
        if (entry.type !== "Directory") paths.push(join(folder, entry.path));
      },
    });
  } catch (error) {
    const explained = explainSystemError(error, archive);
    if (explained instanceof UserError) throw explained;
    refuse(
      archive,
      `this is not a whole .tar.gz archive (${error instanceof Error ? error.message : String(error)})`,
      "Remove it, and fetch it again",
      error,
    );
  }
  return paths;
}
