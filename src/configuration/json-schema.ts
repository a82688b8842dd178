import { z } from "zod";
import { classifierSchema } from "../model/schema.js";
import { fileSchema } from "./schema.js";

/**
 * The JSON Schema of a configuration file, by which editors complete and check it (`configs/narrows.schema.json`).
 * Written from the same schema that reads the file.
 */
export function configurationJsonSchema(): object {
  const schema = z.toJSONSchema(fileSchema, {
    io: "input",
    override: ({ jsonSchema, zodSchema }) => {
      // Heads alone fit both kinds of model: this one must be named.
      if (zodSchema === classifierSchema) return;
      // A part that leaves its type out is the standard one of its slot.
      const required = jsonSchema.required?.filter((key) => key !== "type") ?? [];
      if (required.length > 0) jsonSchema.required = required;
      else delete jsonSchema.required;
    },
  });
  return { title: "Narrows configuration", ...schema };
}
