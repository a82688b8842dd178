import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";
import { ORT_FILES } from "./ort-folder.js";

const TYPES = { mjs: "text/javascript", wasm: "application/wasm" } as const;
const NAME = /ort-[^/]+\/(ort-wasm-simd-threaded(?:\.asyncify)?\.(mjs|wasm))$/;

/**
 * Puts ONNX Runtime's own files beside the page, in development and when it is built. They are loaded when the model is opened, and are
 * no part of the script.
 */
export function ortFiles(): Plugin[] {
  // The runtime is a package of the root, where the sources import it from.
  const entry = createRequire(new URL("../../package.json", import.meta.url)).resolve("onnxruntime-web/wasm");
  const folder = dirname(entry);
  const { version } = JSON.parse(readFileSync(join(folder, "../package.json"), "utf8")) as {
    version: string;
  };
  return [
    {
      name: "narrows-ort-folder",
      config: () => ({
        define: { __ORT_VERSION__: JSON.stringify(version) },
        // The runtime's entry that leaves these files outside.
        resolve: { conditions: ["onnxruntime-web-use-extern-wasm"] },
      }),
    },
    {
      name: "narrows-ort-files",
      // VitePress also builds its pages for Node, which needs no files.
      apply: (_, { isSsrBuild }) => !isSsrBuild,
      configureServer({ middlewares }) {
        middlewares.use((request, response, next) => {
          const [, name, ending] = NAME.exec((request.url ?? "").replace(/\?.*$/, "")) ?? [];
          if (name === undefined) return next();
          response.setHeader("content-type", TYPES[ending as keyof typeof TYPES]);
          response.end(readFileSync(join(folder, name)));
        });
      },
      generateBundle() {
        for (const name of Object.values(ORT_FILES).flat()) {
          const source = readFileSync(join(folder, name));
          this.emitFile({ type: "asset", fileName: `ort-${version}/${name}`, source });
        }
      },
    },
  ];
}
