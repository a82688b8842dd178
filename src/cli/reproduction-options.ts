import { UserError } from "../errors.js";
import {
  CAPACITIES_NATS,
  type HeadVariant,
  MODEL_NAMES,
  type ModelsChoice,
  modelNamed,
  type ReproductionPreset,
} from "../papers/geometry-of-efficient-codes/models.js";

/** What the command line says, lists and numbers still as text. */
export interface ReproductionOptions {
  readonly preset: ReproductionPreset;
  readonly only?: string;
  readonly capacities?: string;
  readonly seeds: string;
  readonly heads: HeadVariant;
  readonly frozen: boolean;
  readonly workers: string;
  readonly runs: string;
  readonly out: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** The quick preset shows the two ends alone, as most of the paper's figures do. */
const QUICK_CAPACITIES = [0.3, 10];
const MOST_SEEDS = 100;
const MOST_WORKERS = 64;

/**
 * The models that a command line asks for.
 * @throws UserError for a model, capacity or number that there is not.
 */
export function chosenModels({ preset, heads, only, capacities, seeds }: ReproductionOptions): ModelsChoice {
  return {
    models: chosen("--only", only, modelNamed) ?? MODEL_NAMES,
    capacitiesNats:
      chosen("--capacities", capacities, capacityOf) ??
      (preset === "quick" ? QUICK_CAPACITIES : CAPACITIES_NATS),
    seeds: countOf("--seeds", seeds, MOST_SEEDS),
    preset,
    heads,
  };
}

/**
 * How many processes a command line asks for.
 * @throws UserError for a number that makes no sense.
 */
export function chosenWorkers({ workers }: ReproductionOptions): number {
  return countOf("--workers", workers, MOST_WORKERS);
}

/** A list of different things, taken apart at its commas; undefined where it is not given. */
function chosen<Item>(
  option: string,
  text: string | undefined,
  read: (item: string, where: string) => Item,
): Item[] | undefined {
  return text === undefined
    ? undefined
    : [...new Set(text.split(",").map((item) => read(item, `${option} ${text}`)))];
}

function capacityOf(text: string, where: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new UserError({
    where,
    what: `"${text}" is no capacity`,
    remedy: "Give numbers of nats above 0, with commas between, such as 0.3,10",
  });
}

function countOf(option: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new UserError({
    where: `${option} ${text}`,
    what: "out of range",
    remedy: `Give a whole number from 1 to ${most}`,
  });
}
