import { readFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");

/** The source of each door of the package: dist/web.d.ts is made from src/web.ts. */
const doors = Object.values(JSON.parse(read("package.json")).exports).flatMap((door) => {
  const types = typeof door === "string" ? undefined : door.types;
  return types?.startsWith("./dist/") ? [types.replace("./dist/", "src/").replace(/\.d\.ts$/, ".ts")] : [];
});
/** The rooms that the first door opens as a whole: a page each. */
const rooms = [...read("src/index.ts").matchAll(/^export \*.* from "\.\/([^"]+\/index)\.js"/gm)].map(
  ([, room]) => `src/${room}.ts`,
);

export default {
  plugin: ["typedoc-plugin-markdown", "typedoc-vitepress-theme"],
  tsconfig: "tsconfig.json",
  // What several doors open is described at the first of them: the whole library comes last.
  entryPoints: [
    ...new Set([...doors.filter((path) => path !== "src/index.ts"), ...rooms, "src/index.ts"]),
  ].map((path) => `../${path}`),
  out: "reference/api",
  docsRoot: ".",
  name: "API",
  readme: "none",
  outputFileStrategy: "modules",
  // The project's own compiler checks the types: TypeDoc has an older one.
  skipErrorChecking: true,
  excludeInternal: true,
  excludePrivate: true,
  disableSources: true,
  parametersFormat: "list",
  interfacePropertiesFormat: "list",
  classPropertiesFormat: "list",
  hideBreadcrumbs: true,
  hidePageHeader: true,
  logLevel: "Error",
};
