import { existsSync, statSync } from "node:fs";
import { UserError } from "../../../errors.js";
import { type PlanOutcome, surveyPlan } from "../../../plans/execute.js";
import type { Reproduction } from "../../../reproduction/define.js";
import type { PaperTable } from "../../../reproduction/tables/table.js";
import type { WrittenReproduction } from "../../../reproduction/write.js";
import { flag, text, wordsOf } from "../../../settings/index.js";
import { commandLine } from "../../../shell-words.js";
import { type Command, defineCommand } from "../../command/define.js";
import { planning } from "../../command/groups.js";
import { launching } from "../../command/launching.js";
import { EXIT_CODES } from "../../exit-codes.js";
import { formatDuration } from "../../format.js";
import { isTrained, launchPlan } from "../../launch.js";
import { plannedRuns, reportInterrupted } from "../../planned-runs.js";
import { batchProgress } from "../../progress/batch-progress.js";
import { left, right, tableLines } from "../../table.js";
import { training } from "../../training-session.js";

const RUNS = `
Each run is a folder in --runs. What is finished there is not trained again; what was stopped is continued; what was measured is
kept in the folder measured of --out. Ctrl-C lets the workers save and exits with 130: run the same command again to continue. A
run that fails stops no other.`;

/** `narrows reproduce PAPER`, for any paper. */
export function reproduceCommand(paper: Reproduction): Command {
  const { name, noun, details, examples } = paper;
  const repeatable = {
    ...paper.settings,
    workers: planning.workers,
    ...training,
    out: text({
      about: "folder of report.html, report.pdf, results.json and panels",
      placeholder: "dir",
      default: `reproduction-${name}`,
    }),
  };
  return defineCommand({
    settings: {
      ...repeatable,
      force: flag({ about: "measure and write again what was measured and written before" }),
      dryRun: planning.dryRun,
      ...launching,
    },
    details: `${details.trim()}\n${RUNS}`,
    examples,
    async run(options, { words }) {
      const { runs, out, device, threads, force, dryRun, json } = options;
      const prepared = paper.prepare(options, runs);
      const { plan, outlook } = prepared;
      const { secondsAfter } = outlook;
      const entries = surveyPlan(plan, runs);
      if (dryRun) return plannedRuns(entries, noun, { ...outlook, workers: options.workers });
      requireFolder(out);
      if (!options.status && !options.cancel) prepared.check(entries);
      const begun = performance.now();
      const launched = await launchPlan(plan, { ...options, secondsAfter, quiet: json, words, entries });
      if (!isTrained(launched)) return launched;
      const { outcomes, finished, interrupted } = launched;
      if (interrupted) return reportInterrupted(finished, plan.length);
      const display = batchProgress(json);
      const made = await prepared
        .write(outcomes, {
          out,
          device,
          threads,
          force,
          // Every setting that differs from its default: the same command makes the same again.
          command: commandLine(["narrows", "reproduce", name, ...wordsOf(repeatable, options)]),
          progress: (phase, done, of) => display.update(phase, done, of),
        })
        .finally(() => display.stop());
      const took = formatDuration((performance.now() - begun) / 1000);
      return {
        json: made.document,
        text: [
          ...reproductionLines(made, outcomes),
          made.written
            ? `${finished} of ${plan.length} runs in ${took}; open ${made.files.report} in a browser`
            : `nothing has changed since ${made.files.report} was written`,
        ],
        exitCode: finished === plan.length ? EXIT_CODES.done : EXIT_CODES.failed,
      };
    },
  });
}

/** Better now than after the training. */
function requireFolder(path: string): void {
  if (!existsSync(path) || statSync(path).isDirectory()) return;
  throw new UserError({ where: `--out ${path}`, what: "this is a file", remedy: "Name a folder" });
}

/** The tables of a reproduction, why runs failed, and what the paper's statements came to. */
export function reproductionLines(
  { tables, document: { claims } }: Pick<WrittenReproduction, "tables" | "document">,
  outcomes: readonly PlanOutcome[],
): string[] {
  const count = (wanted: string) => claims.filter(({ verdict }) => verdict === wanted).length;
  return [
    ...tables.flatMap(terminalLines),
    ...outcomes.flatMap((outcome) =>
      outcome.status === "failed" ? [`failed: ${outcome.planned.name}: ${outcome.reason}`] : [],
    ),
    `the paper's statements: ${count("holds")} hold, ${count("fails")} fail, ${count("not tested")} not tested`,
  ];
}

/** A table under its caption, and an empty line. */
function terminalLines({ section, inTerminal }: PaperTable): string[] {
  if (!inTerminal) return [];
  const { columns, rows, caption } = section;
  const lines = tableLines(
    columns.map(({ title, align }) => (align === "end" ? right(title) : left(title))),
    rows.map((row) => row.map(String)),
  );
  return [...(caption === undefined ? [] : [caption]), ...lines, ""];
}
