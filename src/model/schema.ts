import { z } from "zod";
import { channels } from "./channels/index.js";
import { decoders } from "./decoders/index.js";
import { encoders } from "./encoders/index.js";
import { headSchema } from "./heads/index.js";
import { likelihoods } from "./likelihoods/index.js";
import { marginals } from "./marginals/index.js";
import { objectives } from "./objectives/index.js";

/** A model in a configuration: one choice for each slot. Left out, each slot is that of the Corridors baseline. */
export const modelSchema = z.strictObject({
  encoder: encoders.schema.prefault({ type: "convolutional" }),
  channel: channels.schema.prefault({ type: "gaussian" }),
  marginal: marginals.schema.prefault({ type: "standard-normal" }),
  decoder: decoders.schema.prefault({ type: "convolutional" }),
  likelihood: likelihoods.schema.prefault({ type: "mse" }),
  objective: objectives.schema.prefault({ type: "capacity" }),
  heads: z
    .array(headSchema)
    .refine(
      (heads) => new Set(heads.map(({ name }) => name)).size === heads.length,
      "two heads have one name",
    )
    .default([]),
});
