/** Figures 4, 5 and 7 to 11: the geometry of one or two models, six panels each. */
import { UserError } from "../../../errors.js";
import type { FigureSpec } from "../../../figures/index.js";
import { dimensionsInUse } from "../../../geometry/index.js";
import type { Atlas } from "../atlas.js";
import { publishedChannelsUsed, publishedClassMatrix } from "../published.js";
import type { ModelName } from "../recipe.js";
import { type ChosenCodes, chosenCodes } from "./chosen-codes.js";
import { hasClasses } from "./classes.js";
import { capacityPanel, classPanel, mapPanel, tuningPanel } from "./model-panels.js";
import type { OnDrawn, Panel, PaperData, PaperFigure } from "./paper-figure.js";

/** Which model a figure shows, and what sets it apart. */
const SUBJECTS: Readonly<Record<ModelName, string>> = {
  Baseline: "the autoencoder alone, on data without a bend",
  E1M1: "data in which the lower corridor stands mostly at xL ≤ 6",
  E1M2: "data in which the two corridors are mostly aligned",
  E2M1: "with a classifier that tells whether xU ≤ xL",
  E2M2: "with a classifier that tells whether xU < 6 or xL ≥ 6",
  E2M3: "with a classifier that tells whether xU = xL",
  E2M4: "with a classifier of 25 classes, five groups of columns for each corridor",
  E2M5: "with the four classifiers of E2M1 to E2M4 at once; its classes are the 25 of E2M4",
};

const FIGURES: readonly { readonly number: number; readonly models: readonly ModelName[] }[] = [
  { number: 4, models: ["Baseline"] },
  { number: 5, models: ["E1M1", "E1M2"] },
  { number: 7, models: ["E2M1"] },
  { number: 8, models: ["E2M2"] },
  { number: 9, models: ["E2M3"] },
  { number: 10, models: ["E2M4"] },
  { number: 11, models: ["E2M5"] },
];

/** Those of Figures 4, 5 and 7 to 11 of which the atlas holds at least one model. */
export function geometryFigures({ atlas, seed = 0 }: PaperData, onDrawn: OnDrawn): PaperFigure[] {
  if (!atlas) return [];
  return FIGURES.flatMap(({ number, models }, index) => {
    onDrawn(index, FIGURES.length);
    const parts = models.map((model) => ({ model, codes: chosenCodes(atlas, model, seed) }));
    const shown = parts.filter(({ codes }) => codes !== undefined);
    if (shown.length === 0) return [];
    let used = 0;
    const drawn = parts.map(({ model, codes }) => {
      const roles = rolesOf(model);
      const letters = roles.map((_, k) => String.fromCharCode("A".charCodeAt(0) + used + k));
      used += roles.length;
      return codes ? panelsOf(atlas, model, codes, letters) : undefined;
    });
    return [
      {
        number,
        title: `The geometry of ${shown.map(({ model }) => nameOf(model)).join(" and ")}`,
        caption: [
          ...parts.map(({ model, codes }, k) => captionOf(model, codes, drawn[k]?.missing)),
          legendOf(shown.map(({ model }) => model)),
        ].join(" "),
        panels: drawn.flatMap((part) => part?.panels ?? []),
      },
    ];
  });
}

function nameOf(model: ModelName): string {
  return model === "Baseline" ? "the Baseline" : model;
}

type Draw = (atlas: Atlas, model: ModelName, codes: ChosenCodes) => FigureSpec | undefined;

interface Role {
  readonly title: (model: ModelName, codes: ChosenCodes) => string;
  readonly draw: Draw;
  /** What the caption says when it cannot be drawn. */
  readonly missing: string;
}

const ONE_CAPACITY = "a second capacity of the model";

/** What each letter stands for, in the order of the letters. */
function rolesOf(model: ModelName): Role[] {
  const classed = hasClasses(model) ? model : undefined;
  const at = (name: string, which: "high" | "low", draw: Draw): Role => ({
    title: (model, codes) => `${model}, ${name}, C = ${codes[which]?.capacityNats} nats`,
    draw,
    missing: ONE_CAPACITY,
  });
  return [
    at("latent map", "high", (atlas, _, { high }) => mapPanel(atlas, high, classed)),
    at("latent map", "low", (atlas, _, { low }) => low && mapPanel(atlas, low, classed)),
    at("tuning curves", "high", (atlas, _, { high }) => tuningPanel(atlas, high)),
    at("tuning curves", "low", (atlas, _, { low }) => low && tuningPanel(atlas, low)),
    ...(classed
      ? [
          {
            title: (model: ModelName) => `${model}, classes against the Baseline`,
            draw: (atlas: Atlas, _: ModelName, codes: ChosenCodes) => classPanel(atlas, classed, codes),
            missing: "a Baseline of the same capacity and seed",
          },
        ]
      : []),
    {
      title: (model, { low, high }) => `${model}, C = ${low?.capacityNats} against ${high.capacityNats} nats`,
      draw: capacityPanel,
      missing: ONE_CAPACITY,
    },
  ];
}

function panelsOf(atlas: Atlas, model: ModelName, codes: ChosenCodes, letters: readonly string[]) {
  const missing: string[] = [];
  const panels = rolesOf(model).flatMap(({ title, draw, missing: lack }, k): Panel[] => {
    const letter = letters[k]!;
    try {
      const spec = draw(atlas, model, codes);
      if (spec) return [{ letter, title: title(model, codes), spec }];
      missing.push(`${letter} needs ${lack}`);
    } catch (error) {
      // A code that collapsed has no curves, but the other panels have something to say.
      if (!(error instanceof UserError)) throw error;
      missing.push(`${letter}, ${error.problem.what}`);
    }
    return [];
  });
  return { panels, missing };
}

/** How the panels are read. */
function legendOf(models: readonly ModelName[]): string {
  return [
    `On the maps (metric MDS) a dot is the code of one image, coloured by ${models.some(hasClasses) ? "its class" : "xU − xL"}.`,
    "Tuning curves: mean activity of each channel by xU (rows) and xL (columns), on one scale for the code.",
    ...(models.some(hasClasses)
      ? ["Class matrices: distances against the Baseline of the same capacity and seed."]
      : []),
    "Matrices of positions: distances at the low capacity against the high one. Blue pairs were drawn together, red pairs pushed apart, against the average of all pairs.",
  ].join(" ");
}

function captionOf(
  model: ModelName,
  codes: ChosenCodes | undefined,
  missing: readonly string[] = [],
): string {
  if (!codes) return `${model} is missing: it was not trained.`;
  const { high, low, seed } = codes;
  const used = [high, ...(low ? [low] : [])].map((code) => {
    const published = publishedChannelsUsed(model, code.capacityNats);
    const reference = published === undefined ? "" : ` (published: ${published} of 5)`;
    return `${dimensionsInUse(code.points).length} of ${code.points.dimension}${reference} at ${code.capacityNats} nats`;
  });
  const between = low ? `${high.capacityNats} and ${low.capacityNats} nats` : `${high.capacityNats} nats`;
  const sentences = [
    `${model}: ${SUBJECTS[model]}; seed ${seed}, at ${between}.`,
    `Channels in use: ${used.join(", ")}.`,
    ...(publishedClassMatrix(model, high.capacityNats)
      ? ["Published class matrices stand beside ours, computed from the authors' latents."]
      : []),
    ...(missing.length > 0 ? [`Not drawn: ${missing.join("; ")}.`] : []),
  ];
  return sentences.join(" ");
}
