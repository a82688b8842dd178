import { readFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");

/** The source of each door of the package: dist/web.d.ts is made from src/web.ts. */
const doors = Object.values(JSON.parse(read("package.json")).exports).flatMap((door) => {
  const types = typeof door === "string" ? undefined : door.types;
  return types?.startsWith("./dist/") ? [types.replace("./dist/", "src/").replace(/\.d\.ts$/, ".ts")] : [];
});
/** What several doors open is described at the first of them: those of single rooms come before those of many. */
const MANY = ["src/measures.ts", "src/parts.ts", "src/web.ts", "src/index.ts"];
const entryPoints = [
  ...doors.filter((path) => !MANY.includes(path)),
  ...MANY.filter((path) => doors.includes(path)),
];

export default {
  plugin: ["typedoc-plugin-markdown", "typedoc-vitepress-theme"],
  tsconfig: "tsconfig.json",
  entryPoints: entryPoints.map((path) => `../${path}`),
  out: "reference/api",
  docsRoot: ".",
  name: "API",
  readme: "none",
  outputFileStrategy: "modules",
  // The project's own compiler checks the types: TypeDoc has an older one.
  skipErrorChecking: true,
  excludeInternal: true,
  // Without it zod, which narrows/parts hands on, would be described: three megabytes.
  excludeExternals: true,
  excludePrivate: true,
  disableSources: true,
  parametersFormat: "list",
  interfacePropertiesFormat: "list",
  classPropertiesFormat: "list",
  hideBreadcrumbs: true,
  hidePageHeader: true,
  logLevel: "Error",
};
