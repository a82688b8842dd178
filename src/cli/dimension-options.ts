import { UserError } from "../errors.js";
import { paperData, smallData } from "../papers/intrinsic-dimension/data.js";
import { DATA_NAMES, type DataName } from "../papers/intrinsic-dimension/data-sets.js";
import type { DimensionChoice } from "../papers/intrinsic-dimension/models.js";
import {
  epochsWithin,
  PAPER_RECIPE,
  QUICK_RECIPE,
  type Recipe,
} from "../papers/intrinsic-dimension/recipe.js";
import { type ImageReproductionOptions, MOST_EPOCHS } from "./image-reproduction.js";
import { countOf, listOf, seedsOf } from "./lists.js";

/** What the command line says, lists and numbers still as text. */
export interface DimensionOptions extends ImageReproductionOptions {
  readonly dimensions?: string;
  readonly points?: string;
  readonly noise?: "frozen" | "fresh";
}

/** More of these are a slip of the hand. */
const MOST_DIMENSIONS = 1024;
const MOST_POINTS = 10_000;
/** Fewer have no neighbours to compare. */
const FEWEST_POINTS = 10;

/**
 * What a command line asks for.
 * @throws UserError for a name or a number that there is not, and for small images that are not there.
 */
export function chosenDimension(options: DimensionOptions): DimensionChoice {
  const { preset, data, small } = options;
  const recipe = chosenRecipe(options);
  const names = listOf("--data", data, dataNamed);
  if (preset === "paper") {
    return { recipe, data: (names ?? ["cifar10"]).map((name) => paperData(name, recipe.points)) };
  }
  if (names?.includes("cifar10")) {
    throw new UserError({
      where: `--data ${data}`,
      what: "the quick preset trains on MNIST's test images",
      remedy: "Leave --data out, or give --preset paper",
    });
  }
  return { recipe, data: [smallData(small, recipe.points)] };
}

function chosenRecipe(options: DimensionOptions): Recipe {
  const { preset, dimensions, seeds, points, networks, noise } = options;
  const recipe = preset === "quick" ? QUICK_RECIPE : PAPER_RECIPE;
  const epochs =
    options.epochs === undefined ? recipe.epochs : countOf("--epochs", options.epochs, MOST_EPOCHS);
  return {
    ...recipe,
    epochs,
    measuredEpochs: epochsWithin(PAPER_RECIPE.measuredEpochs, epochs),
    bottlenecks: (
      listOf("--dimensions", dimensions, (text) => countOf("--dimensions", text.trim(), MOST_DIMENSIONS)) ??
      recipe.bottlenecks
    ).toSorted((a, b) => a - b),
    seeds: seeds === undefined ? recipe.seeds : seedsOf(seeds),
    points: points === undefined ? recipe.points : pointsOf(points),
    thinner:
      networks === undefined ? recipe.thinner : (networks === "paper" ? PAPER_RECIPE : QUICK_RECIPE).thinner,
    noise: noise ?? recipe.noise,
  };
}

function pointsOf(text: string): number {
  const points = countOf("--points", text, MOST_POINTS);
  if (points >= FEWEST_POINTS) return points;
  throw new UserError({
    where: `--points ${text}`,
    what: "too few to have neighbours worth comparing",
    remedy: `Give at least ${FEWEST_POINTS}, better some thousand`,
  });
}

function dataNamed(text: string, where: string): DataName {
  const found = DATA_NAMES.find((name) => name === text.trim().toLowerCase());
  if (found) return found;
  throw new UserError({
    where,
    what: `no data of the paper are called "${text}"`,
    remedy: `There are ${DATA_NAMES.join(" and ")}`,
  });
}

/** What is to be typed to make the report again. */
export function commandOf(options: DimensionOptions): string {
  const keys = ["data", "dimensions", "seeds", "epochs", "points", "networks", "noise"] as const;
  return [
    `narrows reproduce dimension --preset ${options.preset}`,
    ...keys.flatMap((key) => (options[key] === undefined ? [] : [`--${key} ${options[key]}`])),
    ...(options.preset === "quick" ? [`--small ${options.small}`] : []),
  ].join(" ");
}
