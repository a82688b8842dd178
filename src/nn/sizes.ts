import { z } from "zod";

// Bounds of what a configuration may ask of a network, far above what anybody trains here: what lies beyond is a slip or an
// attack, and would take all memory before a layout of the parameters could say so.

/** Units, channels or dimensions of a layer. */
export const widthSchema = z.int().positive().max(65_536);

/** Side, step or repetitions of something within a layer. */
export const extentSchema = z.int().positive().max(1024);

/** Parameters of a whole model: 1 GiB of them; a training holds seven such vectors. */
export const MAX_PARAMETERS = 2 ** 28;

/** Vectors as long as the parameters that a training holds: these, the gradient, Adam's two means, and the next state. */
export const VECTORS_OF_TRAINING = 7;
