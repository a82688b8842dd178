import { fieldKeys, isField, unknownField } from "../runs/query/fields.js";
import { parseSort, sortRuns } from "../runs/query/sort.js";
import { meets, parseWhere } from "../runs/query/where.js";
import type { SummarizedListing, SummarizedRun } from "../runs/summary.js";

/** Which of all runs are asked for, in which order, and what of them. */
export interface RunChoice {
  readonly where?: readonly string[];
  readonly sort?: string;
  readonly columns?: string;
  readonly limit?: number;
}

type Unreadable = Extract<SummarizedListing, { readonly unreadable: string }>;

/**
 * The runs that are asked for, and those that cannot be read where no condition is made: nobody knows whether they meet one.
 * @throws UserError for what is no condition, and for a key that no run has, with the nearest that is known.
 */
export async function selectRuns(
  all: readonly SummarizedListing[],
  { where = [], sort, columns, limit }: RunChoice,
): Promise<{
  readonly runs: readonly SummarizedRun[];
  readonly unreadable: readonly Unreadable[];
  readonly columns: readonly string[] | undefined;
}> {
  const readable = all.filter((listing): listing is SummarizedRun => !("unreadable" in listing));
  const conditions = where.flatMap(parseWhere);
  const order = sort === undefined ? [] : parseSort(sort);
  const chosen = columns?.split(",").map((key) => key.trim());
  const asked = [
    ...conditions.map(({ key, where: place }) => ({ key, place })),
    ...order.map(({ key }) => ({ key, place: `--sort ${sort}` })),
    ...(chosen ?? []).map((key) => ({ key, place: `--columns ${columns}` })),
  ];
  const unknown = readable.length > 0 ? asked.filter(({ key }) => !isField(readable, key)) : [];
  // Only then, since the schema knows every part of every model, which takes a while to load.
  if (unknown.length > 0) await requireSettings(readable, unknown);
  const met = readable.filter((run) => meets(run, conditions));
  return {
    runs: (order.length > 0 ? sortRuns(met, order) : met).slice(0, limit),
    unreadable: conditions.length > 0 ? [] : all.filter((listing) => "unreadable" in listing),
    columns: chosen,
  };
}

/** Checks that the configuration of one of these runs could have a key, though none has. */
async function requireSettings(
  runs: readonly SummarizedRun[],
  asked: readonly { readonly key: string; readonly place: string }[],
): Promise<void> {
  const [{ configurationSchema }, { knownPaths }] = await Promise.all([
    import("../configuration/schema.js"),
    import("../configuration/schema-walk.js"),
  ]);
  const settings = new Set(
    runs.flatMap(({ manifest: { configuration } }) =>
      knownPaths(configurationSchema, configuration).flatMap((path) => [
        path.join("."),
        ...(path[0] === "model" ? [path.slice(1).join(".")] : []),
      ]),
    ),
  );
  for (const { key, place } of asked) {
    if (!settings.has(key)) throw unknownField([...fieldKeys(runs), ...settings], key, place);
  }
}
