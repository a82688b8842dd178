import type { RowRange } from "../../../data/dataset.js";
import type { DatasetSummary } from "../../../data/inspect.js";
import { orderWords } from "../../split-line.js";
import { definitionLines } from "../../table.js";

const CLASSES_SHOWN = 10;
const grouped = (value: number) => value.toLocaleString("en-US");

/**
 * A summary as lines for people.
 * @param isTable whether the images are rows of a table with columns.
 * @param isInferred whether nobody said how these make an image.
 */
export function describeData(
  summary: DatasetSummary,
  { isTable, isInferred }: { isTable: boolean; isInferred: boolean },
): string[] {
  const [height, width, channels] = summary.imageShape;
  const inferred = isInferred ? ", inferred from the number of columns" : "";
  const { range, split } = summary;
  return [
    summary.name,
    ...definitionLines(
      [
        ["rows", grouped(summary.count)],
        ...(isTable ? [["columns", String(summary.columns)] as const] : []),
        height * width === 1
          ? ["codes", `of ${channels} dimensions`]
          : ["image shape", `${height} x ${width} x ${channels}${inferred}`],
        ["pixel value", range ? "float32" : `byte${summary.scale === 1 ? "" : " / 255"}`],
        range
          ? [
              "numbers",
              `${range.min.toPrecision(4)} to ${range.max.toPrecision(4)}, mean ${range.mean.toPrecision(4)}`,
            ]
          : ["bytes", shares(summary.values)],
        ...summary.labels.map(
          ({ name, min, max, distinct, classes }) =>
            [
              "label",
              `${name}: ${min} to ${max}, ${grouped(distinct)} different${classes ? `, ${shownClasses(classes)}` : ""}`,
            ] as const,
        ),
        ...(split ? [["split", splitText(split, summary.splitOrder)] as const] : []),
        ["fingerprint", summary.fingerprint],
      ],
      LABEL_WIDTH,
    ),
    ...(summary.cells ? describeCells(summary.cells, summary.labels) : []),
  ];
}

function splitText(
  { train, validation, test }: NonNullable<DatasetSummary["split"]>,
  order: DatasetSummary["splitOrder"],
): string {
  const parts = `train ${rows(train)}, validation ${rows(validation)}, test ${rows(test)}`;
  return `${parts}${order ? orderWords(order) : ""}`;
}

const rows = ([start, end]: RowRange) => `${grouped(start)} to ${grouped(end)}`;

/** What the numbers of a label mean, the first few. */
function shownClasses(classes: readonly string[]): string {
  const shown = classes.slice(0, CLASSES_SHOWN).map((name, place) => `${place} ${name}`);
  return `${shown.join(", ")}${classes.length > CLASSES_SHOWN ? ", ..." : ""}`;
}

/** Columns before the values of a summary. */
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

function describeCells(
  cells: NonNullable<DatasetSummary["cells"]>,
  labels: DatasetSummary["labels"],
): string[] {
  const counts = cells.map(({ images }) => images);
  const title = `images per label cell: ${cells.length} cells, ${grouped(Math.min(...counts))} to ${grouped(Math.max(...counts))}`;
  const [down, across] = labels;
  if (labels.length === 2 && down!.distinct <= 20 && across!.distinct <= 20) {
    return ["", title, `${down!.name} down, ${across!.name} across`, ...gridLines(cells)];
  }
  if (cells.length > 20) return ["", title];
  return [
    "",
    title,
    ...cells.map(({ labels: values, images }) => `  ${values.join(", ")}: ${grouped(images)}`),
  ];
}

/** The number of images for each pair of labels, as a table. */
function gridLines(cells: NonNullable<DatasetSummary["cells"]>): string[] {
  const across = [...new Set(cells.map((cell) => cell.labels[1]!))].sort((a, b) => a - b);
  const numbers = [...cells.map(({ images }) => images), ...across];
  const width = Math.max(...numbers.map((value) => String(value).length)) + 2;
  const pad = (text: string | number) => String(text).padStart(width);
  const found = new Map(cells.map(({ labels, images }) => [labels.join(), images]));
  const line = (down: number) =>
    pad(down) + across.map((value) => pad(found.get([down, value].join()) ?? 0)).join("");
  return [
    pad("") + across.map(pad).join(""),
    ...[...new Set(cells.map((cell) => cell.labels[0]!))].map(line),
  ];
}
