import * as z from "zod";
import { INITIALISATION_NAMES } from "../nn/initialise.js";
import { headSchema } from "./heads/index.js";
import { NARROWS_PARTS, type PartSet } from "./slots.js";

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

/** What a configuration may say of a model, of some parts. */
export type ModelSchemas = ReturnType<typeof modelSchemas>;

/**
 * The schemas of models that are made of these parts.
 * @param parts slot by slot, as `partsWith` gives them.
 */
export function modelSchemas({
  encoder,
  channel,
  marginal,
  decoder,
  likelihood,
  objective,
  regularizer,
}: PartSet) {
  /** An autoencoder: one choice for each slot. Left out, each slot is that of the Corridors baseline. */
  const autoencoder = z.strictObject({
    // Not written where it is not said, so that configurations stay what they were before there was another kind.
    type: z.literal("autoencoder").optional(),
    encoder: encoder.schema.prefault({ type: "convolutional" }),
    channel: channel.schema.prefault({ type: "gaussian" }),
    marginal: marginal.schema.prefault({ type: "standard-normal" }),
    decoder: decoder.schema.prefault({ type: "convolutional" }),
    likelihood: likelihood.schema.prefault({ type: "mse" }),
    objective: objective.schema.prefault({ type: "capacity" }),
    heads: headsSchema.default([]),
    // These are not written where they are not said, for the same reason as the type.
    regularizers: z
      .array(regularizer.schema)
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
  const classifier = z.strictObject({
    type: z.literal("classifier"),
    encoder: encoder.schema
      .optional()
      .describe("encoder of images for the heads, trained with them; without one they see the data directly"),
    heads: headsSchema.min(1).describe("classifiers; without an encoder each is trained as if it were alone"),
    initialisation: initialWeightsSchema.optional().describe("initial weights from a file"),
    exact: exactSchema,
  });

  return {
    autoencoder,
    classifier,
    /** A model of either kind: an autoencoder where its `type` is not said. */
    trainable: z.discriminatedUnion("type", [autoencoder, classifier]),
  };
}

/** Those of the parts of Narrows. */
export const NARROWS_MODELS = modelSchemas(NARROWS_PARTS);
/** An autoencoder in a configuration. */
export const modelSchema = NARROWS_MODELS.autoencoder;
/** A model in a configuration. */
export const trainableSchema = NARROWS_MODELS.trainable;
