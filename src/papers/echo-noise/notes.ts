import type { Section } from "../../report/report.js";
import type { PaperFigure } from "../../reproduction/figures/paper-figure.js";
import type { ImageData } from "./data.js";
import { imageReductions, type Recipe, type SpritesRecipe, spriteReductions } from "./recipe.js";

/** What a reader has to know of numbers that come from less than the paper had; an empty text where they do not. */
export interface Notes {
  /** Of the models on some data sets. */
  images(sets: readonly ImageData[]): string;
  readonly sprites: string;
  /** Of all together. */
  readonly all: string;
}

/** What is reduced in a reproduction of so many data sets. */
export function notesOf(recipe: Recipe, data: readonly ImageData[]): Notes {
  const { seeds } = recipe;
  const images = (sets: readonly ImageData[]) =>
    imageReductions(recipe, { data: sets.flatMap(({ reduction }) => reduction ?? []), seeds });
  const sprites = spriteReductions(recipe, { data: spritesReduction(recipe.sprites), seeds });
  return {
    images,
    sprites,
    all: [images(data), sprites && `On sprites: ${sprites}`].filter((text) => text !== "").join(" "),
  };
}

function spritesReduction({ grid, factors }: SpritesRecipe): string[] {
  if (grid === "dsprites") return [];
  const { shape, scale, orientation, posX, posY } = factors;
  return [
    `sprites drawn here on a grid of ${[shape, scale, orientation, posX, posY].join(" x ")}, for dSprites`,
  ];
}

/** Figures with a note in each caption. */
export function notedFigures(
  figures: readonly PaperFigure[],
  notes: Notes,
  data: readonly ImageData[],
): PaperFigure[] {
  return figures.map((figure) => {
    const drawn = data.filter(({ title }) => figure.panels.some((panel) => panel.title === title));
    // Figure 1 is drawn without any training, and Figure 4 from sprites.
    const note = figure.number === 1 ? "" : figure.number === 4 ? notes.sprites : notes.images(drawn);
    if (note === "") return figure;
    return {
      ...figure,
      caption: `${figure.caption} ${note}`,
      panels: figure.panels.map((panel) => ({
        ...panel,
        spec: { ...panel.spec, caption: `${panel.spec.caption} ${note}` },
      })),
    };
  });
}

/** Sections with a note in the caption of each table. */
export function notedTables(sections: readonly Section[], note: string): Section[] {
  return sections.map((section) =>
    section.kind === "table" && note !== ""
      ? { ...section, caption: `${section.caption ?? ""} ${note}`.trim() }
      : section,
  );
}
