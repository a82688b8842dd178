import type { Command } from "commander";
import { printJson, printLine } from "../../output.js";
import { registerGet } from "./get.js";
import { registerInspect } from "./inspect.js";
import { registerMakeCorridors } from "./make-corridors.js";

export function registerDatasets(program: Command): void {
  const datasets = program
    .command("datasets")
    .description("List the known sources of data; get published data; make or inspect data files.")
    .addHelpText(
      "after",
      `
Examples:
  narrows datasets
  narrows datasets list --json
  narrows datasets get mnist
  narrows datasets inspect data/mnist
  narrows datasets make corridors --samples 200000 --seed 0 --out corridors.csv
  narrows datasets inspect corridors.csv`,
    );

  datasets
    .command("list", { isDefault: true })
    .description("List the known sources of data.")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const [{ datasetSources }, { knownKeys }] = await Promise.all([
        import("../../../data/sources/index.js"),
        import("../../../configuration/schema-walk.js"),
      ]);
      const rows = datasetSources.map(({ name, about, shape }) => ({
        name,
        about,
        keys: Object.keys(shape),
        settings: Object.entries(shape).map(([key, schema]) => {
          const inner = knownKeys(schema, undefined);
          return inner.length > 0 ? `${key}: {${inner.join(", ")}}` : key;
        }),
      }));
      if (json) return printJson(rows.map(({ name, about, keys }) => ({ name, about, keys })));
      const width = Math.max(...rows.map(({ name }) => name.length)) + 2;
      for (const { name, about, settings } of rows) {
        printLine(`${name.padEnd(width)}${about}`);
        printLine(`${" ".repeat(width)}in a configuration: ${settings.join(", ")}`);
      }
    });

  registerGet(datasets);
  const make = datasets.command("make").description("Draw a data set and write it as CSV.");
  registerMakeCorridors(make);
  registerInspect(datasets);
}
