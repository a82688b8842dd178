/** What the codes came to, in numbers: the distortion indices, dimensions in use, and the effect of the rate limit. */
import { dimensionsInUse } from "../../geometry/index.js";
import { nats } from "../../reproduction/statements/numbers.js";
import { bySeed, decimals, NOTHING, overSeeds, present } from "../../reproduction/tables/cells.js";
import { numbers, type PaperTable, paperTable, words } from "../../reproduction/tables/table.js";
import type { ModelCode } from "./measures/atlas.js";
import {
  INDEX_NAMES,
  type IndexName,
  type IndexOverSeeds,
  type IndicesRow,
  type IndicesTable,
} from "./measures/indices-table.js";
import { PUBLISHED_CAPACITIES_NATS, publishedIndices, publishedRow } from "./measures/published-indices.js";
import type { Squeeze } from "./measures/squeeze.js";
import { publishedChannelsUsed, publishedSqueeze } from "./published.js";

/** What an index above 0 says. */
const MEANINGS: Readonly<Record<IndexName, string>> = {
  prototypization: "Prototypization above 0: members of a class drew together against the others. (Rule G11)",
  specialization:
    "Specialization above 0: the class that is named got more room than the rest. Of the published code it may be another class. (Rule G12)",
  orthogonalization:
    "Orthogonalization above 0: what separates the classes became an axis of its own, along which less else varies. What varies across it does not count. (Rule G19)",
  factorization:
    "Factorization above 0: within the classes, other directions vary more than those that separate them. A code of one dimension has no other directions, and is below a Baseline of two. (Rule G13)",
};

/** All distortion indices of all models, with those of the published codes; which differ from 0 and where; the numbers, folded. */
export function indicesTables({ rows, family, level, withoutBaseline }: IndicesTable): PaperTable[] {
  const several = rows.some(({ prototypization }) => prototypization.seeds.length > 1);
  const percent = `${100 * (1 - level)} %`;
  const own = [words("Model", modelText), numbers("C, nats", ({ capacityNats }: IndicesRow) => capacityNats)];
  const bySeeds = rows.flatMap((row) =>
    INDEX_NAMES.flatMap((name) => row[name].seeds.map((seed) => ({ ...row, ...row[name], ...seed, name }))),
  );
  const introduction = [
    "What each model did to the Baseline's code of the same capacity, in four numbers. They are natural logarithms of a ratio: 0 is undistorted, 0.69 a factor of 2. E2M5 learns the tasks of E2M1 to E2M4 at once, and is compared in the classes of each; its own are those of E2M4. (Rules G10 to G15 and G19 of the definitions.)",
    several
      ? `"above 0" and "below 0" mean: in every seed the ${percent} interval over stimuli lies on that side, so does Student's interval of the mean over seeds, and the probability by chance, adjusted for all ${family} indices of these tables, is below ${level}. Behind the mean over seeds stands their standard deviation, in brackets Student's interval.`
      : `"above 0" and "below 0" mean: the ${percent} interval over stimuli, in brackets, lies on that side, and the probability by chance, adjusted for all ${family} indices of these tables, is below ${level}. With one seed this speaks of these trainings alone: how much another seed would change is not known.`,
    `"published" is the authors' code, one training at ${PUBLISHED_CAPACITIES_NATS.join(" and at ")} nats, with its interval over their 1,522 stimuli; its verdict is adjusted for the ${publishedIndices().family} indices of the published codes.`,
    ...(withoutBaseline.length === 0
      ? []
      : [
          `Left out, because there is no Baseline of their capacity and seed: ${withoutBaseline.join("; ")}.`,
        ]),
  ];
  return [
    ...INDEX_NAMES.flatMap((name, k) =>
      paperTable(
        {
          ...(k === 0 ? { heading: "Distortion indices" } : {}),
          text: [...(k === 0 ? introduction : []), MEANINGS[name], whereBeyond(rows, name)],
          caption: `${capitalized(name)}: which codes differ from 0.`,
        },
        rows,
        [
          ...own,
          ...(name === "specialization"
            ? [words("of class", ({ specialization }: IndicesRow) => specialization.className)]
            : []),
          words(capitalized(name), (row) => indexText(row[name])),
          words("published", (row) => publishedText(row, name)),
        ],
      ),
    ),
    ...paperTable(
      {
        caption:
          "Distortion indices seed by seed, with intervals over stimuli; probabilities are of the seed where they are largest",
        folded: true,
      },
      bySeeds,
      [
        ...own,
        words("Classes", ({ rule }) => rule),
        words("Index", ({ name }) => name),
        numbers("Seed", ({ seed }) => seed),
        numbers("Value", ({ value }) => decimals(value, 3)),
        numbers("Low", ({ low }) => decimals(low, 3)),
        numbers("High", ({ high }) => decimals(high, 3)),
        numbers("Probability", ({ probability }) => probabilityText(probability)),
        numbers("adjusted", ({ adjustedProbability }) => probabilityText(adjustedProbability)),
      ],
    ),
  ];
}

