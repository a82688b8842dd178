/** Figure 6: how well the tasks are solved, over capacity, by classifiers trained in four ways. */
import { capacityCurves } from "../../../figures/capacity-curves.js";
import type { FigureTable } from "../../../figures/index.js";
import type { TaskResult } from "../measures/results.js";
import { TASKS } from "../tasks.js";
import { capacitySeries, meanOf } from "./capacity-series.js";
import type { Panel, PaperData, PaperFigure } from "./paper-figure.js";

/** A task's result and the run it belongs to. */
interface TaskRun {
  readonly capacityNats: number;
  readonly task: TaskResult;
}

/** From 0 to 1, with room for the marks at the ends. */
const F1_DOMAIN = [-0.04, 1.04] as const;
const TASK_NAMES = Object.keys(TASKS);

/** The panels by letter, and which results each shows. */
const PANELS: readonly {
  readonly letter: string;
  readonly title: string;
  readonly runs: (data: PaperData) => TaskRun[];
}[] = [
  { letter: "A", title: "Disjoint: on the frozen code of the Baseline", runs: frozenOn("Baseline") },
  {
    letter: "B",
    title: "Joint: each task with an autoencoder of its own",
    runs: ({ models = [] }) =>
      models.filter(({ model }) => model in TASKS).flatMap((result) => runsOf(result)),
  },
  {
    letter: "C",
    title: "Simultaneous: all tasks with one autoencoder (E2M5)",
    runs: ({ models = [] }) =>
      models.filter(({ model }) => model === "E2M5").flatMap((result) => runsOf(result)),
  },
  ...TASK_NAMES.map((model, k) => ({
    letter: `D${k + 1}`,
    title: `Transfer: on the frozen code of ${model}`,
    runs: frozenOn(model),
  })),
];

function frozenOn(wanted: string) {
  return ({ frozen = [] }: PaperData): TaskRun[] =>
    frozen.filter(({ model }) => model === wanted).flatMap((result) => runsOf(result));
}

function runsOf({ capacityNats, tasks }: { capacityNats: number; tasks: readonly TaskResult[] }): TaskRun[] {
  return tasks.map((task) => ({ capacityNats, task }));
}

/** Figure 6, with the panels for which classifiers were trained; nothing where none was. */
export function taskFigures(data: PaperData): PaperFigure[] {
  const drawn = PANELS.map((panel) => ({ ...panel, found: panel.runs(data) }));
  const panels = drawn.flatMap(({ letter, title, found }): Panel[] => {
    if (!found.some(({ task }) => task.f1BatchMean !== null)) return [];
    return [{ letter, title, spec: draw(title, found), rows: rowsOf(found) }];
  });
  if (panels.length === 0) return [];
  const absent = drawn
    .map(({ letter }) => letter)
    .filter((letter) => !panels.some((p) => p.letter === letter));
  return [
    {
      number: 6,
      title: "How well the tasks are solved",
      caption: [
        "F1 on the validation rows as published: the mean over batches of 32 (rule C3). The plain F1 over all rows (rule C2) is in the table. Dots are means over seeds, bars the 95 % interval of the mean; open diamonds are the published values. A perfect classifier of E2M3 reaches 0.923 on average, since some batches hold none of its rare class.",
        ...(absent.length > 0 ? [`Missing, since not trained: ${absent.join(", ")}.`] : []),
      ].join(" "),
      panels,
    },
  ];
}

function draw(title: string, runs: readonly TaskRun[]) {
  const observations = runs.map(({ capacityNats, task }) => ({
    series: task.task,
    capacityNats,
    value: task.f1BatchMean,
    published: task.publishedF1BatchMean,
  }));
  return capacityCurves(
    { series: capacitySeries(observations, TASK_NAMES) },
    {
      title,
      quantity: "F1, mean over batches of 32",
      column: "f1BatchMean",
      domain: F1_DOMAIN,
      colourOrder: TASK_NAMES,
    },
  );
}

function rowsOf(runs: readonly TaskRun[]): FigureTable {
  const tasks = [...new Set([...TASK_NAMES, ...runs.map(({ task }) => task.task)])];
  return {
    columns: ["task", "C (nats)", "F1, mean over batches", "published", "plain F1", "accuracy", "seeds"],
    rows: tasks.flatMap((name) => {
      const own = runs.filter(({ task }) => task.task === name && task.f1BatchMean !== null);
      const capacities = [...new Set(own.map(({ capacityNats }) => capacityNats))].sort((a, b) => a - b);
      return capacities.map((capacityNats) => {
        const alike = own.filter((run) => run.capacityNats === capacityNats).map(({ task }) => task);
        const mean = (of: (task: TaskResult) => number | null) =>
          meanOf(alike.map(of).filter((value) => value !== null)) ?? "";
        return [
          name,
          capacityNats,
          mean((task) => task.f1BatchMean),
          mean((task) => task.publishedF1BatchMean),
          mean((task) => task.f1),
          mean((task) => task.accuracy),
          alike.length,
        ];
      });
    }),
  };
}
