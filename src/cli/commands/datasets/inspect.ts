import type { Command } from "commander";
import { isTableFile } from "../../../data/csv/endings.js";
import { UserError } from "../../../errors.js";
import { type CsvFlags, takesCsv } from "../../csv-options.js";
import { printJson, printLine, warn } from "../../output.js";

interface InspectOptions extends CsvFlags {
  readonly source?: string;
  readonly height?: string;
  readonly width?: string;
  readonly channels?: string;
  readonly labels?: string;
  readonly skipOthers?: boolean;
  readonly preview?: string;
  readonly json?: boolean;
}

export function registerInspect(datasets: Command): void {
  const command = datasets
    .command("inspect")
    .description("Show what data hold: rows, image shape, values, labels, split, the first images.")
    .argument(
      "<path>",
      "a .csv, .npy or .npz file, a folder or .zip of images, files of a published data set or their folder, or a configuration",
    )
    .option("--source <name>", "read it as this source, whatever it looks like: see narrows datasets")
    .option("--height <n>", "rows of an image, where it is no square")
    .option("--width <n>", "columns of an image, where it is no square")
    .option("--channels <n>", "values per pixel (default: 1)")
    .option("--labels <n>", "label columns after the pixels (default: inferred up to 2), or after the codes")
    .option("--skip-others", "of a folder or .zip: pass over files that are no PNG or JPEG images")
    .option("--preview <n>", "draw the first n images (default: 4 on a terminal, otherwise none)")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
A configuration (.yaml) shows the data that it names, with all its options, and the split that it takes.

Examples:
  narrows datasets inspect corridors.csv
  narrows datasets inspect scans.csv --height 24 --width 32 --labels 3 --json
  narrows datasets inspect data/mnist
  narrows datasets inspect photographs.zip --preview 2
  narrows datasets inspect codes.csv --source codes --labels 2
  narrows datasets inspect my-experiment.yaml`,
    )
    .action(inspect);
  takesCsv(command);
}

async function inspect(
  path: string,
  { json, preview, source, skipOthers, delimiter, header, index, labelColumn, ...layout }: InspectOptions,
): Promise<void> {
  const [{ loadDataset }, { summarize }, { previewImages }, { chooseData }] = await Promise.all([
    import("../../../data/sources/index.js"),
    import("../../../data/inspect.js"),
    import("../../../data/preview.js"),
    import("./choose-data.js"),
  ]);
  const { describeData } = await import("./describe-data.js");
  const shown = preview === undefined ? Number(process.stdout.isTTY === true) * 4 : count("preview", preview);
  const given = Object.entries(layout).map(([key, text]) => [key, count(key, text)] as const);
  const csv = Object.entries({ delimiter, header, index, labelColumn }).filter(
    ([, value]) => value !== undefined,
  );
  const { spec, splitOf, orderOf } = chooseData(path, source, {
    ...Object.fromEntries([...given, ...csv]),
    ...(skipOthers && { skipOthers }),
  });
  const dataset = loadDataset(spec);
  for (const warning of dataset.warnings ?? []) warn(warning);
  const order = orderOf(dataset);
  const summary = {
    ...summarize(dataset),
    split: splitOf(dataset),
    ...(order && { splitOrder: { seed: order.seed, by: order.by } }),
  };
  if (json) return printJson(summary);
  const isTable = spec.file !== undefined && isTableFile(spec.file);
  describeData(summary, { isTable, isInferred: isTable && given.length === 0 });
  // Codes are no images: there is nothing to see in them.
  if (shown > 0 && spec.codes === undefined) {
    printLine();
    for (const line of previewImages(dataset, shown, process.stdout.columns ?? 110)) printLine(line);
  }
}

function count(name: string, text: string): number {
  const minimum = name === "labels" || name === "preview" ? 0 : 1;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= minimum && value <= 65_536) return value;
  throw new UserError({
    where: `--${name} ${text}`,
    what: "not such a number",
    remedy: `Give a whole number from ${minimum} to 65536`,
  });
}
