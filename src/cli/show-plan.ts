import type { PlanEntry } from "../plans/execute.js";
import { grouped } from "./format.js";
import { printJson, printLine } from "./output.js";
import { tableLines } from "./table.js";

/** Prints what would be trained, and how many steps of it are left; `what` is the title of the names' column. */
export function showPlan(entries: readonly PlanEntry[], what: string, json: boolean): void {
  const rows = entries.map(({ planned, run, finished, heldBy, step, totalSteps }) => ({
    name: planned.name,
    run: run ?? planned.runName,
    state: finished
      ? "finished"
      : run === undefined
        ? "to do"
        : heldBy === undefined
          ? "continues"
          : "in training",
    stepsLeft: finished ? 0 : totalSteps === undefined ? null : totalSteps - step,
    totalSteps: totalSteps ?? null,
  }));
  if (json) {
    printJson(rows);
    return;
  }
  // Null where only the data say it.
  const steps = (count: number | null) => (count === null ? "-" : grouped(count));
  const lines = tableLines(
    [
      { title: what, align: "left" },
      { title: "run", align: "left" },
      { title: "state", align: "left" },
      { title: "steps left", align: "right" },
      { title: "of", align: "right" },
    ],
    rows.map((row) => [row.name, row.run, row.state, steps(row.stepsLeft), steps(row.totalSteps)]),
  );
  for (const line of lines) printLine(line);
  const total = rows.reduce((sum, { stepsLeft }) => sum + (stepsLeft ?? 0), 0);
  const unknown = rows.filter(({ stepsLeft }) => stepsLeft === null).length;
  const beyond = unknown > 0 ? `, and those of ${unknown} whose data are not read yet` : "";
  printLine();
  printLine(`${rows.length} runs, ${grouped(total)} steps left${beyond}`);
}
