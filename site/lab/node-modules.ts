import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Gives the browser what node/ has in place of the modules of Node that the sources of runs import. */
export function nodeModules(): Plugin {
  return {
    name: "narrows-node-modules",
    config: () => ({
      resolve: {
        alias: { "node:crypto": here("./node/crypto.ts"), "node:zlib": here("./node/zlib.ts") },
      },
    }),
  };
}
