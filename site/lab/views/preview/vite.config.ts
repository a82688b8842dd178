import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The views with a made code: `npm run views` in site/ serves them, `npm run check` builds and tries them. */
export default defineConfig({
  root: from("."),
  base: "./",
  logLevel: "warn",
  plugins: [vue()],
  build: { outDir: from("../../../../node_modules/.cache/narrows-views"), emptyOutDir: true },
  server: { fs: { allow: [from("../../../..")] } },
});
