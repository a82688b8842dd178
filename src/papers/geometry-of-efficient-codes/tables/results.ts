import type { Section } from "../../../report/report.js";
import {
  bySeed,
  decimals,
  NOTHING,
  overSeeds,
  present,
  type Row,
  signed,
} from "../../../reproduction/tables/cells.js";
import { mean } from "../../../statistics.js";
import type { FrozenResult, ModelResult, TaskResult } from "../measures/results.js";
import { errorReferences, F1_REFERENCES } from "../theory.js";

const UNIFORM = errorReferences("Baseline");

/** Fig. 3 as numbers: every model at every capacity beside the published one. */
export function reconstructionSection(models: readonly ModelResult[]): Section {
  return {
    kind: "table",
    heading: "Reconstruction error in numbers",
    text: [
      `Squared error per pixel on the validation rows of each model's own data, as in Fig. 3. On uniform data, ${decimals(UNIFORM.positionsKnown, 4)} is left when both positions are known and nothing else, and ${decimals(UNIFORM.noInformation, 4)} when nothing is. A published value is one training with gamma tuned by hand; behind a mean over several seeds of ours stands their standard deviation.`,
    ],
    columns: [
      { title: "Model" },
      { title: "C, nats", align: "end" },
      { title: "Squared error per pixel", align: "end" },
      { title: "published", align: "end" },
      { title: "difference", align: "end" },
      { title: "Rate, nats", align: "end" },
      { title: "Rate - C", align: "end" },
      { title: "Runs" },
    ],
    rows: bySeed(models, ({ model, capacityNats }) => `${model} ${capacityNats}`).map((group): Row => {
      const [{ model, capacityNats, publishedSquaredErrorPerPixel: published }] = group as [ModelResult];
      const errors = present(group, ({ squaredErrorPerPixel }) => squaredErrorPerPixel);
      const gaps = present(group, ({ gapNats }) => gapNats);
      return [
        model,
        capacityNats,
        overSeeds(errors, 4),
        published === null ? NOTHING : decimals(published, 4),
        difference(errors, published, 4),
        overSeeds(
          present(group, ({ rateNats }) => rateNats),
          2,
        ),
        gaps.length === 0 ? NOTHING : signed(mean(gaps), 2),
        runsOf(group),
      ];
    }),
    caption: "Fig. 3 in numbers.",
  };
}

type Outcome = Pick<FrozenResult, "status">;

/** A classifier at one place: whose code, which task. */
interface Answer extends Outcome {
  readonly panel: string;
  readonly model: string;
  readonly capacityNats: number;
  readonly task: TaskResult;
}

/** Fig. 6 as numbers, panel by panel: F1 as the paper counts it, the plain one, and accuracy. */
export function taskSection(models: readonly ModelResult[], frozen: readonly FrozenResult[]): Section {
  const answers = [
    ...frozen.flatMap((result) => answersOf(result, frozenPanel(result.model))),
    ...models.flatMap((result) => answersOf(result, result.model === "E2M5" ? "C" : "B")),
  ].sort((a, b) => (a.panel < b.panel ? -1 : a.panel > b.panel ? 1 : 0));
  return {
    kind: "table",
    heading: "Classifiers in numbers",
    text: [
      `F1 on the validation rows. The paper's F1 is the mean over batches of 32 images (rule C3), in which a batch without a positive image counts 0: a perfect classifier for E2M3 has ${decimals(F1_REFERENCES.perfectE2M3, 3)} there, and one that answers yes to everything ${decimals(F1_REFERENCES.alwaysPositiveE2M1, 3)} for E2M1 and ${decimals(F1_REFERENCES.alwaysPositiveE2M2, 3)} for E2M2. The plain F1 is over all images at once (rule C2). Panel A: on the Baseline's code; B: learnt with the code; C: four tasks learnt with one code; D: on the code of a model of another task.`,
    ],
    columns: [
      { title: "Panel" },
      { title: "Code of" },
      { title: "Task" },
      { title: "C, nats", align: "end" },
      { title: "F1, mean over batches", align: "end" },
      { title: "published", align: "end" },
      { title: "difference", align: "end" },
      { title: "F1, plain", align: "end" },
      { title: "Accuracy", align: "end" },
      { title: "Runs" },
    ],
    rows: bySeed(
      answers,
      ({ panel, model, capacityNats, task }) => `${panel} ${model} ${capacityNats} ${task.task}`,
    ).map((group): Row => {
      const [{ panel, model, capacityNats, task }] = group as [Answer];
      const f1 = present(group, (one) => one.task.f1BatchMean);
      const published = task.publishedF1BatchMean;
      return [
        panel,
        model,
        task.task,
        capacityNats,
        overSeeds(f1, 3),
        published === null ? NOTHING : decimals(published, 3),
        difference(f1, published, 3),
        overSeeds(
          present(group, (one) => one.task.f1),
          3,
        ),
        overSeeds(
          present(group, (one) => one.task.accuracy),
          3,
        ),
        runsOf(group),
      ];
    }),
    caption: "Fig. 6 in numbers.",
  };
}

function answersOf(result: ModelResult | FrozenResult, panel: string): Answer[] {
  const { model, capacityNats, status } = result;
  return result.tasks.map((task) => ({ panel, model, capacityNats, status, task }));
}

/** A, or D1 to D4 for the code of E2M1 to E2M4. */
function frozenPanel(model: string): string {
  return model === "Baseline" ? "A" : `D${model.slice(-1)}`;
}

function difference(values: readonly number[], published: number | null, count: number): string {
  return values.length === 0 || published === null ? NOTHING : signed(mean(values) - published, count);
}

/** `finished`, `2 finished, 1 failed`. */
function runsOf(outcomes: readonly Outcome[]): string {
  const groups = bySeed(outcomes, ({ status }) => status);
  return groups
    .map((group) => (outcomes.length === 1 ? group[0]!.status : `${group.length} ${group[0]!.status}`))
    .join(", ");
}
