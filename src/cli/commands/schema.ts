import { configurationJsonSchema } from "../../configuration/json-schema.js";
import { defineCommand } from "../command/define.js";

export default defineCommand({
  details: `
Editors complete and check configurations with it: begin a file with the line "# yaml-language-server: $schema=narrows.schema.json",
or name node_modules/narrows/configs/narrows.schema.json there, which is the same file. Code imports it as narrows/schema.json.`,
  examples: ["narrows schema > narrows.schema.json"],
  async run() {
    const schema = configurationJsonSchema();
    return { json: schema, text: JSON.stringify(schema, null, 2).split("\n") };
  },
});
