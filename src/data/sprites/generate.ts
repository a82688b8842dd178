/**
 * Sprites drawn here: the factors of dSprites (Matthey et al. 2017) and images much like its own, for work without the file, with
 * fewer values of a factor where a smaller grid will do.
 */
import { refuse } from "../../errors.js";
import { allocateBytes } from "../../files/memory.js";
import type { ImageTable } from "../dataset.js";
import { chooseRows, type RowChoice } from "../dsprites/choose-rows.js";
import { gridFactors, SPRITE_FACTORS, type SpriteFactor } from "../dsprites/grid.js";
import { drawSprite } from "./draw.js";
import { SHAPES } from "./shapes.js";
import { turn } from "./turns.js";

/** What is drawn; see rule D23. */
export interface SpritesOptions extends RowChoice {
  /** How many values a factor has; those of {@link SPRITES_DEFAULTS} by default. */
  readonly factors?: Partial<Record<SpriteFactor, number | undefined>> | undefined;
  /** Side of the square image in pixels; 64 by default. */
  readonly size?: number | undefined;
}

/**
 * What sprites are drawn by default: values of each factor, and the side of an image in pixels (rule D23).
 */
export const SPRITES_DEFAULTS = {
  factors: { shape: SHAPES.length, scale: 4, orientation: 12, posX: 16, posY: 16 },
  size: 64,
} as const;
/** The minimum and the maximum side of an image in pixels. */
export const SPRITES_IMAGE_SIZES = [16, 256] as const;
/** More values of a factor could not be distinguished. */
export const MAX_FACTOR_VALUES = 1024;

/** Scales go from this to 1, centres lie this far from the edges at least, in sides of the image. */
const MIN_SCALE = 0.5;
const MARGIN = 0.25;

/**
 * Draws sprites: the rows of a grid of factors that the options choose, in their order (rules D22, D23, D24).
 * @returns N images of shape `[size, size, 1]`, bytes 1 within the sprite and 0 outside, and the labels `shape`, `scale`,
 * `orientation`, `posX`, `posY`, each a value's number from 0.
 * @throws UserError when an option is out of its range, the grid has fewer rows than samples asked for, or the images do not
 * fit into memory.
 */
export function generateSprites(options: SpritesOptions = {}): ImageTable {
  const { factors = {}, size = SPRITES_DEFAULTS.size, ...choice } = options;
  const [minimum, maximum] = SPRITES_IMAGE_SIZES;
  requireWithin("size", size, minimum, maximum);
  const sizes = SPRITE_FACTORS.map((name) => {
    const count = factors[name] ?? SPRITES_DEFAULTS.factors[name];
    requireWithin(`factors.${name}`, count, 1, name === "shape" ? SHAPES.length : MAX_FACTOR_VALUES);
    return count;
  });

  const rows = chooseRows(sizes, choice, "sprites rows");
  const labels = gridFactors(rows, sizes);
  const images = allocateBytes(rows.length * size * size, "sprites", {
    what: `${rows.length} images of ${size * size} bytes`,
    remedy: "Ask for fewer samples, or fewer values of the factors",
  });
  const [, scales, orientations, columns, heights] = sizes;
  const directions = Array.from({ length: orientations }, (_, k) => turn(k, orientations));
  for (let i = 0; i < rows.length; i++) {
    const at = i * sizes.length;
    drawSprite(images, i * size * size, size, {
      shape: SHAPES[labels[at]],
      scale: MIN_SCALE + (1 - MIN_SCALE) * share(labels[at + 1], scales, 1),
      direction: directions[labels[at + 2]],
      x: MARGIN + (1 - 2 * MARGIN) * share(labels[at + 3], columns, 0.5),
      y: MARGIN + (1 - 2 * MARGIN) * share(labels[at + 4], heights, 0.5),
    });
  }
  return {
    count: rows.length,
    imageShape: [size, size, 1],
    images,
    scale: 1,
    labels,
    labelNames: SPRITE_FACTORS,
  };
}

/** Where value k of n lies between the first, 0, and the last, 1; `alone` where there is no other. */
function share(k: number, n: number, alone: number): number {
  return n === 1 ? alone : k / (n - 1);
}

function requireWithin(name: string, value: number, minimum: number, maximum: number): void {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
  refuse(`sprites, ${name}`, `got ${value}`, `Give an integer from ${minimum} to ${maximum}`);
}
