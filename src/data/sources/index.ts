import * as z from "zod";
import { refuse } from "../../errors.js";
import type { OwnPart } from "../../own-part.js";
import { checkTable } from "../check-table.js";
import type { Dataset } from "../dataset.js";
import { binaryMnist } from "./binary-mnist.js";
import { cifar10 } from "./cifar10.js";
import { codes } from "./codes.js";
import { corridors } from "./corridors.js";
import { dsprites } from "./dsprites.js";
import { file } from "./file.js";
import { fashionMnist, mnist } from "./mnist.js";
import { omniglot } from "./omniglot.js";
import { expandHome, mapPaths } from "./paths.js";
import type { DatasetSource } from "./source.js";
import { sprites } from "./sprites.js";

/** A source whose options are not known here. */
type AnySource = DatasetSource;

/** Every source of data, in the order in which `narrows datasets` lists them. */
export const datasetSources = [
  corridors,
  sprites,
  dsprites,
  binaryMnist,
  mnist,
  fashionMnist,
  omniglot,
  cifar10,
  file,
  codes,
] as const;

const shape = {
  ...corridors.shape,
  ...sprites.shape,
  ...dsprites.shape,
  ...binaryMnist.shape,
  ...mnist.shape,
  ...fashionMnist.shape,
  ...omniglot.shape,
  ...cifar10.shape,
  ...file.shape,
  ...codes.shape,
};

/** The sources that a schema of data chooses among. */
const sourcesOf = new WeakMap<object, readonly AnySource[]>();

function schemaOf<Shape extends z.ZodRawShape>(keys: Shape, sources: readonly AnySource[]) {
  const schema = z.strictObject(keys).superRefine((spec, context) => {
    const given = Object.entries(spec).flatMap(([key, value]) => (value === undefined ? [] : [key]));
    const chosen = sources.filter(({ name }) => given.includes(name));
    const [source] = chosen;
    if (source === undefined || chosen.length > 1) {
      const names = sources.map(({ name }) => name).join(", ");
      const message = `name exactly one source of data: ${names}${source ? `; got ${chosen.map(({ name }) => name).join(" and ")}` : ""}`;
      context.addIssue({ code: "custom", message });
      return;
    }
    for (const key of given.filter((name) => !Object.hasOwn(source.shape, name))) {
      context.addIssue({ code: "custom", path: [key], message: `has no meaning with ${source.name}` });
    }
  });
  sourcesOf.set(schema, sources);
  return schema;
}

/**
 * Where the data come from, as a configuration says it: `{corridors: {samples, seed, bias}}`, `{mnist: {folder, binarize}}`,
 * `{file: path, height, width, channels, labels}` and so on. Exactly one source is named, and unknown keys are refused.
 */
export const datasetSchema = schemaOf(shape, datasetSources);

/** A checked choice of data; that of a source of one's own has its name for a key. */
export type DatasetSpec = z.output<typeof datasetSchema>;

/** The sources of Narrows, and those among some parts of one's own. */
function sourcesWith(own: readonly OwnPart[]): readonly AnySource[] {
  return [...(datasetSources as readonly AnySource[]), ...own.filter(isSource)];
}

const isSource = (part: OwnPart): part is AnySource => part.kind === "data";

/**
 * {@link datasetSchema} with the sources among some parts of one's own.
 * @throws UserError where a source has the name of a key that there is.
 */
export function datasetSchemaWith(own: readonly OwnPart[]): typeof datasetSchema {
  const added = own.filter(isSource);
  if (added.length === 0) return datasetSchema;
  const keys: Record<string, z.ZodType> = { ...shape };
  for (const source of added) {
    for (const [key, schema] of Object.entries(source.shape)) {
      if (Object.hasOwn(keys, key)) {
        refuse(`data ${source.name}`, `there is a key data.${key} already`, "Give your source another name");
      }
      keys[key] = (schema as z.ZodType).describe(source.about);
    }
  }
  return schemaOf(keys, sourcesWith(added)) as typeof datasetSchema;
}

/** The source whose keys settings have, where a schema is one of data; undefined for other schemas, and where none is named. */
export function sourceNamedBy(
  schema: z.core.$ZodType,
  settings: Readonly<Record<string, unknown>>,
): AnySource | undefined {
  return sourcesOf.get(schema)?.find(({ name }) => Object.hasOwn(settings, name));
}

/**
 * How a configuration would name what lies at a path: by the first source that knows it by its looks, else as a file or
 * folder of one's own images.
 * @throws UserError when a file has to be looked into and cannot be read.
 */
export function recognizeDataset(path: string): z.input<typeof datasetSchema> {
  for (const { recognize } of datasetSources) {
    const found = recognize?.(path);
    if (found) return found;
  }
  return { file: path };
}

/** What becomes of data when they have been loaded, before anybody sees them. */
export interface Arrangement {
  /** The same for the same arrangement. */
  readonly key: string;
  /** May change the arrays that it is given. */
  arrange(dataset: Dataset): Dataset;
}

/**
 * Loads or draws the data that a specification names.
 * @param spec the output of {@link datasetSchema}; paths are relative to the working folder, and ~ is the home folder.
 * @param own Parts of one's own, of which the sources count.
 * @throws UserError when the file cannot be read or understood, or the data do not fit into memory.
 */
export function loadDataset(
  spec: DatasetSpec,
  arrangement?: Arrangement,
  own: readonly OwnPart[] = [],
): Dataset {
  const source = sourceOf(spec, own);
  const dataset = source.load(mapPaths(spec, expandHome));
  if (own.includes(source)) checkOwn(source.name, dataset);
  return arrangement ? arrangement.arrange(dataset) : dataset;
}

/** Refuses what a source of one's own gives where it is no data set: nobody else has looked at it. */
function checkOwn(source: string, dataset: Dataset | undefined): void {
  const where = `data ${source}`;
  if (typeof dataset?.name !== "string" || typeof dataset.fingerprint !== "string")
    refuse(where, "its load returns no data set", "Return what asDataset gives (docs/extending.md)");
  checkTable(where, dataset);
}

/** Whether rows of these data are shuffled before they are split, by default. */
export function isOrdered(spec: DatasetSpec, own: readonly OwnPart[] = []): boolean {
  return sourceOf(spec, own).isOrdered?.(spec) ?? false;
}

function sourceOf(spec: DatasetSpec, own: readonly OwnPart[]): AnySource {
  const source = sourcesWith(own).find(({ name }) => spec[name as keyof DatasetSpec] !== undefined);
  if (!source) throw new TypeError("this takes the output of datasetSchema");
  return source;
}

/** {@link loadDataset} that keeps a number of the latest data sets, for callers that ask for the same again. */
export function loadRemembering(count: number): typeof loadDataset {
  const known = new Map<string, Dataset>();
  return (spec: DatasetSpec, arrangement?: Arrangement, own?: readonly OwnPart[]) => {
    const key = JSON.stringify([spec, arrangement?.key]);
    const dataset = known.get(key) ?? loadDataset(spec, arrangement, own);
    // The latest stand last.
    known.delete(key);
    known.set(key, dataset);
    const [oldest] = known.keys();
    if (known.size > count && oldest !== undefined) known.delete(oldest);
    return dataset;
  };
}
