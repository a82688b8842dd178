import * as z from "zod";
import { rowChoiceSchema } from "../dsprites/choose-rows.js";
import { SPRITE_FACTORS } from "../dsprites/grid.js";
import { asDataset } from "../fingerprint.js";
import {
  generateSprites,
  MAX_FACTOR_VALUES,
  SPRITES_DEFAULTS,
  SPRITES_IMAGE_SIZES,
} from "../sprites/generate.js";
import { SHAPES } from "../sprites/shapes.js";
import { defineSource } from "./source.js";

const [minimum, maximum] = SPRITES_IMAGE_SIZES;
const values = (maximum: number, preset: number) => z.int().min(1).max(maximum).default(preset);
const { factors } = SPRITES_DEFAULTS;

export const sprites = defineSource({
  name: "sprites",
  about: `generated: binary images by ${SPRITE_FACTORS.join(", ")} as in dSprites, with a chosen number of values of each`,
  options: z.strictObject({
    factors: z
      .strictObject({
        shape: values(SHAPES.length, factors.shape).describe("1 square, 2 and ellipse, 3 and heart"),
        scale: values(MAX_FACTOR_VALUES, factors.scale).describe("from half to full size"),
        orientation: values(MAX_FACTOR_VALUES, factors.orientation).describe("over a full turn"),
        posX: values(MAX_FACTOR_VALUES, factors.posX).describe("from left to right"),
        posY: values(MAX_FACTOR_VALUES, factors.posY).describe("from top to bottom"),
      })
      .prefault({})
      .describe("number of values of each factor; dSprites has 3, 6, 40, 32, 32"),
    size: z
      .int()
      .min(minimum)
      .max(maximum)
      .default(SPRITES_DEFAULTS.size)
      .describe("side of the image in pixels, such as 64, 32 or 28"),
    ...rowChoiceSchema,
  }),
  // All of them stand in the grid's order.
  isOrdered: ({ samples }) => samples === undefined,
  load: (options) => asDataset("sprites", generateSprites(options)),
});
