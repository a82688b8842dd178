import type { RowRange } from "../../../data/dataset.js";
import type { DatasetSummary } from "../../../data/inspect.js";
import { printLine } from "../../output.js";
import { orderWords } from "../../split-line.js";
import { definitionLines } from "../../table.js";

const CLASSES_SHOWN = 10;
const grouped = (value: number) => value.toLocaleString("en-US");

/**
 * Prints a summary for people.
 * @param isTable whether the images are rows of a table with columns.
 * @param isInferred whether nobody said how these make an image.
 */
export function describeData(
  summary: DatasetSummary,
  { isTable, isInferred }: { isTable: boolean; isInferred: boolean },
): void {
  const [height, width, channels] = summary.imageShape;
  printLine(summary.name);
  printLine(`rows         ${grouped(summary.count)}`);
  if (isTable) printLine(`columns      ${summary.columns}`);
  const inferred = isInferred ? ", inferred from the number of columns" : "";
  if (height * width === 1) printLine(`codes        of ${channels} dimensions`);
  else printLine(`image shape  ${height} x ${width} x ${channels}${inferred}`);
  printLine(`pixel value  ${summary.range ? "float32" : `byte${summary.scale === 1 ? "" : " / 255"}`}`);
  if (summary.range) {
    const { min, max, mean } = summary.range;
    printLine(`numbers      ${min.toPrecision(4)} to ${max.toPrecision(4)}, mean ${mean.toPrecision(4)}`);
  } else
    for (const line of definitionLines([["bytes", shares(summary.values)]], LABEL_WIDTH)) printLine(line);
  for (const { name, min, max, distinct, classes } of summary.labels) {
    printLine(
      `label        ${name}: ${min} to ${max}, ${grouped(distinct)} different${classes ? `, ${shownClasses(classes)}` : ""}`,
    );
  }
  if (summary.split) {
    const { train, validation, test } = summary.split;
    const order = summary.splitOrder ? orderWords(summary.splitOrder) : "";
    printLine(
      `split        train ${rows(train)}, validation ${rows(validation)}, test ${rows(test)}${order}`,
    );
  }
  printLine(`fingerprint  ${summary.fingerprint}`);
  if (summary.cells) describeCells(summary.cells, summary.labels);
}

const rows = ([start, end]: RowRange) => `${grouped(start)} to ${grouped(end)}`;

/** What the numbers of a label stand for, the first few. */
function shownClasses(classes: readonly string[]): string {
  const shown = classes.slice(0, CLASSES_SHOWN).map((name, place) => `${place} ${name}`);
  return `${shown.join(", ")}${classes.length > CLASSES_SHOWN ? ", ..." : ""}`;
}

/** What stands before the values of a summary. */
const LABEL_WIDTH = 13;
const SHARES_PER_LINE = 4;

/** The share of each value, or of each sixteenth of the range when there are many values, a few a line. */
function shares(values: DatasetSummary["values"]): string {
  const pixels = values.reduce((sum, entry) => sum + entry.pixels, 0);
  const percent = (part: number) => `${((100 * part) / pixels).toFixed(1)} %`;
  if (values.length <= 8) return inLines(values.map((entry) => `${entry.value}: ${percent(entry.pixels)}`));
  const bins = new Float64Array(16);
  for (const entry of values) bins[entry.value >> 4] += entry.pixels;
  return inLines([...bins].map((part, i) => `${16 * i}-${16 * i + 15}: ${percent(part)}`));
}

function inLines(items: readonly string[]): string {
  const starts = items.flatMap((_, k) => (k % SHARES_PER_LINE === 0 ? [k] : []));
  return starts.map((k) => items.slice(k, k + SHARES_PER_LINE).join(", ")).join(",\n");
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
