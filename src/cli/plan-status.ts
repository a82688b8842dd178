import { TASK_STATES, type TaskStatus } from "../cluster/status.js";
import type { Outcome } from "./command/define.js";
import { EXIT_CODES } from "./exit-codes.js";
import { formatDuration, grouped } from "./format.js";
import { openDisplay } from "./progress/display.js";
import { left, right, tableLines } from "./table.js";

/** The state of each run of a plan as a table, and how many there are of each. */
export function statusOutcome(tasks: readonly TaskStatus[]): Outcome {
  const rows = tasks.map(
    ({ task, name, run, state, step, totalSteps, stepsPerSecond, secondsLeft, detail }) => [
      String(task),
      name,
      run ?? "-",
      state,
      totalSteps === null ? grouped(step) : `${grouped(step)} of ${grouped(totalSteps)}`,
      state === "running" && stepsPerSecond !== null
        ? stepsPerSecond.toFixed(stepsPerSecond < 10 ? 1 : 0)
        : "-",
      state === "running" && secondsLeft !== null ? formatDuration(secondsLeft) : "-",
      detail ?? "",
    ],
  );
  return {
    json: tasks,
    text: [
      ...tableLines(
        [
          right("task"),
          left("what"),
          left("run"),
          left("state"),
          right("steps"),
          right("steps/s"),
          right("time left"),
          left(""),
        ],
        rows,
      ),
      "",
      counts(tasks),
    ],
    exitCode: EXIT_CODES.done,
  };
}

/** `6 runs: 2 finished, 3 running, 1 queued` */
function counts(tasks: readonly TaskStatus[]): string {
  const byState = TASK_STATES.map(
    (state) => [state, tasks.filter((one) => one.state === state).length] as const,
  );
  const there = byState.filter(([, count]) => count > 0).map(([state, count]) => `${count} ${state}`);
  return `${tasks.length} runs: ${there.join(", ")}`;
}

/** Shows how far a plan is that is trained elsewhere: a bar for the whole, and one for each run in training. */
export function watchStatus(quiet: boolean) {
  const display = openDisplay({ quiet, lineSeconds: 30 });
  return {
    show(tasks: readonly TaskStatus[]) {
      const total = tasks.reduce((sum, { totalSteps, step }) => sum + (totalSteps ?? step), 0);
      const done = tasks.reduce((sum, { step }) => sum + step, 0);
      const line = `${counts(tasks)}, step ${done} of ${total}`;
      display.show("whole", { label: "all runs", done, total, words: [counts(tasks)], line });
      for (const { name, state, step, totalSteps, secondsLeft } of tasks) {
        if (state !== "running") continue;
        const words = secondsLeft === null ? [] : [`${formatDuration(secondsLeft)} left`];
        display.show(name, { label: `    ${name}`, done: step, total: totalSteps ?? step, words });
      }
    },
    stop: () => display.stop(),
  };
}
