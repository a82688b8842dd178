import { bySeed, type Cell, decimals, NOTHING, overSeeds, present } from "../../reproduction/tables/cells.js";
import { type Column, numbers, type PaperTable, paperTable, words } from "../../reproduction/tables/table.js";
import type { DimensionResults, EpochMeasures, MaybeEstimate } from "./measures/results.js";
import { DATA_TITLES, type DataName, LAYERS, type LayerName, type Place } from "./networks.js";
import { PUBLISHED_LAST_EPOCH, publishedDimension, publishedImbalance } from "./published.js";

/** The last measured epoch of each network of one K on one data set. */
interface LastOfK {
  readonly data: DataName;
  readonly bottleneck: number;
  readonly last: readonly EpochMeasures[];
}

/** Tables of the end of training: layer by layer, then loss, quality and use of the code. */
export function dimensionTables(results: DimensionResults): PaperTable[] {
  const groups = lastEpochs(results);
  return [
    ...layerTable(groups, ({ dimension }) => dimension, publishedDimension, 2, {
      heading: "Layer by layer",
      text: [
        "Intrinsic dimension by TwoNN: the line that the paper fits, without the largest tenth of the ratios (rule N5). Means over seeds, and from two on their standard deviation.",
      ],
      caption: "Intrinsic dimension of each layer after the last epoch.",
      terminal: true,
    }),
    ...layerTable(groups, ({ toInput }) => toInput, publishedImbalance, 4, {
      caption:
        "Information imbalance of each layer to the input after the last epoch (rule J1; 0: the layer predicts all neighbours of the input).",
    }),
    ...qualityTable(groups, results.features),
  ];
}

/** Networks by data set and K, seeds together; those of which something is measured. */
function lastEpochs({ networks }: DimensionResults): LastOfK[] {
  return bySeed(networks, ({ data, bottleneck }) => `${data} ${bottleneck}`).flatMap((alike) => {
    const last = alike.flatMap(({ epochs }) => epochs.at(-1) ?? []);
    const { data, bottleneck } = alike[0]!;
    return last.length === 0 ? [] : [{ data, bottleneck, last }];
  });
}

/** A line of a table over layers: ours, or what is published of the same K. */
interface LayerRow {
  readonly title: string;
  readonly bottleneck: number;
  readonly epoch: number;
  readonly cells: readonly Cell[];
}

function layerTable(
  groups: readonly LastOfK[],
  of: (measures: EpochMeasures) => readonly MaybeEstimate[],
  published: (place: Place, layer: LayerName) => { readonly value: number } | undefined,
  digits: number,
  about: Parameters<typeof paperTable>[0],
): PaperTable[] {
  const rows = groups.flatMap(({ data, bottleneck, last }): LayerRow[] => {
    const at = { data, bottleneck, epoch: PUBLISHED_LAST_EPOCH };
    const known = LAYERS.map((layer) => published(at, layer)?.value);
    const ours = LAYERS.map((_, place) =>
      overSeeds(
        present(last, (one) => of(one)[place]?.value ?? null),
        digits,
      ),
    );
    return [
      { title: DATA_TITLES[data], bottleneck, epoch: last[0]!.epoch, cells: ours },
      ...(known.some((value) => value !== undefined)
        ? [
            {
              title: "published",
              bottleneck,
              epoch: PUBLISHED_LAST_EPOCH,
              cells: known.map((value) => (value === undefined ? NOTHING : decimals(value, digits))),
            },
          ]
        : []),
    ];
  });
  const columns: Column<LayerRow>[] = [
    words("Data", ({ title }) => title),
    numbers("K", ({ bottleneck }) => bottleneck),
    numbers("Epoch", ({ epoch }) => epoch),
    ...LAYERS.map((layer, place) => numbers(layer, ({ cells }: LayerRow) => cells[place]!)),
  ];
  return paperTable(about, rows, columns);
}

function qualityTable(groups: readonly LastOfK[], features: string): PaperTable[] {
  const number = (title: string, digits: number, of: (one: EpochMeasures) => number | null) =>
    numbers(title, ({ last }: LastOfK) => overSeeds(present(last, of), digits));
  return paperTable(
    {
      heading: "Rate, distortion and quality",
      text: [
        `Per image, on the test images; quality of reconstructions and of images decoded from the prior, on ${features} (Fréchet, kernel) and on pixels (sliced Wasserstein).`,
      ],
      caption: "After the last epoch. Active: dimensions of the code whose mean varies by more than 0.01.",
    },
    groups,
    [
      words("Data", ({ data }) => DATA_TITLES[data]),
      numbers("K", ({ bottleneck }) => bottleneck),
      number("Rate, nats", 2, (one) => one.testRateNats),
      number("Distortion, nats", 1, (one) => one.testDistortionNats),
      number("Rate, training", 2, (one) => one.trainRateNats),
      number("Distortion, training", 1, (one) => one.trainDistortionNats),
      number("Fréchet", 3, (one) => one.reconstructions.frechet),
      number("Kernel", 4, (one) => one.reconstructions.kernel),
      number("Sliced", 4, (one) => one.reconstructions.slicedWasserstein),
      number("Fréchet, prior", 3, (one) => one.priorSamples.frechet),
      number("Kernel, prior", 4, (one) => one.priorSamples.kernel),
      number("Sliced, prior", 4, (one) => one.priorSamples.slicedWasserstein),
      number("Active", 1, (one) => one.activeUnits),
    ],
  );
}
