import { extname } from "node:path";
import { loadConfiguration } from "../../../configuration/load.js";
import type { Configuration } from "../../../configuration/schema.js";
import { chosenOrder, chosenSplit, withOrder } from "../../../configuration/split.js";
import type { Dataset, RowOrder, Split } from "../../../data/dataset.js";
import { csvKeys } from "../../../data/file-keys.js";
import {
  type DatasetSpec,
  datasetSchema,
  datasetSources,
  recognizeDataset,
} from "../../../data/sources/index.js";
import { PATH_KEYS } from "../../../data/sources/paths.js";
import { UserError } from "../../../errors.js";
import { flagOf } from "../../../settings/index.js";

/** What to load for `narrows datasets inspect`, and how a training splits its rows. */
interface ChosenData {
  readonly spec: DatasetSpec;
  splitOf(dataset: Dataset): Split;
  /** Undefined where rows stay in their order. */
  orderOf(dataset: Dataset): RowOrder | undefined;
}

/** Options of the command line by their names. */
type Layout = Readonly<Record<string, number | boolean | string>>;

/**
 * The data that a path stands for: a configuration's own, those of a source that is named, or what the path looks like.
 * @throws UserError for a source that reads no file, and an option that has no meaning for the source.
 */
export function chooseData(path: string, source: string | undefined, layout: Layout): ChosenData {
  if (/^\.ya?ml$/i.test(extname(path))) {
    const [option] = [...Object.keys(layout), ...(source === undefined ? [] : ["source"])];
    if (option !== undefined) throw meaningless(option, "a configuration, which says it itself");
    const { configuration } = loadConfiguration(path);
    return chosen(configuration);
  }
  const named = source === undefined ? recognizeDataset(path) : namedSource(source, path);
  return chosen(withOrder({ data: withLayout(named, layout), split: undefined }));
}

function chosen(configuration: Pick<Configuration, "data" | "split">): ChosenData {
  return {
    spec: configuration.data,
    splitOf: (dataset) => chosenSplit(configuration, dataset),
    orderOf: (dataset) => chosenOrder(configuration, dataset),
  };
}

/** What a configuration would say for a source to read a path. */
function namedSource(name: string, path: string): Record<string, unknown> {
  const source = datasetSources.find((known) => known.name === name)!;
  const recognized = source.recognize?.(path);
  if (recognized) return recognized;
  const ways: unknown[] = [path, ...PATH_KEYS.map((key) => ({ [key]: path }))];
  const way = ways.find((value) => datasetSchema.safeParse({ [name]: value }).success);
  if (way === undefined) {
    throw new UserError({
      where: `--source ${name}`,
      what: "it is drawn, not read",
      remedy: "Write it into a configuration and inspect that",
    });
  }
  return { [name]: way };
}

/** With the options where the source has them: a file's beside it, those of codes within. */
function withLayout(named: Record<string, unknown>, layout: Layout): DatasetSpec {
  const codes = named.codes as Record<string, unknown> | undefined;
  const whole = codes ? { codes: { ...codes, ...layout } } : { ...named, ...layout };
  const parsed = datasetSchema.safeParse(whole);
  if (parsed.success) return parsed.data;
  const option = Object.keys(layout).find((key) => !isKnown(named, key)) ?? Object.keys(layout)[0];
  throw meaningless(option ?? "source", `data of the source ${Object.keys(named).join()}`);
}

/** Options that the source codes has as well. */
const OF_CODES = ["labels", "array", ...Object.keys(csvKeys)];

function isKnown(named: Record<string, unknown>, key: string): boolean {
  return named.file !== undefined || (named.codes !== undefined && OF_CODES.includes(key));
}

function meaningless(option: string, kind: string): UserError {
  return new UserError({
    where: flagOf(option),
    what: `it has no meaning for ${kind}`,
    remedy: "Leave it out",
  });
}
