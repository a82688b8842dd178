import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

const ORT = /^ort-[^/]+\//;
const NAME = "service-worker.js";
/** Names with a hash of their content. */
const HASHED = /[-.][\w-]{8}\.(js|css|woff2|svg|png)$/;

interface Kept {
  readonly url: string;
  readonly revision: string | null;
}

/**
 * Writes the service worker of a built page.
 * @param folder The built page.
 * @param isKept Whether a file is kept for when the network is cut, by its path in the folder.
 */
export async function writeServiceWorker(folder: string, isKept: (path: string) => boolean): Promise<void> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
  const ort = paths.find((path) => ORT.test(path));
  if (ort === undefined) throw new Error(`${folder}: the files of ONNX Runtime are missing`);
  const files = paths
    .filter((path) => !ORT.test(path) && path !== NAME && !path.endsWith(".map") && isKept(path))
    .map((path): Kept => ({ url: path, revision: HASHED.test(path) ? null : digest(join(folder, path)) }));
  await build({
    configFile: false,
    logLevel: "warn",
    define: {
      __FILES__: JSON.stringify(files),
      __ORT_FOLDER__: JSON.stringify(ORT.exec(ort)![0]),
      "process.env.NODE_ENV": '"production"',
    },
    build: {
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      lib: {
        entry: fileURLToPath(new URL("service-worker.ts", import.meta.url)),
        formats: ["iife"],
        name: "narrows",
        fileName: () => NAME,
      },
    },
  });
}

const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);

/** Writes the service worker after the page. */
export function offline(): Plugin {
  let folder = "";
  return {
    name: "narrows-offline",
    apply: "build",
    configResolved(config) {
      folder = fileURLToPath(new URL(config.build.outDir, `file://${config.root}/`));
    },
    closeBundle: { sequential: true, order: "post", handler: () => writeServiceWorker(folder, () => true) },
  };
}
