import { fieldOf } from "../../runs/query/fields.js";
import { type SummarizedListing, type SummarizedRun, summarizeRuns } from "../../runs/summary.js";
import { flag, repeated, text, whole } from "../../settings/index.js";
import { defineCommand } from "../command/define.js";
import { runFolder } from "../command/groups.js";
import { printNote } from "../output.js";
import { runColumn, STANDARD_COLUMNS } from "../run-columns.js";
import { selectRuns } from "../select-runs.js";
import { tableLines } from "../table.js";

export default defineCommand({
  settings: {
    where: repeated(text({ about: "" }), {
      about: "only the runs that meet all conditions",
      placeholder: "conditions",
    }),
    sort: text({
      about: "order by these keys, such as rate or -started (a minus: descending)",
      placeholder: "keys",
    }),
    columns: text({
      about: "the columns to show, such as run,rate,model.objective.capacity",
      placeholder: "keys",
    }),
    limit: whole({ about: "show at most the first n", minimum: 1 }),
    quiet: flag({ about: "print the names only", short: "q" }),
    ...runFolder,
  },
  details: `
Rate, gap (rate - C), MSE and loss are those of the newest evaluation on the validation rows; C is the target of the configuration.
A classifier of given codes has a loss alone: see its heads with "narrows show".
A run whose process ended without a final status is listed as interrupted; a damaged one as unreadable.

Conditions are KEY OPERATOR VALUE, one after the other: = != < <= > >= and ~ (contains, ignoring case). Quote a value
with blanks; "none" means that nothing is there. Keys: run, status, tag, step, steps, epoch, epochs, target, rate, gap, distortion,
mse, loss (nats), device, threads, time (seconds), started, finished, model, parameters, dataset; any key of the
configuration, with or without "model." (a part stands for its type: objective=capacity); any number of the newest evaluation by its
name in --json, such as rateBits.`,
  examples: [
    "narrows runs --where 'status=finished rate<1' --sort -started",
    "narrows runs --where 'objective.capacity>=3 run~baseline' --columns run,rate,objective.capacity,tags",
    "narrows runs --where 'tag=paper started>2026-11-01' --json",
    "narrows rm $(narrows runs --where status=failed --quiet)",
  ],
  async run({ runs: root, quiet, ...choice }) {
    const all = summarizeRuns(root);
    const { runs, unreadable, columns } = await selectRuns(all, choice);
    const conditions = choice.where ?? [];
    if (runs.length === 0 && conditions.length > 0 && all.length > 0) {
      printNote(`none of ${all.length} runs meets ${conditions.join(" ")}`);
    }
    const names = runs.map(({ name }) => name);
    const none = [`No runs in ${root} yet: begin one with "narrows train CONFIG", or give --runs DIR.`];
    return {
      json: [...runs.map((run) => asJson(run, columns)), ...unreadable.map(unreadableAsJson)],
      text: quiet
        ? names
        : all.length === 0
          ? none
          : [
              ...(runs.length > 0 ? table(runs, columns) : []),
              ...runs.flatMap(({ name, summary: { misfit } }) =>
                misfit === undefined ? [] : [`${name}: ${misfit}`],
              ),
              ...unreadable.map(({ name, unreadable: reason }) => `${name}: unreadable: ${reason}`),
            ],
    };
  },
});

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
