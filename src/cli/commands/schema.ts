import { configurationJsonSchema } from "../../configuration/json-schema.js";
import { loadParts } from "../../extension/load.js";
import { defineCommand } from "../command/define.js";
import { extending } from "../command/groups.js";

export default defineCommand({
  settings: extending,
  details: `
Editors complete and check configurations with it: begin a file with the line "# yaml-language-server: $schema=narrows.schema.json",
or name node_modules/narrows/configs/narrows.schema.json there, which is the same file. Code imports it as narrows/schema.json.
With parts of your own (--with) it knows their settings, too.`,
  examples: [
    "narrows schema > narrows.schema.json",
    "narrows schema --with my-channel.ts > narrows.schema.json",
  ],
  async run({ with: files }) {
    const schema = configurationJsonSchema(loadParts(files));
    return { json: schema, text: JSON.stringify(schema, null, 2).split("\n") };
  },
});
