import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, resolve } from "node:path";
import * as z from "zod";
import { UserError } from "../errors.js";
import { readBytes } from "../files/read.js";
import { sha256 } from "../files/sha256.js";
import { once } from "../once.js";
import type { OwnPart } from "../own-part.js";
import * as narrowsParts from "../parts.js";

const ENDINGS: readonly string[] = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];

/**
 * What loads TypeScript and JavaScript alike; files are read as they are now, and nothing is written beside them. Loading it takes
 * a tenth of a second, which only who has parts of one's own pays.
 */
const loader = once(() => {
  const { createJiti } = createRequire(import.meta.url)("jiti") as typeof import("jiti");
  return createJiti(import.meta.url, {
    // What files find under these names, wherever they lie: the very modules of this process.
    virtualModules: { "narrows/parts": narrowsParts, zod: { z, default: z } },
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
  });
});

/**
 * The parts that files of one's own define: all of their exports that `definePart`, `defineSource`, `defineMetric` or
 * `defineFigure` made, alone or in lists. **This runs the files.**
 * @param files Paths, from the working folder.
 * @throws UserError where a file is not there, cannot be run, or defines nothing.
 */
export function loadParts(files: readonly string[]): OwnPart[] {
  return files.flatMap(partsIn);
}

/** A file of one's own as a manifest has it: its path, and the SHA-256 of its bytes in hexadecimal digits. */
export interface PartFile {
  readonly file: string;
  readonly sha256: string;
}

/**
 * Files of one's own as they are now.
 * @throws UserError where one is not there.
 */
export function sumsOf(files: readonly string[]): PartFile[] {
  return files.map((file) => ({ file, sha256: sha256(readBytes(file)) }));
}

function partsIn(file: string): OwnPart[] {
  const refuse = (what: string, remedy: string, cause?: unknown): never => {
    throw new UserError({ where: file, what, remedy, cause });
  };
  if (!ENDINGS.includes(extname(file))) {
    refuse("no file of TypeScript or JavaScript", `Give a file that ends in ${ENDINGS.join(", ")}`);
  }
  if (!existsSync(file)) {
    refuse(
      "parts of your own are defined there, and there is no such file",
      "Put it there, or correct the path",
    );
  }
  let exported: unknown;
  try {
    exported = loader()(resolve(file));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.split("\n")[0]! : String(cause);
    const isNarrows = /Cannot find (?:module|package) '(?:narrows|zod)/.test(message);
    refuse(
      `it cannot be run: ${message}`,
      isNarrows ? 'Import what a part is made of from "narrows/parts"' : "Correct it there",
      cause,
    );
  }
  const parts = Object.values(exported as Readonly<Record<string, unknown>>)
    .flat()
    .filter(isPart);
  if (parts.length === 0) {
    refuse(
      "it defines no part, source of data, metric or figure",
      "Export what definePart, defineSource, defineMetric or defineFigure gives (docs/extending.md)",
    );
  }
  return [...new Set(parts)];
}

function isPart(value: unknown): value is OwnPart {
  return (
    typeof value === "object" && value !== null && typeof (value as { kind?: unknown }).kind === "string"
  );
}
