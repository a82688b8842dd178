import * as z from "zod";
import type { OwnPart } from "../own-part.js";
import { schemasWith } from "./schema.js";

/**
 * The JSON Schema of a configuration file, by which editors complete and check it (`configs/narrows.schema.json`).
 * Written from the same schema that reads the file.
 * @param own Parts of one's own that it may name.
 */
export function configurationJsonSchema(own: readonly OwnPart[] = []): object {
  const { file, classifier } = schemasWith(own);
  const schema = z.toJSONSchema(file, {
    io: "input",
    override: ({ jsonSchema, zodSchema }) => {
      // Heads alone fit both kinds of model: this one must be named.
      if (zodSchema === classifier) return;
      // A part that leaves its type out is the standard one of its slot.
      const required = jsonSchema.required?.filter((key) => key !== "type") ?? [];
      if (required.length > 0) jsonSchema.required = required;
      else delete jsonSchema.required;
    },
  });
  return { title: "Narrows configuration", ...schema };
}
