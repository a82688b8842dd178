/** What the figures are drawn from, and how they are put together. */
import type { FigureTable } from "../../../figures/index.js";
import type { FigureNumber } from "../../../report/report.js";
import {
  type PanelPlan,
  type PaperFigure,
  paperFigure,
  sentences,
} from "../../../reproduction/figures/paper-figure.js";
import type { DimensionResults } from "../measures/results.js";
import { bottlenecksOf, dataSets, epochsOf } from "../measures/select.js";
import { DATA_TITLES, type DataName } from "../networks.js";
import { ANOMALY, PUBLISHED_BOTTLENECKS, PUBLISHED_LAST_EPOCH } from "../published.js";

/** The results on one data set. */
export interface FigureSource {
  readonly results: DimensionResults;
  readonly data: DataName;
  /** Every K, rising. */
  readonly bottlenecks: readonly number[];
  /** Every measured epoch, rising. */
  readonly epochs: readonly number[];
  readonly lastEpoch: number;
}

/** The results on a data set; undefined where none of its networks is measured. */
export function sourceOf(results: DimensionResults, data: DataName): FigureSource | undefined {
  const epochs = epochsOf(results, data);
  const lastEpoch = epochs.at(-1);
  if (lastEpoch === undefined) return undefined;
  return { results, data, bottlenecks: bottlenecksOf(results, data), epochs, lastEpoch };
}

/** The results behind the paper's main figures: on CIFAR-10, or on what stands in for it. */
export function mainSource(results: DimensionResults): FigureSource | undefined {
  const sources = dataSets(results).map((data) => sourceOf(results, data));
  return sources.find((source) => source !== undefined);
}

/** A figure of what can be drawn, with what its dots, bars and dashes mean; undefined where nothing can. */
export function figureOf(
  number: FigureNumber,
  {
    title,
    caption,
    panels,
  }: { readonly title: string; readonly caption: string; readonly panels: readonly PanelPlan[] },
): PaperFigure | undefined {
  const tables = panels.flatMap(({ spec }) => spec?.table ?? []);
  return paperFigure(number, {
    title,
    caption: sentences(
      caption,
      has(tables, "seeds", (seeds) => typeof seeds === "number" && seeds > 1)
        ? "Dots are means over seeds, bars the 95 % interval of the mean."
        : "",
      has(tables, "source", (source) => source === "published")
        ? "Dashed, with open diamonds: what is published."
        : "",
    ),
    panels,
  });
}

/** Whether a column of any table holds such a value. */
function has(
  tables: readonly FigureTable[],
  column: string,
  isSuch: (value: string | number | undefined) => boolean,
): boolean {
  return tables.some(({ columns, rows }) => rows.some((row) => isSuch(row[columns.indexOf(column)])));
}

/** Data, epoch, points and seeds of ours, as a caption reports them. */
export function measuredWords({ results, data, lastEpoch }: FigureSource, of: "epoch" | "training"): string {
  const networks = results.networks.filter((one) => one.data === data && one.epochs.length > 0);
  const points = [...new Set(networks.flatMap(({ epochs }) => epochs.map((one) => one.points)))];
  const seeds = new Set(networks.map(({ seed }) => seed)).size;
  const size = points.map((count) => count.toLocaleString("en")).join(" or ");
  return `${DATA_TITLES[data]}, ${of === "epoch" ? `after epoch ${lastEpoch}` : `over ${lastEpoch} epochs`}, at ${size} test images, ${seeds === 1 ? "one seed" : `${seeds} seeds`}.`;
}

/** What has to be known of the published curves. */
export function publishedWords({ data, bottlenecks, lastEpoch }: FigureSource): string {
  return [
    lastEpoch === PUBLISHED_LAST_EPOCH
      ? ""
      : `Published values are those after epoch ${PUBLISHED_LAST_EPOCH}, ours those after epoch ${lastEpoch}.`,
    data === "mnist" ? "Published values of MNIST are read off drawings." : "",
    data === "cifar10" && bottlenecks.includes(16) ? ANOMALY : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** What stands in for the paper's data in its main figures. */
export function standInWords({ data }: FigureSource): string {
  return data === "cifar10" ? "" : `${DATA_TITLES[data]} stands in for CIFAR-10 here.`;
}

/** One colour for each K, whichever of them a drawing has. */
export function colouredByK({ bottlenecks }: FigureSource) {
  return {
    colours: "ordered" as const,
    legendTitle: "K",
    colourOrder: risingNames([...PUBLISHED_BOTTLENECKS, ...bottlenecks]),
  };
}

/** One colour for each epoch, and grey for the untrained network. */
export function colouredByEpoch({ epochs }: FigureSource) {
  return {
    colours: "ordered" as const,
    legendTitle: "epoch",
    grey: "0",
    colourOrder: risingNames(epochs),
  };
}

function risingNames(values: readonly number[]): string[] {
  return [...new Set(values)].sort((a, b) => a - b).map(String);
}

/**
 * Those of some wanted K that there are; where one is missing, as many spread evenly over those there are.
 */
export function chosenOf(wanted: readonly number[], there: readonly number[]): number[] {
  if (wanted.every((one) => there.includes(one))) return [...wanted];
  const count = Math.min(wanted.length, there.length);
  const places = Array.from({ length: count }, (_, k) =>
    count === 1 ? there.length - 1 : Math.round((k * (there.length - 1)) / (count - 1)),
  );
  return [...new Set(places)].map((place) => there[place]!);
}