/** How many of its dimensions each code uses, with the published codes. */
export function dimensionsTable(codes: readonly ModelCode[]): PaperTable[] {
  const capacities = [...new Set(codes.map(({ capacityNats }) => capacityNats))].sort((a, b) => a - b);
  return paperTable(
    {
      heading: "Dimensions in use",
      text: [
        "Dimensions of the code whose standard deviation over the stimuli is above 0.1 (rule G17): the mean over seeds.",
      ],
      caption: "Dimensions in use, of five.",
    },
    bySeed(codes, ({ model }) => model),
    [
      words("Model", (own) => own[0]!.model),
      ...capacities.flatMap((capacity) => [
        numbers(nats(capacity), (own: readonly ModelCode[]) => usedText(own, capacity)),
        ...(PUBLISHED_CAPACITIES_NATS.some((known) => known === capacity)
          ? [
              numbers("published", (own: readonly ModelCode[]) =>
                String(publishedChannelsUsed(own[0]!.model, capacity) ?? NOTHING),
              ),
            ]
          : []),
      ]),
    ],
  );
}

function usedText(codes: readonly ModelCode[], capacity: number): string {
  const used = codes
    .filter(({ capacityNats }) => capacityNats === capacity)
    .map(({ points }) => dimensionsInUse(points).length);
  return overSeeds(used, used.length === 1 ? 0 : 1);
}

/** Effect of the rate limit: from the high to the low capacity, on each model's own code. */
export function squeezeTable(squeezes: readonly Squeeze[]): PaperTable[] {
  const [first] = squeezes;
  return paperTable(
    {
      heading: "The squeeze",
      text: [
        `Each model's code at ${first?.lowNats} nats against its own at ${first?.highNats} nats. Mean ratio of distances below 1: the code drew together. Prototypization of positions above 0: images of the same two positions drew together more than images of others did; below 0: positions come nearer to each other than the images of each.`,
      ],
      caption: "The squeeze; prototypization seed by seed, with its 95 % interval over stimuli.",
    },
    bySeed(squeezes, ({ model }) => model),
    [
      words("Model", (seeds) => seeds[0]!.model),
      numbers("Mean ratio of distances", (seeds) =>
        overSeeds(
          present(seeds, ({ meanRatio }) => meanRatio),
          3,
        ),
      ),
      numbers("published", (seeds) => {
        const known = publishedSqueeze(seeds[0]!.model);
        return known === undefined ? NOTHING : decimals(known, 3);
      }),
      words("Prototypization of positions", (seeds) =>
        seeds
          .map(({ prototypization: { value, low, high } }) => `${decimals(value, 2)} ${interval(low, high)}`)
          .join("; "),
      ),
    ],
  );
}

/** `E2M5 in classes of E2M1` where they are not its own. */
function modelText({ model, classesOf }: IndicesRow): string {
  return model === classesOf ? model : `${model} in classes of ${classesOf}`;
}

function publishedText(row: IndicesRow, name: IndexName): string {
  const known = publishedRow(row);
  if (!known) return NOTHING;
  const { ofClass, className } = known.specialization;
  const isAnother = name === "specialization" && ofClass !== row.specialization.ofClass;
  return `${indexText(known[name])}${isAnother ? ` (${className})` : ""}`;
}

/** `above 0: 0.43 [0.38, 0.47]`. */
function indexText({ verdict, seeds, seedInterval, mean, standardDeviation }: IndexOverSeeds): string {
  if (verdict === "undefined") return verdict;
  const [low, high] = seedInterval ?? [seeds[0]!.low, seeds[0]!.high];
  const deviation = standardDeviation === null ? "" : ` ± ${decimals(standardDeviation, 2)}`;
  return `${verdict}: ${decimals(mean, 2)}${deviation} ${interval(low, high)}`;
}

function interval(low: number, high: number): string {
  return `[${decimals(low, 2)}, ${decimals(high, 2)}]`;
}

/** Where an index lies above 0, and where below: `E1M1 (0.3, 1 nats), E2M3 (10 nats)`. */
function whereBeyond(rows: readonly IndicesRow[], name: IndexName): string {
  const sides = (["above 0", "below 0"] as const).map((verdict) => {
    const found = rows.filter((row) => row[name].verdict === verdict);
    const places = bySeed(found, modelText).map(
      (group) => `${modelText(group[0]!)} (${group.map(({ capacityNats }) => capacityNats).join(", ")} nats)`,
    );
    return `${verdict} ${places.length === 0 ? "nowhere" : `in ${places.join(", ")}`}`;
  });
  return `${capitalized(name)} lies ${sides.join("; ")}.`;
}

function capitalized(word: string): string {
  return `${word[0]!.toUpperCase()}${word.slice(1)}`;
}

function probabilityText(value: number): string {
  if (Number.isNaN(value)) return "undefined";
  return value < 0.0001 ? "< 0.0001" : value.toFixed(4);
}
