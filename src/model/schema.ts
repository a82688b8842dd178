import { z } from "zod";
import { INITIALISATION_NAMES } from "../nn/initialise.js";
import { headSchema } from "./heads/index.js";
import { channels, decoders, encoders, likelihoods, marginals, objectives, regularizers } from "./slots.js";

const headsSchema = z
  .array(headSchema)
  .refine((heads) => new Set(heads.map(({ name }) => name)).size === heads.length, "two heads have one name");

const exactSchema = z
  .boolean()
  .optional()
  .describe(
    "computes convolutions as plain sums, in twice the time, instead of minimal filtering (docs/convolution.md), whose error is 2e-5 at most",
  );

const initialWeightsSchema = z.strictObject({
  file: z
    .string()
    .min(1)
    .describe(
      "a .safetensors, .pt or .ckpt file with all parameters (docs/files.md); relative to the working folder, else to the configuration file",
    ),
});

/** An autoencoder in a configuration: one choice for each slot. Left out, each slot is that of the Corridors baseline. */
export const modelSchema = z.strictObject({
  // Not written where it is not said, so that configurations stay what they were before there was another kind.
  type: z.literal("autoencoder").optional(),
  encoder: encoders.schema.prefault({ type: "convolutional" }),
  channel: channels.schema.prefault({ type: "gaussian" }),
  marginal: marginals.schema.prefault({ type: "standard-normal" }),
  decoder: decoders.schema.prefault({ type: "convolutional" }),
  likelihood: likelihoods.schema.prefault({ type: "mse" }),
  objective: objectives.schema.prefault({ type: "capacity" }),
  heads: headsSchema.default([]),
  // These are not written where they are not said, for the same reason as the type.
  regularizers: z
    .array(regularizers.schema)
    .refine((all) => new Set(all.map(({ type }) => type)).size === all.length, "a regularizer occurs twice")
    .optional()
    .describe("regularizers: penalties on the code in addition to its rate"),
  initialisation: z
    .union([z.enum(INITIALISATION_NAMES), initialWeightsSchema], {
      error: `Give ${INITIALISATION_NAMES.join(", ")}, or {file: weights.safetensors}`,
    })
    .optional()
    .describe(
      "weight initialisation: as in PyTorch (uniform-by-fan, the default), as in Keras (glorot), He et al. 2015 (he), or weights from a file",
    ),
  exact: exactSchema,
  pixelBias: z
    .literal("mean-image")
    .optional()
    .describe(
      "a learnt bias for each pixel, added to the decoder's output; its initial value is the mean training image",
    ),
});

/** Heads alone, on codes that are given as data; or on the features that an encoder learns with them. */
export const classifierSchema = z.strictObject({
  type: z.literal("classifier"),
  encoder: encoders.schema
    .optional()
    .describe("encoder of images for the heads, trained with them; without one they see the data directly"),
  heads: headsSchema.min(1).describe("classifiers; without an encoder each is trained as if it were alone"),
  initialisation: initialWeightsSchema.optional().describe("initial weights from a file"),
  exact: exactSchema,
});

/** A model in a configuration: an autoencoder where its `type` is not said. */
export const trainableSchema = z.discriminatedUnion("type", [modelSchema, classifierSchema]);
