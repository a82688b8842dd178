import { fieldOf } from "../runs/query/fields.js";
import { type SummarizedListing, type SummarizedRun, summarizeRuns } from "../runs/summary.js";
import { printJson, printLine } from "./output.js";
import { runColumn, STANDARD_COLUMNS } from "./run-columns.js";
import { type RunChoice, selectRuns } from "./select-runs.js";
import { tableLines } from "./table.js";

export interface ListOptions extends RunChoice {
  readonly runs: string;
  /** Only the names. */
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/**
 * Prints the runs that are asked for.
 * @throws UserError as {@link selectRuns}.
 */
export async function printRuns(options: ListOptions): Promise<void> {
  const { runs: root, json, quiet } = options;
  const all = summarizeRuns(root);
  const { runs, unreadable, columns } = await selectRuns(all, options);
  if (json) {
    printJson([...runs.map((run) => asJson(run, columns)), ...unreadable.map(unreadableAsJson)]);
  } else if (quiet) {
    for (const { name } of runs) printLine(name);
  } else if (all.length === 0) {
    printLine(`No runs in ${root} yet: begin one with "narrows train CONFIG", or give --runs DIR.`);
  } else {
    if (runs.length > 0) for (const line of table(runs, columns)) printLine(line);
    for (const { name, summary } of runs) {
      if (summary.misfit !== undefined) printLine(`${name}: ${summary.misfit}`);
    }
    for (const { name, unreadable: reason } of unreadable) printLine(`${name}: unreadable: ${reason}`);
  }
}

function table(runs: readonly SummarizedRun[], chosen: readonly string[] | undefined): string[] {
  const isTagged = runs.some(({ tags }) => tags.length > 0);
  const keys = chosen ?? [...STANDARD_COLUMNS, ...(isTagged ? ["tags"] : [])];
  const columns = keys.map((key) => runColumn(key, runs));
  return tableLines(
    columns,
    runs.map((run) => columns.map(({ cellOf }) => cellOf(run))),
  );
}

/** The chosen columns; else what the folder tells of a run, but for its configuration: that is for `show`. */
function asJson(run: SummarizedRun, columns: readonly string[] | undefined): object {
  if (columns) return Object.fromEntries(columns.map((key) => [key, fieldOf(run, key)]));
  const { configuration, format, integrity, ...manifest } = run.manifest;
  return { ...manifest, name: run.name, path: run.path, tags: run.tags, ...run.summary };
}

function unreadableAsJson({
  name,
  path,
  unreadable,
}: Extract<SummarizedListing, { readonly unreadable: string }>) {
  return { name, path, status: "unreadable", reason: unreadable };
}
