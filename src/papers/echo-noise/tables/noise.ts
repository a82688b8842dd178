import type { Section } from "../../../report/report.js";
import { decimals, overSeeds, type Row } from "../../../reproduction/tables/cells.js";
import type { ImageData } from "../data.js";
import { publishedNoise } from "../published.js";
import type { ImageResult } from "../results.js";

/** A row of Table 3. */
export interface NoiseRow {
  readonly data: string;
  readonly totalCorrelationNats: readonly number[];
  readonly chanceNats: number;
}

/** The rows of Table 3 for which something is finished. */
export function noiseRows(images: readonly ImageResult[], data: readonly ImageData[]): NoiseRow[] {
  return data.flatMap(({ name }): NoiseRow[] => {
    const runs = images
      .filter((one) => one.data === name && one.beta === 1)
      .flatMap(({ measures }) => measures?.echo ?? []);
    const [first] = runs;
    if (!first) return [];
    return [
      {
        data: name,
        totalCorrelationNats: runs.map(({ noiseTotalCorrelationNats }) => noiseTotalCorrelationNats),
        chanceNats: first.chanceNats,
      },
    ];
  });
}

/** Table 3; nothing where Echo is not trained. */
export function noiseSections(images: readonly ImageResult[], data: readonly ImageData[]): Section[] {
  const rows = noiseRows(images, data);
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      heading: "Table 3: what the dimensions of Echo's noise share",
      text: [
        "Total correlation of the noise that Echo took for the test images at beta = 1, by the covariance of its samples (rule I2), in nats. A gaussian channel's noise has 0. By chance, as many samples of independent dimensions have D(D-1) / 4N on average.",
      ],
      columns: [
        { title: "Data" },
        { title: "Total correlation", align: "end" },
        { title: "published", align: "end" },
        { title: "by chance", align: "end" },
        { title: "Runs", align: "end" },
      ],
      rows: rows.map((row): Row => {
        const { title, published } = data.find(({ name }) => name === row.data)!;
        return [
          title,
          overSeeds(row.totalCorrelationNats, 2),
          decimals(publishedNoise(published), 1),
          decimals(row.chanceNats, 2),
          row.totalCorrelationNats.length,
        ];
      }),
      caption: "Table 3.",
    },
  ];
}
