import type { Command } from "commander";
import type { DatasetSummary } from "../../../data/inspect.js";
import { UserError } from "../../../errors.js";
import { printJson, printLine } from "../../output.js";

interface InspectOptions {
  readonly height?: string;
  readonly width?: string;
  readonly channels?: string;
  readonly labels?: string;
  readonly preview?: string;
  readonly json?: boolean;
}

export function registerInspect(datasets: Command): void {
  datasets
    .command("inspect")
    .description("Show what a data file holds: rows, image shape, values, labels, the first images.")
    .argument("<file>", "a CSV file of images, one a row, without a header")
    .option("--height <n>", "rows of an image, where it is no square")
    .option("--width <n>", "columns of an image, where it is no square")
    .option("--channels <n>", "values per pixel (default: 1)")
    .option("--labels <n>", "label columns after the pixels (default: inferred up to 2)")
    .option("--preview <n>", "draw the first n images (default: 4 on a terminal, otherwise none)")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  narrows datasets inspect corridors.csv
  narrows datasets inspect scans.csv --height 24 --width 32 --labels 3 --json`,
    )
    .action(inspect);
}

async function inspect(path: string, { json, preview, ...layout }: InspectOptions): Promise<void> {
  const [{ datasetSchema, loadDataset }, { summarize }, { previewImages }] = await Promise.all([
    import("../../../data/sources/index.js"),
    import("../../../data/inspect.js"),
    import("../../../data/preview.js"),
  ]);
  const shown = preview === undefined ? Number(process.stdout.isTTY === true) * 4 : count("preview", preview);
  const entries = Object.entries(layout).map(([key, text]) => [key, count(key, text)]);
  const spec = datasetSchema.parse({ file: path, ...Object.fromEntries(entries) });
  const dataset = loadDataset(spec);
  const summary = summarize(dataset);
  if (json) return printJson(summary);
  describe(summary, entries.length === 0);
  if (shown > 0) {
    printLine();
    for (const line of previewImages(dataset, shown, process.stdout.columns ?? 110)) printLine(line);
  }
}

function count(name: string, text: string): number {
  const least = name === "labels" || name === "preview" ? 0 : 1;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= 65_536) return value;
  throw new UserError({
    where: `--${name} ${text}`,
    what: "not such a number",
    remedy: `Give a whole number from ${least} to 65536`,
  });
}

const grouped = (value: number) => value.toLocaleString("en-US");

function describe(summary: DatasetSummary, inferred: boolean): void {
  const [height, width, channels] = summary.imageShape;
  const pixels = summary.values.reduce((sum, entry) => sum + entry.pixels, 0);
  printLine(summary.name);
  printLine(`rows         ${grouped(summary.count)}`);
  printLine(`columns      ${summary.columns}`);
  printLine(
    `image shape  ${height} x ${width} x ${channels}${inferred ? ", inferred from the number of columns" : ""}`,
  );
  printLine(`pixel value  byte${summary.scale === 1 ? "" : " / 255"}`);
  printLine(`bytes        ${shares(summary.values, pixels)}`);
  for (const { name, min, max, distinct } of summary.labels) {
    printLine(`label        ${name}: ${min} to ${max}, ${grouped(distinct)} different`);
  }
  printLine(`fingerprint  ${summary.fingerprint}`);
  if (summary.cells) describeCells(summary.cells, summary.labels);
}

/** The share of each value, or of each sixteenth of the range when there are many values. */
function shares(values: DatasetSummary["values"], pixels: number): string {
  const percent = (part: number) => `${((100 * part) / pixels).toFixed(1)} %`;
  if (values.length <= 8) return values.map((entry) => `${entry.value}: ${percent(entry.pixels)}`).join(", ");
  const bins = new Float64Array(16);
  for (const entry of values) bins[entry.value >> 4] += entry.pixels;
  return [...bins].map((part, i) => `${16 * i}-${16 * i + 15}: ${percent(part)}`).join(", ");
}

function describeCells(cells: NonNullable<DatasetSummary["cells"]>, labels: DatasetSummary["labels"]): void {
  const counts = cells.map(({ images }) => images);
  printLine();
  printLine(
    `images per label cell: ${cells.length} cells, ${grouped(Math.min(...counts))} to ${grouped(Math.max(...counts))}`,
  );
  const [rows, columns] = labels;
  if (labels.length === 2 && rows.distinct <= 20 && columns.distinct <= 20) {
    const across = [...new Set(cells.map((cell) => cell.labels[1]))].sort((a, b) => a - b);
    const width = Math.max(...[...counts, ...across].map((value) => String(value).length)) + 2;
    const pad = (text: string | number) => String(text).padStart(width);
    printLine(`${rows.name} down, ${columns.name} across`);
    printLine(pad("") + across.map(pad).join(""));
    for (const down of new Set(cells.map((cell) => cell.labels[0]))) {
      const found = new Map(
        cells.filter((cell) => cell.labels[0] === down).map((cell) => [cell.labels[1], cell.images]),
      );
      printLine(pad(down) + across.map((value) => pad(found.get(value) ?? 0)).join(""));
    }
  } else if (cells.length <= 20) {
    for (const { labels: values, images } of cells) printLine(`  ${values.join(", ")}: ${grouped(images)}`);
  }
}
