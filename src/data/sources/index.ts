import { z } from "zod";
import type { Dataset } from "../dataset.js";
import { codes } from "./codes.js";
import { corridors } from "./corridors.js";
import { file } from "./file.js";

/** Every source of data, in the order in which `narrows datasets` lists them. */
export const datasetSources = [corridors, file, codes] as const;

const shape = { ...corridors.shape, ...file.shape, ...codes.shape };

/**
 * Where the data come from, as a configuration says it: `{corridors: {samples, seed, bias}}`,
 * `{file: path, height, width, channels, labels}` or `{codes: {file, dimensions, labels}}`. Exactly one source is named, and unknown keys are refused.
 */
export const datasetSchema = z.strictObject(shape).superRefine((spec, context) => {
  const given = Object.entries(spec).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  const chosen = datasetSources.filter(({ name }) => given.includes(name));
  const [source] = chosen;
  if (source === undefined || chosen.length > 1) {
    const names = datasetSources.map(({ name }) => name).join(", ");
    const message = `name exactly one source of data: ${names}${source ? `; got ${chosen.map(({ name }) => name).join(" and ")}` : ""}`;
    context.addIssue({ code: "custom", message });
    return;
  }
  for (const key of given.filter((name) => !(name in source.shape))) {
    context.addIssue({ code: "custom", path: [key], message: `has no meaning beside ${source.name}` });
  }
});

/** A checked choice of data. */
export type DatasetSpec = z.output<typeof datasetSchema>;

/**
 * Loads or draws the data that a specification names.
 * @param spec the output of {@link datasetSchema}; paths are relative to the working folder.
 * @throws UserError when the file cannot be read or understood, or the data do not fit into memory.
 */
export function loadDataset(spec: DatasetSpec): Dataset {
  const source = datasetSources.find(({ name }) => spec[name as keyof DatasetSpec] !== undefined);
  if (!source) throw new TypeError("loadDataset() takes the output of datasetSchema");
  return source.load(spec);
}
