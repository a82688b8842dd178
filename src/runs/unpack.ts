import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.js";
import { writeFileAtomic } from "../files/atomic.js";
import { makeFolder } from "../files/folders.js";
import { fileSource } from "../files/source.js";
import { explainSystemError } from "../files/system-errors.js";
import { temporaryPath } from "../files/temporary.js";
import { openZip, type ZipArchive, type ZipEntry } from "../files/zip.js";
import { isRunFile, runLayout } from "./layout.js";
import { readManifest } from "./manifest.js";
import { parseManifest } from "./manifest-text.js";
import { checkRunName } from "./names.js";
import { removeRunFiles } from "./run-files.js";

/** A file of a run in its zip, `name/manifest.json` or `name/checkpoints/step-00000100.safetensors`. */
const RUN_FILE = /^([^/\\]+)\/(?:(checkpoints|snapshots|heads)\/)?([^/\\]+)$/;

/**
 * The folder of the run in a zip, as the lab in the browser offers it: unpacked below the folder of all runs, or there already from this
 * very run.
 * @returns its path.
 * @throws UserError when it is no zip, is damaged, holds anything but the files of one run, or another run of its name is there.
 */
export function unpackRun(root: string, zip: string): string {
  const archive = openZip(fileSource(zip));
  const files = archive.entries.filter(({ name }) => !name.endsWith("/"));
  const name = nameOfRun(files, zip);
  const path = join(root, name);
  const { manifest } = runLayout(path);
  const text = new TextDecoder().decode(archive.read(entryOf(archive, `${name}/manifest.json`, zip)));
  const { createdAt } = parseManifest(text, `${zip}:${name}/manifest.json`, path);
  if (!existsSync(path)) placeFiles(archive, files, root, name);
  // Its training may have gone on there: then that is the run, and the zip its beginning.
  else if (!existsSync(manifest) || readManifest(path).createdAt !== createdAt) {
    throw new UserError({
      where: zip,
      what: `it holds a run named ${name}, and ${path} is something else`,
      remedy: `Rename that one with "narrows rename ${name} NEW", or give another folder with --runs`,
    });
  }
  return path;
}

/** The one folder of the zip, whose files are all a run's. */
function nameOfRun(files: readonly ZipEntry[], zip: string): string {
  const names = new Set<string>();
  for (const { name } of files) {
    const [, run, , file] = RUN_FILE.exec(name) ?? [];
    if (run === undefined || !isRunFile(file!)) {
      throw new UserError({
        where: zip,
        what: `${JSON.stringify(name)} is no file of a run`,
        remedy: "Give the zip of one run, as the lab offers it",
      });
    }
    names.add(run);
  }
  const [name] = names;
  if (names.size === 1) return checkRunName(name!);
  throw new UserError({
    where: zip,
    what:
      names.size === 0 ? "it is empty" : `it holds ${names.size} runs: ${[...names].slice(0, 3).join(", ")}`,
    remedy: "Give the zip of one run",
  });
}

function entryOf(archive: ZipArchive, name: string, zip: string): ZipEntry {
  const entry = archive.find(name);
  if (entry) return entry;
  throw new UserError({ where: zip, what: `there is no ${name}`, remedy: "Give the zip of one run" });
}

/** Writes the files aside, and gives the folder its name when all are there. */
function placeFiles(archive: ZipArchive, files: readonly ZipEntry[], root: string, name: string): void {
  const temporary = temporaryPath(join(root, `.${name}`));
  const path = join(root, name);
  makeFolder(root);
  try {
    mkdirSync(temporary);
    for (const entry of files) {
      const [, , folder, file] = RUN_FILE.exec(entry.name)!;
      const into = folder === undefined ? temporary : join(temporary, folder);
      makeFolder(into);
      writeFileAtomic(join(into, file!), archive.read(entry));
    }
    renameSync(temporary, path);
  } catch (error) {
    removeRunFiles(temporary);
    throw error instanceof UserError ? error : explainSystemError(error, path);
  }
}
