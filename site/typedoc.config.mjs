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
  // What a page links to is there, or is named here with its reason.
  intentionallyNotExported: [
    // Tables of the source whose keys make a union: the union is exported.
    "src/analysis/labels.ts:LABEL_KINDS",
    "src/figures/render/index.ts:RENDERERS",
    "src/geometry/intrinsic-dimension/aggregations.ts:AGGREGATIONS",
    "src/papers/echo-noise/methods.ts:FILES",
    "src/papers/geometry-of-efficient-codes/classes.ts:CLASSES",
    "src/papers/geometry-of-efficient-codes/recipe.ts:HEAD_VARIANTS",
    "src/papers/geometry-of-efficient-codes/recipe.ts:MODELS",
    "src/reproduction/definition.ts:NETWORK_SIZES",
    "src/reproduction/definition.ts:PRESETS",
    "src/reproduction/definition.ts:SET_SIZES",
    "src/run-figures/layers.ts:TITLES",
    // Schemas of zod that a type is inferred from: the type is exported.
    "src/configuration/cluster.ts:clusterSchema",
    "src/data/codes/read.ts:codesKeys",
    "src/data/dsprites/choose-rows.ts:rowChoiceSchema",
    "src/data/file-keys.ts:csvKeys",
    "src/files/lock.ts:lockSchema",
    "src/files/process-identity.ts:processIdentitySchema",
    "src/model/heads/index.ts:headSchema",
    "src/nn/flow.ts:flowSchema",
    "src/runs/manifest-text.ts:manifestSchema",
    "src/runs/summary.ts:validationSchema",
    "src/runs/sums.ts:metricsSumSchema",
    // Types that compute an exported one and say nothing alone.
    "src/data/file-keys.ts:FileOptions",
    "src/data/file-keys.ts:OptionsOf",
    "src/model/metrics.ts:NamesOver",
    "src/model/model.ts:AlwaysMeasured",
    "src/settings/kinds.ts:Given",
    "src/settings/setting.ts:ValueOf",
    // What callers hand on and do not look into.
    "src/distances/centred.ts:CentredRows",
    "src/distances/centred.ts:Centring",
    "src/layer-geometry/one-space.ts:Found",
    "src/model/encoders/convolutional.ts:StackLayer",
    "src/tensor/operations/filtered-convolution.ts:TileSize",
    "src/tensor/tensor.ts:Origin",
    "src/training/noise.ts:NoiseKey",
  ],
  logLevel: "Warn",
};
