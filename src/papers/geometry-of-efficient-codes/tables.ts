/** Figures 3 and 6 in numbers, the distortion indices, and the effect of the rate limit. A new table is a function and a line here. */
import {
  besideInterval,
  bySeed,
  decimals,
  intervalText,
  NOTHING,
  overSeeds,
  present,
  signed,
} from "../../reproduction/tables/cells.js";
import { type Column, numbers, type PaperTable, paperTable, words } from "../../reproduction/tables/table.js";
import { mean } from "../../statistics.js";
import {
  INDEX_NAMES,
  type IndexName,
  type IndexOverSeeds,
  type IndicesRow,
  type IndicesTable,
} from "./measures/indices-table.js";
import type { FrozenResult, ModelResult, TaskResult } from "./measures/results.js";
import type { Squeeze } from "./measures/squeeze.js";
import { errorReferences, F1_REFERENCES } from "./theory.js";

const UNIFORM = errorReferences("Baseline");

/** Columns that say something where a row is of several seeds; none otherwise. */
function ifSeveral<Row extends { readonly runs: readonly unknown[] }>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): readonly Column<Row>[] {
  return rows.some(({ runs }) => runs.length > 1) ? columns : [];
}

/** Fig. 3 as numbers: every model at every capacity with the published one. */
export function reconstructionTable(models: readonly ModelResult[]): PaperTable[] {
  const rows = bySeed(models, ({ model, capacityNats }) => `${model} ${capacityNats}`).map((runs) => ({
    runs,
    ...runs[0]!,
    errors: present(runs, ({ squaredErrorPerPixel }) => squaredErrorPerPixel),
    gaps: present(runs, ({ gapNats }) => gapNats),
  }));
  return paperTable(
    {
      heading: "Reconstruction error in numbers",
      text: [
        `Squared error per pixel on the validation rows of each model's own data, as in Fig. 3. On uniform data, ${decimals(UNIFORM.positionsKnown, 4)} is left when both positions are known and nothing else, and ${decimals(UNIFORM.noInformation, 4)} when nothing is. A published value is one training with gamma tuned by hand; behind a mean over several seeds of ours stands their standard deviation, and the interval is Student's of that mean.`,
      ],
      caption: "Fig. 3 in numbers.",
      terminal: true,
    },
    rows,
    [
      words("Model", ({ model }) => model),
      numbers("C, nats", ({ capacityNats }) => capacityNats),
      numbers("Squared error per pixel", ({ errors }) => overSeeds(errors, 4)),
      numbers("published", ({ publishedSquaredErrorPerPixel: known }) => known?.toFixed(4) ?? NOTHING),
      numbers("difference", ({ errors, publishedSquaredErrorPerPixel: known }) =>
        difference(errors, known, 4),
      ),
      ...ifSeveral(rows, [
        words("95 % interval", ({ errors }) => intervalText(errors, 4)),
        words("published is", ({ errors, publishedSquaredErrorPerPixel: known }) =>
          besideInterval(errors, known, 4),
        ),
      ]),
      numbers("Rate, nats", ({ runs }) =>
        overSeeds(
          present(runs, ({ rateNats }) => rateNats),
          2,
        ),
      ),
      numbers("Rate - C", ({ gaps }) => (gaps.length === 0 ? NOTHING : signed(mean(gaps), 2))),
      words("Runs", ({ runs }) => statesOf(runs)),
    ],
  );
}

/** A classifier at one place: whose code, which task. */
interface Answer extends Pick<FrozenResult, "model" | "capacityNats" | "status"> {
  readonly panel: string;
  readonly task: TaskResult;
}

/** Fig. 6 as numbers, panel by panel: F1 as the paper counts it, the plain one, and accuracy. */
export function taskTable(models: readonly ModelResult[], frozen: readonly FrozenResult[]): PaperTable[] {
  const answersIn = (results: readonly FrozenResult[], panelOf: (model: string) => string): Answer[] =>
    results.flatMap(({ model, capacityNats, status, tasks }) =>
      tasks.map((task) => ({ panel: panelOf(model), model, capacityNats, status, task })),
    );
  const answers = [
    ...answersIn(frozen, (model) => (model === "Baseline" ? "A" : `D${model.slice(-1)}`)),
    ...answersIn(models, (model) => (model === "E2M5" ? "C" : "B")),
  ].sort((a, b) => (a.panel < b.panel ? -1 : a.panel > b.panel ? 1 : 0));
  const rows = bySeed(
    answers,
    ({ panel, model, capacityNats, task }) => `${panel} ${model} ${capacityNats} ${task.task}`,
  ).map((runs) => ({ runs, ...runs[0]!, f1: present(runs, ({ task }) => task.f1BatchMean) }));
  const ofTask = (of: (task: TaskResult) => number | null) => (row: { readonly runs: readonly Answer[] }) =>
    overSeeds(
      present(row.runs, ({ task }) => of(task)),
      3,
    );
  return paperTable(
    {
      heading: "Classifiers in numbers",
      text: [
        `F1 on the validation rows. The paper's F1 is the mean over batches of 32 images (rule C3), in which a batch without a positive image counts 0: a perfect classifier for E2M3 has ${decimals(F1_REFERENCES.perfectE2M3, 3)} there, and one that answers yes to everything ${decimals(F1_REFERENCES.alwaysPositiveE2M1, 3)} for E2M1 and ${decimals(F1_REFERENCES.alwaysPositiveE2M2, 3)} for E2M2. The plain F1 is over all images at once (rule C2). Panel A: on the Baseline's code; B: trained with the code; C: four tasks trained with one code; D: on the code of a model of another task.`,
      ],
      caption: "Fig. 6 in numbers.",
      terminal: true,
    },
    rows,
    [
      words("Panel", ({ panel }) => panel),
      words("Code of", ({ model }) => model),
      words("Task", ({ task }) => task.task),
      numbers("C, nats", ({ capacityNats }) => capacityNats),
      numbers("F1, mean over batches", ({ f1 }) => overSeeds(f1, 3)),
      numbers("published", ({ task }) => task.publishedF1BatchMean?.toFixed(3) ?? NOTHING),
      numbers("difference", ({ f1, task }) => difference(f1, task.publishedF1BatchMean, 3)),
      ...ifSeveral(rows, [
        words("95 % interval", ({ f1 }) => intervalText(f1, 3)),
        words("published is", ({ f1, task }) => besideInterval(f1, task.publishedF1BatchMean, 3)),
      ]),
      numbers(
        "F1, plain",
        ofTask(({ f1 }) => f1),
      ),
      numbers(
        "Accuracy",
        ofTask(({ accuracy }) => accuracy),
      ),
      words("Runs", ({ runs }) => statesOf(runs)),
    ],
  );
}

