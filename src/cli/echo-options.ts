import { UserError } from "../errors.js";
import { nearest } from "../nearest.js";
import { DATA_NAMES, dataNamed, paperData } from "../papers/echo-noise/data.js";
import { methodNamed } from "../papers/echo-noise/methods.js";
import { type EchoChoice, PARTS, type Part } from "../papers/echo-noise/models.js";
import { PAPER_RECIPE, QUICK_RECIPE, type Recipe, type SpriteGrid } from "../papers/echo-noise/recipe.js";
import { smallData } from "../papers/echo-noise/small-data.js";
import { type ImageReproductionOptions, MOST_EPOCHS } from "./image-reproduction.js";
import { countOf, listOf, seedsOf } from "./lists.js";

/** What the command line says, lists and numbers still as text. */
export interface EchoOptions extends ImageReproductionOptions {
  readonly only?: string;
  readonly methods?: string;
  readonly betas?: string;
  readonly steps?: string;
  readonly sprites?: SpriteGrid;
}

/** More is a slip of the hand. */
const MOST_STEPS = 10_000_000;
/** Parts for which models are trained on images. */
const ON_IMAGES: readonly Part[] = ["table1", "table3", "figures"];

/**
 * What a command line asks for.
 * @throws UserError for a part, a name or a number that there is not, and for small images that are not there.
 */
export function chosenEcho(options: EchoOptions): EchoChoice {
  const { preset, only, data, small } = options;
  const parts = listOf("--only", only, partNamed) ?? PARTS;
  const names = listOf("--data", data, dataNamed);
  const needsImages = parts.some((part) => ON_IMAGES.includes(part));
  return {
    parts,
    recipe: chosenRecipe(options),
    data: !needsImages
      ? []
      : preset === "quick"
        ? smallData(small, names)
        : (names ?? DATA_NAMES.filter((name) => name !== "mnist")).map(paperData),
  };
}

function chosenRecipe(options: EchoOptions): Recipe {
  const { preset, methods, seeds, betas, epochs, steps, sprites, networks } = options;
  const recipe = preset === "quick" ? QUICK_RECIPE : PAPER_RECIPE;
  const { thinner, shallow } = (networks === "paper" ? PAPER_RECIPE : networks ? QUICK_RECIPE : recipe)
    .images;
  const grid = sprites ?? recipe.sprites.grid;
  return {
    ...recipe,
    methods: listOf("--methods", methods, methodNamed) ?? recipe.methods,
    seeds: seeds === undefined ? recipe.seeds : seedsOf(seeds),
    betas: listOf("--betas", betas, betaOf) ?? recipe.betas,
    images: {
      ...recipe.images,
      thinner,
      shallow,
      ...(epochs === undefined ? {} : { epochs: countOf("--epochs", epochs, MOST_EPOCHS) }),
    },
    sprites: {
      ...recipe.sprites,
      // dSprites are 64 x 64, and a grid drawn for the paper's networks has the quick one's factors.
      ...(grid === "dsprites" ? { grid, size: 64 } : { grid, factors: QUICK_RECIPE.sprites.factors }),
      ...(steps === undefined ? {} : { steps: countOf("--steps", steps, MOST_STEPS) }),
    },
  };
}

function partNamed(text: string, where: string): Part {
  const found = PARTS.find((part) => part === text.trim().toLowerCase());
  if (found) return found;
  const near = nearest(text, PARTS);
  throw new UserError({
    where,
    what: `there is no part "${text}"`,
    remedy: `${near ? `Did you mean ${near}? ` : ""}The parts are ${PARTS.join(", ")}`,
  });
}

function betaOf(text: string, where: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new UserError({
    where,
    what: `"${text}" is no beta`,
    remedy: "Give numbers above 0, with commas between, such as 0.3,1,3",
  });
}

/** What is to be typed to make the report again. */
export function commandOf(options: EchoOptions): string {
  const keys = [
    "only",
    "data",
    "methods",
    "seeds",
    "betas",
    "epochs",
    "steps",
    "sprites",
    "networks",
  ] as const;
  return [
    `narrows reproduce echo --preset ${options.preset}`,
    ...keys.flatMap((key) => (options[key] === undefined ? [] : [`--${key} ${options[key]}`])),
    ...(options.preset === "quick" ? [`--small ${options.small}`] : []),
  ].join(" ");
}
