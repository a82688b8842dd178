import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import * as z from "zod";
import { mapPaths } from "../data/sources/paths.js";
import { refuse } from "../errors.js";
import { readSmallText } from "../files/read-small.js";
import type { OwnPart } from "../own-part.js";
import { assumptionsOf } from "./assumed.js";
import { AUTHORS_SECTIONS, authorsLayer, type ForeignCode, foreignCodeOf, isAuthorsFile } from "./authors.js";
import { type ClusterBlock, clusterSchema } from "./cluster.js";
import type { Layer } from "./layers.js";
import { type Override, parseOverride } from "./overrides.js";
import { errorOf, problemsOf } from "./problems.js";
import { presetLayer, resolveLayers } from "./resolve.js";
import { type Configuration, fileSchema } from "./schema.js";
import { isMapping } from "./schema-walk.js";
import { withOrder } from "./split.js";
import { type FileLayer, yamlLayer } from "./yaml.js";

/** A configuration, and what its reader should know. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  /** One line each; nothing in them stops a training. */
  readonly warnings: readonly string[];
  /** What was not given and decides most, with what it was taken to be, such as `epochs 6`. */
  readonly assumptions: readonly string[];
  /** What its jobs ask for on a cluster. */
  readonly cluster: ClusterBlock;
}

/** What a file holds in addition to its settings. */
const headSchema = z.object({ extends: fileSchema.shape.extends, preset: fileSchema.shape.preset });

/**
 * Reads a configuration file and lays a preset and `--set` overrides over it, these in their order. Underneath lie,
 * from the bottom: defaults, the file that it `extends`, its own `preset`. A file of the authors' code (one that has a section such as `model_params`) is translated, and overrides may
 * use its keys.
 *
 * Files and folders of data (`data.file`, `data.mnist.folder`) and of initial weights are looked for as written, from the working folder, then next to the
 * file that names them.
 * @param path Without one, defaults and overrides alone make the configuration.
 * @param overrides Each `path=value`, without the option's name, or taken apart; `preset=NAME` among them lays that preset there.
 * @param preset Name of a preset that wins over the file and yields to the overrides.
 * @param own Parts of one's own besides those of the files that the configuration names: more files, and parts as they are.
 * @throws UserError in one line: the file with line and column (or the override), the dotted key, what is wrong, and
 * what to do; of several problems the first is reported and the others are counted.
 */
export function loadConfiguration(
  path: string | undefined,
  overrides: readonly (string | Override)[] = [],
  preset?: string,
  own: { readonly files?: readonly string[]; readonly parts?: readonly OwnPart[] } = {},
): LoadedConfiguration {
  const parsed = overrides.map((given) => (typeof given === "string" ? parseOverride(given) : given));
  const ofAuthors = parsed.filter((override) => AUTHORS_SECTIONS.includes(override.path[0]!));
  const found = path === undefined ? NOTHING : readLayers(path, ofAuthors, []);
  const rest = found.authors ? parsed.filter((override) => !ofAuthors.includes(override)) : parsed;
  const laid = preset === undefined ? [] : [presetLayer(preset, `--preset ${preset}`)];
  const layers = [...found.layers, ...laid];
  const resolved = resolveLayers([...layers, ...moreParts(layers, own.files ?? [])], rest, own.parts);
  const configuration = withOrder(resolved.configuration, resolved.own);
  return {
    configuration,
    warnings: found.warnings,
    assumptions: assumptionsOf(resolved.given, configuration),
    cluster: resolved.cluster,
  };
}

/** A layer in which files with parts of one's own follow those of the layers below. */
function moreParts(below: readonly Layer[], files: readonly string[]): Layer[] {
  if (files.length === 0) return [];
  const named = below.findLast(({ values }) => values.parts !== undefined)?.values.parts;
  const parts = [...new Set([...(Array.isArray(named) ? named : []), ...files])];
  return [{ values: { parts }, place: (path) => (path[0] === "parts" ? "--with" : undefined) }];
}

/**
 * What jobs on a cluster ask for, of a file that a laboratory keeps for all its experiments: its block `cluster`.
 * @throws UserError when the file cannot be read, or has no such block.
 */
export function loadCluster(path: string): ClusterBlock {
  const { values, place } = readLayer(path);
  const problems = problemsOf(z.object({ cluster: clusterSchema }), values);
  if (problems.length > 0) throw errorOf(problems, (key) => place(key) ?? path);
  return clusterSchema.parse(values.cluster);
}

/**
 * The images and the model that encodes them, where a file of the authors' code trains classifiers on another model's code
 * and no override gives that code. Paths are looked for as in {@link loadConfiguration}.
 * @throws UserError when the file cannot be read or is no YAML.
 */
