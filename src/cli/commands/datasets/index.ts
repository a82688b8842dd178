import type { Command } from "commander";
import { printJson, printLine } from "../../output.js";
import { registerInspect } from "./inspect.js";
import { registerMakeCorridors } from "./make-corridors.js";

export function registerDatasets(program: Command): void {
  const datasets = program
    .command("datasets")
    .description("List the known sources of data; make or inspect a data file.")
    .addHelpText(
      "after",
      `
Examples:
  narrows datasets
  narrows datasets list --json
  narrows datasets make corridors --samples 200000 --seed 0 --out corridors.csv
  narrows datasets inspect corridors.csv`,
    );

  datasets
    .command("list", { isDefault: true })
    .description("List the known sources of data.")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const { datasetSources } = await import("../../../data/sources/index.js");
      const rows = datasetSources.map(({ name, about, shape }) => ({
        name,
        about,
        keys: Object.keys(shape),
      }));
      if (json) return printJson(rows);
      for (const { name, about, keys } of rows) {
        printLine(`${name.padEnd(12)}${about}`);
        printLine(`${" ".repeat(12)}in a configuration: ${keys.join(", ")}`);
      }
    });

  const make = datasets.command("make").description("Draw a data set and write it as CSV.");
  registerMakeCorridors(make);
  registerInspect(datasets);
}
