/** Figures 3 and 6 in numbers. A new table is a function and a line here; those of codes are in code-tables.ts. */
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
import type { FrozenResult, ModelResult, TaskResult } from "./measures/results.js";
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