/** All distortion indices of all models, which differ from 0 and where; the numbers behind them, folded. */
export function indicesTables({ rows, family, level, withoutBaseline }: IndicesTable): PaperTable[] {
  const several = rows.some(({ prototypization }) => prototypization.seeds.length > 1);
  const percent = `${100 * (1 - level)} %`;
  const own = [
    words("Model", ({ model }: IndicesRow) => model),
    numbers("C, nats", ({ capacityNats }: IndicesRow) => capacityNats),
  ];
  const bySeeds = rows.flatMap((row) =>
    INDEX_NAMES.flatMap((name) => row[name].seeds.map((seed) => ({ ...row, ...row[name], ...seed, name }))),
  );
  return [
    ...paperTable(
      {
        heading: "Distortion indices",
        text: [
          "What each model did to the Baseline's code of the same capacity, in three numbers. They are natural logarithms of a ratio: 0 is undistorted, 0.69 a factor of 2. Prototypization above 0: members of a class drew together against the others. Specialization above 0: the class that is named got more room than the rest. Orthogonalization above 0: what separates the classes became an axis of its own. (Rules G10 to G15 of the definitions.)",
          several
            ? `"above 0" and "below 0" mean: in every seed the ${percent} interval over stimuli lies on that side, so does Student's interval of the mean over seeds, and the probability by chance, adjusted for all ${family} indices of this table, is below ${level}. Behind the mean over seeds stands their standard deviation, in brackets Student's interval.`
            : `"above 0" and "below 0" mean: the ${percent} interval over stimuli, in brackets, lies on that side, and the probability by chance, adjusted for all ${family} indices of this table, is below ${level}. With one seed this speaks of these trainings alone: how much another seed would change is not known.`,
          ...(withoutBaseline.length === 0
            ? []
            : [
                `Left out, because there is no Baseline of their capacity and seed: ${withoutBaseline.join("; ")}.`,
              ]),
        ],
        caption: "Which distortion differs from 0, and where.",
      },
      rows,
      [
        ...own,
        words("Prototypization", ({ prototypization }) => indexText(prototypization)),
        words("Specialization", ({ specialization }) => indexText(specialization)),
        words("of class", ({ specialization }) => specialization.className),
        words("Orthogonalization", ({ orthogonalization }) => indexText(orthogonalization)),
      ],
    ),
    ...paperTable(
      {
        text: INDEX_NAMES.map((name) => whereBeyond(rows, name)),
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
      words("Prototypization of positions", (seeds) =>
        seeds
          .map(({ prototypization: { value, low, high } }) => `${decimals(value, 2)} ${interval(low, high)}`)
          .join("; "),
      ),
    ],
  );
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
    const places = bySeed(found, ({ model }) => model).map(
      (group) => `${group[0]!.model} (${group.map(({ capacityNats }) => capacityNats).join(", ")} nats)`,
    );
    return `${verdict} ${places.length === 0 ? "nowhere" : `in ${places.join(", ")}`}`;
  });
  return `${name[0]!.toUpperCase()}${name.slice(1)} lies ${sides.join("; ")}.`;
}

function probabilityText(value: number): string {
  if (Number.isNaN(value)) return "undefined";
  return value < 0.0001 ? "< 0.0001" : value.toFixed(4);
}

function difference(values: readonly number[], published: number | null, count: number): string {
  return values.length === 0 || published === null ? NOTHING : signed(mean(values) - published, count);
}

/** `finished`, `2 finished, 1 failed`. */
function statesOf(runs: readonly Pick<FrozenResult, "status">[]): string {
  if (runs.length === 1) return runs[0]!.status;
  return bySeed(runs, ({ status }) => status)
    .map((group) => `${group.length} ${group[0]!.status}`)
    .join(", ");
}