export function findForeignCode(path: string, overrides: readonly string[] = []): ForeignCode | undefined {
  const file = readLayer(path);
  const found = isAuthorsFile(Object.keys(file.values))
    ? foreignCodeOf(file, overrides.map(parseOverride))
    : undefined;
  if (!found) return undefined;
  const located = (name: string) => besideConfiguration(name, path);
  return { images: located(found.images), folder: located(found.folder) };
}

/**
 * A resolved configuration with overrides laid over it, as {@link loadConfiguration} does.
 * @throws UserError naming the override that does not fit.
 */
export function overrideConfiguration(
  configuration: Configuration,
  overrides: readonly string[],
): Configuration {
  const parsed = overrides.map(parseOverride);
  const { configuration: changed, own } = resolveLayers(
    [{ values: configuration, place: () => undefined }],
    parsed,
  );
  // How rows are ordered depends on the data; a run from before keeps what it had.
  return parsed.some(({ path }) => path[0] === "data") ? withOrder(changed, own) : changed;
}

/** Layers of settings, the later ones over the earlier. */
interface Found {
  readonly layers: readonly Layer[];
  readonly warnings: readonly string[];
  /** Whether a file of the authors is among them. */
  readonly authors: boolean;
}

const NOTHING: Found = { layers: [], warnings: [], authors: false };

/** The longest text that a configuration may have, in bytes. */
const MAX_BYTES = 4 * 2 ** 20;

/** The longest chain of files of which each `extends` the next. */
const MAX_FILES = 32;

function readLayer(path: string): FileLayer {
  return yamlLayer(path, readSmallText(path, MAX_BYTES, "a configuration"), isAuthorsFile);
}

function readLayers(path: string, ofAuthors: readonly Override[], above: readonly string[]): Found {
  const file = readLayer(path);
  if (isAuthorsFile(Object.keys(file.values))) {
    const { layer, warnings } = authorsLayer(path, file, ofAuthors);
    const base = presetLayer("authors-code", path);
    return {
      layers: [base, besideFile(layer, path)],
      warnings: [...file.warnings, ...warnings],
      authors: true,
    };
  }
  const { extends: basePath, preset, ...values } = file.values;
  const place = (key: readonly (string | number)[]) => file.place(key) ?? path;
  const problems = problemsOf(headSchema, file.values);
  if (problems.length > 0) throw errorOf(problems, place);
  const chain = [...above, resolve(path)];
  const base = basePath === undefined ? NOTHING : readBase(String(basePath));
  const presetLayers = preset === undefined ? [] : [presetLayer(preset, place(["preset"]))];
  const own = besideFile({ values, place: file.place }, path);
  return { ...base, layers: [...base.layers, ...presetLayers, own] };

  function readBase(name: string): Found {
    const target = inFolderOf(path, name);
    if (chain.includes(resolve(target))) {
      refuse(
        place(["extends"]),
        `${name} builds on this file, so this file cannot build on it`,
        "Remove one of the two extends",
      );
    }
    if (chain.length >= MAX_FILES) {
      refuse(
        place(["extends"]),
        `${MAX_FILES} files build on each other, and this one names another`,
        "Put settings of several of them into one file",
      );
    }
    return readLayers(target, ofAuthors, chain);
  }
}

/**
 * A layer whose files and folders (of data, of initial weights, and of parts of one's own), where they are not in the working folder, are taken from the
 * folder of the configuration file.
 */
function besideFile(layer: Layer, path: string): Layer {
  const { data, model, parts } = layer.values;
  const initialisation = isMapping(model) ? model.initialisation : undefined;
  return {
    ...layer,
    values: {
      ...layer.values,
      ...(isMapping(data) && { data: located(data, path) }),
      ...(Array.isArray(parts) && {
        parts: parts.map((file) => (typeof file === "string" ? besideConfiguration(file, path) : file)),
      }),
      ...(isMapping(model) &&
        isMapping(initialisation) && { model: { ...model, initialisation: located(initialisation, path) } }),
    },
  };
}

function located(source: Record<string, unknown>, path: string): Record<string, unknown> {
  return mapPaths(source, (file) => besideConfiguration(file, path));
}

/** Where a file lies: as written, from the working folder, else in the folder of the configuration file, if it is there. */
function besideConfiguration(file: string, path: string): string {
  const candidate = inFolderOf(path, file);
  return !existsSync(file) && existsSync(candidate) ? candidate : file;
}

/** A path in a file: relative to the folder of that file, unless it is absolute. */
function inFolderOf(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}
