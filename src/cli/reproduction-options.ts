import { UserError } from "../errors.js";
import {
  CAPACITIES_NATS,
  type HeadVariant,
  MODEL_NAMES,
  modelNamed,
  type ReproductionPreset,
} from "../papers/geometry-of-efficient-codes/recipe.js";
import type { ModelsChoice } from "../papers/geometry-of-efficient-codes/runs.js";
import { listOf, seedsOf } from "./lists.js";

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

/**
 * The models that a command line asks for.
 * @throws UserError for a model, capacity or number that there is not.
 */
export function chosenModels({ preset, heads, only, capacities, seeds }: ReproductionOptions): ModelsChoice {
  return {
    models: listOf("--only", only, modelNamed) ?? MODEL_NAMES,
    capacitiesNats:
      listOf("--capacities", capacities, capacityOf) ??
      (preset === "quick" ? QUICK_CAPACITIES : CAPACITIES_NATS),
    seeds: seedsOf(seeds),
    preset,
    heads,
  };
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
