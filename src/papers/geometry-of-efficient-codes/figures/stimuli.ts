/** Figure 2: what the images are like, and how often each pair of positions is in the data of the models. */
import { pictures } from "../../../analysis/landmarks.js";
import { resolveCorridors } from "../../../data/corridors.js";
import { imageGrid } from "../../../figures/image-grid.js";
import { tuningCurves } from "../../../figures/tuning-curves.js";
import { type PaperFigure, paperFigure } from "../../../reproduction/figures/paper-figure.js";
import type { Stimuli } from "../measures/stimuli.js";
import { type ModelName, modelConfiguration } from "../recipe.js";

/** The pairs of positions of the paper's examples: both diagonals, the middles of the edges, and between. */
const SHOWN =
  "0,12 2,10 4,8 6,6 8,4 10,2 12,0 0,0 2,2 10,10 12,12 2,4 4,2 8,10 10,8 6,12 6,0 12,6 0,6 1,5 5,1".split(
    " ",
  );
const COLUMNS = 7;
const PICTURE_SIDE = 52;
const MAP_SIDE = 143;

/** The models whose data differ, and what the difference is. */
const DATA = { Baseline: "uniform", E1M1: "lower bias", E1M2: "aligned bias" } as const;

/** Examples of the stimuli, and the frequencies of their positions; those of the recipe, whatever was trained. */
export function stimuliFigure({ images, positions }: Stimuli): PaperFigure | undefined {
  const places = positions.map(String);
  const found = SHOWN.filter((place) => places.includes(place));
  const examples = pictures(
    images,
    found.map((place) => places.indexOf(place)),
  );
  const shape = [...images.imageShape];
  const grid =
    examples.length === 0
      ? undefined
      : imageGrid(
          {
            panels: [
              {
                images: {
                  shape: [examples.length, ...shape],
                  data: Float32Array.from(examples.flatMap(({ image }) => Array.from(image.data))),
                },
                names: found.map((place) => place.replace(",", ", ")),
              },
            ],
          },
          { title: "Examples of images", columns: COLUMNS, side: PICTURE_SIDE, convention: "one-is-black" },
        );
  return paperFigure(2, {
    title: "The stimuli, and how often they are seen",
    caption:
      "A: images with their positions xU, xL, the columns of the upper and the lower corridor, counted from 0. B: expected share of each pair of positions in the training images: of the Baseline and all models with a task (uniform), of E1M1 (lower bias: xL ≤ 6) and of E1M2 (aligned bias: xU = xL).",
    panels: [
      { title: "images and their positions", spec: grid, needs: "stimuli", rows: null },
      { title: "share of each pair of positions", spec: frequencyMaps(), needs: "" },
    ],
  });
}

/** Percent of the images that show each pair of positions, as the recipes of the models say. */
function frequencyMaps() {
  const shares = (Object.keys(DATA) as ModelName[]).map((model) => {
    const { data } = modelConfiguration({ model, capacityNats: 10, seed: 0, length: "published" });
    const { weights, size } = resolveCorridors(data.corridors ?? {});
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { size, values: Array.from(weights, (weight) => (100 * weight) / total) };
  });
  const { size } = shares[0]!;
  const values = shares.flatMap((one) => one.values);
  const columns = Array.from({ length: size }, (_, column) => column);
  return tuningCurves(
    {
      axes: [
        { name: "xU", values: columns },
        { name: "xL", values: columns },
      ],
      panels: [
        {
          title: "share",
          curves: { shape: [shares.length, size, size], data: Float64Array.from(values) },
        },
      ],
    },
    {
      title: "Share of each pair of positions",
      channelNames: Object.values(DATA),
      quantity: "% of images",
      limits: [0, Math.max(...values)],
      side: MAP_SIDE,
    },
  );
}
