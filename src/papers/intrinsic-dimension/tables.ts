import type { Section } from "../../report/report.js";
import { bySeed, decimals, NOTHING, overSeeds, present, type Row } from "../../reproduction/tables/cells.js";
import { DATA_TITLES } from "./data-sets.js";
import { LAYERS } from "./layers.js";
import { publishedDimension, publishedImbalance } from "./published.js";
import type { DimensionResults, EpochMeasures, NetworkResult } from "./results.js";

/** The last measured epoch of each network of one K on one data set. */
interface LastOfK {
  readonly data: NetworkResult["data"];
  readonly bottleneck: number;
  readonly last: readonly EpochMeasures[];
}

/** Networks by data set and K, seeds together; those of which something is measured. */
export function lastEpochs({ networks }: DimensionResults): LastOfK[] {
  return bySeed(networks, ({ data, bottleneck }) => `${data} ${bottleneck}`).flatMap((alike) => {
    const last = alike.flatMap(({ epochs }) => epochs.at(-1) ?? []);
    const { data, bottleneck } = alike[0]!;
    return last.length === 0 ? [] : [{ data, bottleneck, last }];
  });
}

/** Two tables of the end of training, a line a network: dimension and imbalance to the input, layer by layer; what is published below each. */
export function layerSections(results: DimensionResults): Section[] {
  const groups = lastEpochs(results);
  if (groups.length === 0) return [];
  const columns = [
    { title: "Data" },
    { title: "K", align: "end" as const },
    { title: "Epoch", align: "end" as const },
    ...LAYERS.map((layer) => ({ title: layer, align: "end" as const })),
  ];
  const rowsOf = (
    of: (measures: EpochMeasures, place: number) => number | null,
    published: (group: LastOfK, layer: (typeof LAYERS)[number]) => number | undefined,
    digits: number,
  ): Row[] =>
    groups.flatMap((group) => {
      const { data, bottleneck, last } = group;
      const known = LAYERS.map((layer) => published(group, layer));
      return [
        [
          DATA_TITLES[data],
          bottleneck,
          last[0]!.epoch,
          ...LAYERS.map((_, place) =>
            overSeeds(
              present(last, (one) => of(one, place)),
              digits,
            ),
          ),
        ],
        ...(known.some((value) => value !== undefined)
          ? [
              [
                "published",
                bottleneck,
                200,
                ...known.map((value) => (value === undefined ? NOTHING : decimals(value, digits))),
              ],
            ]
          : []),
      ];
    });
  return [
    {
      kind: "table",
      heading: "Layer by layer",
      text: [
        "Intrinsic dimension by TwoNN: the line that the paper fits, without the largest tenth of the ratios (rule N5). Means over seeds, and from two on their standard deviation.",
      ],
      columns,
      rows: rowsOf(
        ({ dimension }, place) => dimension[place]?.value ?? null,
        ({ data, bottleneck }, layer) => publishedDimension({ data, bottleneck, epoch: 200 }, layer)?.value,
        2,
      ),
      caption: "Intrinsic dimension of each layer after the last epoch.",
    },
    {
      kind: "table",
      columns,
      rows: rowsOf(
        ({ toInput }, place) => toInput[place]?.value ?? null,
        ({ data, bottleneck }, layer) => publishedImbalance({ data, bottleneck, epoch: 200 }, layer)?.value,
        4,
      ),
      caption:
        "Information imbalance of each layer to the input after the last epoch (rule J1; 0: the layer tells all neighbours of the input).",
    },
  ];
}

/** Loss, quality and use of the code after the last epoch, a line a network. */
export function qualitySection(results: DimensionResults): Section[] {
  const groups = lastEpochs(results);
  if (groups.length === 0) return [];
  const number =
    (digits: number, of: (one: EpochMeasures) => number | null) => (last: readonly EpochMeasures[]) =>
      overSeeds(present(last, of), digits);
  const columns: { title: string; cell: (last: readonly EpochMeasures[]) => string }[] = [
    { title: "Rate, nats", cell: number(2, (one) => one.testRateNats) },
    { title: "Distortion, nats", cell: number(1, (one) => one.testDistortionNats) },
    { title: "Rate, training", cell: number(2, (one) => one.trainRateNats) },
    { title: "Distortion, training", cell: number(1, (one) => one.trainDistortionNats) },
    { title: "Fréchet", cell: number(3, (one) => one.reconstructions.frechet) },
    { title: "Kernel", cell: number(4, (one) => one.reconstructions.kernel) },
    { title: "Sliced", cell: number(4, (one) => one.reconstructions.slicedWasserstein) },
    { title: "Fréchet, prior", cell: number(3, (one) => one.priorSamples.frechet) },
    { title: "Kernel, prior", cell: number(4, (one) => one.priorSamples.kernel) },
    { title: "Sliced, prior", cell: number(4, (one) => one.priorSamples.slicedWasserstein) },
    { title: "Active", cell: number(1, (one) => one.activeUnits) },
  ];
  return [
    {
      kind: "table",
      heading: "Rate, distortion and quality",
      text: [
        `Per image, on the test images; quality of reconstructions and of images decoded from the prior, on ${results.features} (Fréchet, kernel) and on pixels (sliced Wasserstein).`,
      ],
      columns: [
        { title: "Data" },
        { title: "K", align: "end" },
        ...columns.map(({ title }) => ({ title, align: "end" as const })),
      ],
      rows: groups.map(({ data, bottleneck, last }) => [
        DATA_TITLES[data],
        bottleneck,
        ...columns.map(({ cell }) => cell(last)),
      ]),
      caption: "After the last epoch. Active: dimensions of the code whose mean varies by more than 0.01.",
    },
  ];
}

/** Every run by itself, as it stands: what failed says why. */
export function runsSection({ networks }: DimensionResults): Section {
  return {
    kind: "table",
    heading: "All runs",
    columns: [
      { title: "Data" },
      { title: "K", align: "end" },
      { title: "Seed", align: "end" },
      { title: "Epochs measured", align: "end" },
      { title: "Run" },
      { title: "State" },
    ],
    rows: networks.map(({ data, bottleneck, seed, epochs, run, status, reason }) => [
      DATA_TITLES[data],
      bottleneck,
      seed,
      epochs.length,
      run ?? NOTHING,
      reason ?? status,
    ]),
    caption: "Every network of the plan.",
    folded: true,
  };
}
