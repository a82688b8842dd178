import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";
import { nodeModules } from "./node-modules.js";
import { offline } from "./offline/build.js";
import { ortFiles } from "./ort-files.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Under these a page may use threads. */
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  root: here("."),
  // From any path of any host.
  base: "./",
  publicDir: false,
  plugins: [vue(), ortFiles(), nodeModules(), offline()],
  define: { __VUE_OPTIONS_API__: "false" },
  worker: { format: "es", plugins: () => [] },
  server: { headers, fs: { allow: [here("../..")] } },
  preview: { headers },
  build: {
    outDir: here("../../dist-lab"),
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 500,
  },
});
