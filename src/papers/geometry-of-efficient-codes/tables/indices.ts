import type { Section } from "../../../report/report.js";
import { bySeed, decimals, overSeeds } from "../../../reproduction/tables/cells.js";
import {
  INDEX_NAMES,
  type IndexName,
  type IndexOverSeeds,
  type IndicesRow,
  type IndicesTable,
} from "../indices-table.js";
import type { Squeeze } from "../squeeze.js";

/** All distortion indices of all models, which are told from 0 and where; the numbers behind them, folded. */
export function indicesSections(table: IndicesTable): Section[] {
  const { rows, family, level, withoutBaseline } = table;
  const several = rows.some(({ prototypization }) => prototypization.seeds.length > 1);
  const percent = `${100 * (1 - level)} %`;
  return [
    {
      kind: "table",
      heading: "Distortion indices",
      text: [
        "What each model did to the Baseline's code of the same capacity, in three numbers. They are natural logarithms of a ratio: 0 is undistorted, 0.69 a factor of 2. Prototypization above 0: members of a class drew together against the others. Specialization above 0: the class that is named got more room than the rest. Orthogonalization above 0: what tells the classes apart became an axis of its own. (Rules G10 to G15 of the definitions.)",
        several
          ? `"above 0" and "below 0" mean: in every seed the ${percent} interval over stimuli lies on that side, so does Student's interval of the mean over seeds, and the probability by chance, adjusted for all ${family} indices of this table, is below ${level}. Behind the mean over seeds stands their standard deviation, in brackets Student's interval.`
          : `"above 0" and "below 0" mean: the ${percent} interval over stimuli, in brackets, lies on that side, and the probability by chance, adjusted for all ${family} indices of this table, is below ${level}. With one seed this speaks of these trainings alone: how much another seed would change is not known.`,
        ...(withoutBaseline.length > 0
          ? [
              `Left out, because there is no Baseline of their capacity and seed: ${withoutBaseline.join("; ")}.`,
            ]
          : []),
      ],
      columns: [
        { title: "Model" },
        { title: "C, nats", align: "end" },
        { title: "Prototypization" },
        { title: "Specialization" },
        { title: "of class" },
        { title: "Orthogonalization" },
      ],
      rows: rows.map((row) => [
        row.model,
        row.capacityNats,
        cell(row.prototypization),
        cell(row.specialization),
        row.specialization.className,
        cell(row.orthogonalization),
      ]),
      caption: "Which distortion is told from 0, and where.",
    },
    {
      kind: "table",
      text: signSentences(rows),
      columns: [
        { title: "Model" },
        { title: "C, nats", align: "end" },
        { title: "Classes" },
        { title: "Index" },
        { title: "Seed", align: "end" },
        { title: "Value", align: "end" },
        { title: "Low", align: "end" },
        { title: "High", align: "end" },
        { title: "Probability", align: "end" },
        { title: "adjusted", align: "end" },
      ],
      rows: rows.flatMap((row) =>
        INDEX_NAMES.flatMap((name) =>
          row[name].seeds.map(({ seed, value, low, high }) => [
            row.model,
            row.capacityNats,
            row.rule,
            name,
            seed,
            ...[value, low, high].map((number) => decimals(number, 3)),
            probability(row[name].probability),
            probability(row[name].adjustedProbability),
          ]),
        ),
      ),
      caption:
        "Distortion indices seed by seed, with intervals over stimuli; probabilities are of the seed where they are greatest",
      folded: true,
    },
  ];
}

/** What the squeeze from the high to the low capacity did to each model's own code. */
export function squeezeSections(squeezes: readonly Squeeze[]): Section[] {
  const [first] = squeezes;
  if (!first) return [];
  return [
    {
      kind: "table",
      heading: "The squeeze",
      text: [
        `Each model's code at ${first.lowNats} nats against its own at ${first.highNats} nats. Mean ratio of distances below 1: the code drew together. Prototypization of positions above 0: images of the same two positions drew together more than images of others did; below 0: positions come nearer to each other than the images of each.`,
      ],
      columns: [
        { title: "Model" },
        { title: "Mean ratio of distances", align: "end" },
        { title: "Prototypization of positions" },
      ],
      rows: bySeed(squeezes, ({ model }) => model).map((group) => [
        group[0]!.model,
        overSeeds(
          group.map(({ meanRatio }) => meanRatio),
          3,
        ),
        group
          .map(
            ({ prototypization: { value, low, high } }) =>
              `${decimals(value, 2)} [${decimals(low, 2)}, ${decimals(high, 2)}]`,
          )
          .join("; "),
      ]),
      caption: "The squeeze; prototypization seed by seed, with its 95 % interval over stimuli.",
    },
  ];
}

/** `above 0: 0.43 [0.38, 0.47]`. */
function cell({ verdict, seeds, seedInterval, mean, standardDeviation }: IndexOverSeeds): string {
  if (verdict === "undefined") return verdict;
  const [low, high] = seedInterval ?? [seeds[0]!.low, seeds[0]!.high];
  const deviation = standardDeviation === null ? "" : ` ± ${decimals(standardDeviation, 2)}`;
  return `${verdict}: ${decimals(mean, 2)}${deviation} [${decimals(low, 2)}, ${decimals(high, 2)}]`;
}

/** For each index a sentence: where it lies above 0, and where below. */
function signSentences(rows: readonly IndicesRow[]): string[] {
  return INDEX_NAMES.map((name) => {
    const sides = (["above 0", "below 0"] as const).map((verdict) => {
      const places = placesOf(rows, name, verdict);
      return `${verdict} ${places === "" ? "nowhere" : `in ${places}`}`;
    });
    return `${name[0]!.toUpperCase()}${name.slice(1)} lies ${sides.join("; ")}.`;
  });
}

/** `E1M1 (0.3, 1), E2M3 (10 nats)`. */
function placesOf(rows: readonly IndicesRow[], name: IndexName, verdict: string): string {
  return bySeed(
    rows.filter((row) => row[name].verdict === verdict),
    ({ model }) => model,
  )
    .map((group) => `${group[0]!.model} (${group.map(({ capacityNats }) => capacityNats).join(", ")} nats)`)
    .join(", ");
}

function probability(value: number): string {
  if (Number.isNaN(value)) return "undefined";
  return value < 0.0001 ? "< 0.0001" : value.toFixed(4);
}
