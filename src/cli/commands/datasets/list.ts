import { knownKeys } from "../../../configuration/schema-walk.js";
import { datasetSources } from "../../../data/sources/index.js";
import { defineCommand } from "../../command/define.js";

export default defineCommand({
  examples: ["narrows datasets list", "narrows datasets list --json"],
  async run() {
    const width = Math.max(...datasetSources.map(({ name }) => name.length)) + 2;
    return {
      json: datasetSources.map(({ name, about, shape }) => ({ name, about, keys: Object.keys(shape) })),
      text: datasetSources.flatMap(({ name, about, shape }) => {
        const settings = Object.entries(shape).map(([key, schema]) => {
          const inner = knownKeys(schema, undefined);
          return inner.length > 0 ? `${key}: {${inner.join(", ")}}` : key;
        });
        return [
          `${name.padEnd(width)}${about}`,
          `${" ".repeat(width)}in a configuration: ${settings.join(", ")}`,
        ];
      }),
    };
  },
});
