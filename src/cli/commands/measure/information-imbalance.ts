import type { Command } from "commander";
import type { PreparedRows } from "../../../distances/index.js";
import type { Imbalance } from "../../../geometry/information-imbalance/index.js";
import type { Rows } from "../../../geometry/neighbours/index.js";
import type { CsvFlags } from "../../csv-options.js";
import { grouped } from "../../format.js";
import { type DeviceOptions, deviceOption, jsonOption, threadsOption } from "../../options.js";
import { printJson, printLine, warn } from "../../output.js";
import { numberText } from "./format.js";
import type { Search } from "./neighbour-search.js";

interface ImbalanceOptions extends DeviceOptions, CsvFlags {
  readonly a: string;
  readonly b: string;
  readonly k: string;
  readonly queries?: string;
  readonly seed: string;
  readonly json?: boolean;
}

export function registerInformationImbalance(measure: Command): void {
  measure
    .command("information-imbalance")
    .description("Whether neighbours in one space foretell neighbours in another, and the other way round.")
    .requiredOption("--a <array>", "one space, one row a sample")
    .requiredOption("--b <array>", "another, for the same samples")
    .option("--k <n>", "neighbours of each sample", "1")
    .option("--queries <n>", "ask so many samples, drawn, of their neighbours among all")
    .option("--seed <n>", "of the drawing", "0")
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
A -> B: 2/N times the mean rank, in B, of the nearest neighbours in A. Near 0, A tells who is near in B; 1 in the mean, it tells
nothing. Ranks are exact. Compare numbers of the same N and k only: the least is (k + 1)/N (rules J1 to J4 of
docs/definitions/information-imbalance.md).

Examples:
  narrows measure information-imbalance --a Z.npy --b X.npy
  narrows measure information-imbalance --a layers.npz:l5 --b layers.npz:l0 --k 10 --queries 1000 --json`,
    )
    .action(measureImbalance);
}

async function measureImbalance(options: ImbalanceOptions): Promise<void> {
  const [
    { prepareRows },
    imbalances,
    { distinctRows },
    { wholeNumber },
    { drawQueries, openSearch, readRows },
  ] = await Promise.all([
    import("../../../distances/index.js"),
    import("../../../geometry/information-imbalance/index.js"),
    import("../../../geometry/neighbours/index.js"),
    import("./arguments.js"),
    import("./neighbour-search.js"),
  ]);
  const k = wholeNumber("k", options.k, 1);
  const seed = wholeNumber("seed", options.seed, 0);
  const a = readRows(options.a, options);
  const b = readRows(options.b, options);
  imbalances.assertSpaces(a, b, k);
  const duplicates = { a: distinctRows(a).dropped, b: distinctRows(b).dropped };
  warnOfDuplicates(a, duplicates.a);
  warnOfDuplicates(b, duplicates.b);
  const queries = drawQueries(a, options.queries, seed);
  const search = await openSearch(options);
  let aToB: Imbalance;
  let bToA: Imbalance;
  try {
    const inA = await prepareRows(a, search.phase("A"));
    const inB = await prepareRows(b, search.phase("B"));
    aToB = await oneWay(inA, inB, { k, queries, in: ["A", "B"], search });
    bToA = await oneWay(inB, inA, { k, queries, in: ["B", "A"], search });
  } finally {
    search.stop();
  }
  const symmetrised = imbalances.symmetrisedImbalance(aToB.imbalance, bToA.imbalance);
  const relative = imbalances.relativeImbalance(aToB.imbalance, bToA.imbalance);
  if (options.json) {
    return printJson({
      definition: "J1",
      units: "2/N times the mean rank",
      a: options.a,
      b: options.b,
      aToB: aToB.imbalance,
      bToA: bToA.imbalance,
      standardErrors: { aToB: aToB.standardError, bToA: bToA.standardError },
      symmetrised,
      relative,
      rankSums: { aToB: aToB.rankSum, bToA: bToA.rankSum },
      k,
      samples: a.count,
      queries: aToB.queries,
      columns: { a: a.dimension, b: b.dimension },
      duplicates,
      ties: { aToB: aToB.ties, bToA: bToA.ties },
      ...(queries && { seed }),
    });
  }
  const asked = queries ? `${grouped(queries.length)} of ` : "";
  printLine(
    `information imbalance of ${asked}${grouped(a.count)} samples, ${k === 1 ? "nearest neighbours" : `${k} neighbours`}`,
  );
  printLine(`A ${a.name}, ${grouped(a.dimension)} columns; B ${b.name}, ${grouped(b.dimension)} columns`);
  printLine();
  printLine(oneWayText("A -> B", aToB));
  printLine(oneWayText("B -> A", bToA));
  printLine(`both    ${numberText(symmetrised)} (sum / sqrt 2)`);
}

function warnOfDuplicates({ name, count }: Rows, repeated: number): void {
  if (repeated === 0) return;
  warn(
    `${name}: ${grouped(repeated)} of ${grouped(count)} samples repeat an earlier one; all are kept, equal distances in order of the rows`,
  );
}

function oneWayText(name: string, { imbalance, standardError, ties, queries }: Imbalance): string {
  const tied = ties
    ? `; ${grouped(ties)} of ${grouped(queries)} neighbours chosen among equally near ones`
    : "";
  return `${name}  ${numberText(imbalance)} ± ${numberText(standardError)}${tied}`;
}

async function oneWay(
  from: PreparedRows,
  to: PreparedRows,
  {
    k,
    queries,
    in: [source, target],
    search,
  }: {
    readonly k: number;
    readonly queries: Int32Array | undefined;
    readonly in: readonly [from: string, to: string];
    readonly search: Search;
  },
): Promise<Imbalance> {
  const [{ nearestNeighbours, neighbourRanks }, { firstNeighbours, imbalanceOfRanks, tiesAtEdge }] =
    await Promise.all([
      import("../../../distances/index.js"),
      import("../../../geometry/information-imbalance/index.js"),
    ]);
  // One neighbour more than is ranked, to see where the choice was made among equals.
  const asked = Math.min(k + 1, from.rows.count - 1);
  const found = await nearestNeighbours(from, asked, { ...search.phase(`neighbours in ${source}`), queries });
  const { indices } = firstNeighbours(found, k);
  const ranks = await neighbourRanks(to, found.queries, indices, k, search.phase(`ranks in ${target}`));
  return imbalanceOfRanks(ranks, { points: from.rows.count, k, ties: tiesAtEdge(found, k) });
}
