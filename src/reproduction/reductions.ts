import { type PaperTable, paperTable, words } from "./tables/table.js";

/** What differs between a reproduction and the paper: a row of the table of reductions. */
export interface Difference {
  readonly what: string;
  readonly here: string;
  readonly paper: string;
  /** What alone it concerns, such as the models on images; everything by default. */
  readonly concerns?: readonly string[];
}

/** How a value of a preset is reported. */
export interface Label<Recipe, Value> {
  readonly what: string;
  readonly show?: (value: Value, recipe: Recipe) => string;
  readonly concerns?: readonly string[];
}

/** The values of a preset whose differences are reported, each with what it is called. */
export type Labels<Recipe> = {
  readonly [Key in keyof Recipe]?: Label<Recipe, Recipe[Key]>;
};

/** A data set of a reproduction. */
export interface DataSet {
  readonly name: string;
  readonly title: string;
  /** What is reduced compared with the published set, in words; undefined where nothing is. */
  readonly reduction?: string;
}

/** Where a recipe and its data differ from the paper's. */
export function differences<Recipe extends object>(
  labels: Labels<Recipe>,
  recipe: Recipe,
  paper: Recipe,
  data: readonly DataSet[],
): Difference[] {
  const ofData = data.flatMap(({ name, title, reduction }): Difference[] =>
    reduction === undefined
      ? []
      : [{ what: title, here: reduction, paper: "the published set", concerns: [name] }],
  );
  const ofRecipe = (Object.keys(labels) as (keyof Recipe)[]).flatMap((key): Difference[] => {
    const label = labels[key] as Label<Recipe, Recipe[keyof Recipe]>;
    const shown = (values: Recipe) => (label.show ?? showValue)(values[key], values);
    const [here, published] = [shown(recipe), shown(paper)];
    if (here === published) return [];
    const { what, concerns } = label;
    return [{ what, here, paper: published, ...(concerns === undefined ? {} : { concerns }) }];
  });
  return [...ofData, ...ofRecipe];
}

/** A value of a preset in words. */
function showValue(value: unknown): string {
  if (value === undefined) return "none";
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "number"
    ? value.toLocaleString("en", { maximumSignificantDigits: 15 })
    : String(value);
}

/**
 * The differences in one sentence for a caption; an empty text where there are none.
 * @param concerns what the captioned thing is of; differences that concern something else are left out.
 */
export function differencesSentence(all: readonly Difference[], concerns?: readonly string[]): string {
  const own = all.filter(
    (one) => !one.concerns || !concerns || one.concerns.some((part) => concerns.includes(part)),
  );
  const parts = own.map(({ what, here, paper }) => `${what}: ${here} (paper: ${paper})`);
  return parts.length === 0 ? "" : `Differs from the paper: ${parts.join("; ")}.`;
}

/** Heading of the table of differences. */
export const DIFFERENCES_HEADING = "What differs from the paper";

/** The differences as a table; none where there are none. */
export function differencesTable(all: readonly Difference[]): PaperTable[] {
  return paperTable(
    {
      heading: DIFFERENCES_HEADING,
      caption: "Settings and data of this reproduction and of the paper.",
    },
    all,
    [
      words("What", ({ what }) => what),
      words("Here", ({ here }) => here),
      words("In the paper", ({ paper }) => paper),
    ],
  );
}
