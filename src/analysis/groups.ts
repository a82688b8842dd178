import { type Labels, toLabels } from "../geometry/index.js";
import type { DataLabel } from "./labels.js";

/** Images sorted by one label, or by the pairs of values of two. */
export interface Groups {
  /** `digit`, or `digit, colour`. */
  readonly title: string;
  /** One for each label: its classes in order, and how they were made, where they are bins of its values. */
  readonly axes: readonly Axis[];
  /** The classes by their places on the axes (rule G2). */
  readonly labels: Labels;
  /** The name of each class of the labels: `3`, or `3, red`. */
  readonly names: readonly string[];
}

/** One label of groups: its classes in order, and how they were made. */
export interface Axis {
  readonly name: string;
  readonly kind: DataLabel["kind"];
  readonly classes: readonly string[];
  /** [classes], the value of each class, the mean of a bin. */
  readonly values: readonly number[];
  /** How many bins the values were sorted into; undefined where every value is a class. */
  readonly bins: number | undefined;
}

/** A quantity of more different values than these, or of fewer than two images a value, is sorted into bins. */
const MAX_VALUES = 40;
const BINS = 10;
/** Two labels are a plane where at least this share of its cells holds an image. */
const FILLED = 0.5;
const MAX_CELLS = 1024;

/**
 * Groups for figures (rule G18): two labels whose pairs of values mostly occur are one plane, all others are taken one by one.
 * Quantities as {@link groupBy}.
 */
export function groupsBy(labels: readonly DataLabel[]): Groups[] {
  if (labels.length === 2) {
    const plane = groupBy(labels);
    const cells = plane.axes.reduce((product, { classes }) => product * classes.length, 1);
    if (cells <= MAX_CELLS && plane.labels.classes.length >= FILLED * cells) return [plane];
  }
  return labels.map((label) => groupBy([label]));
}

/**
 * Images of the same values of all labels are a group (rule G18). Quantities of more than 40 different values are sorted into ten bins that
 * hold about equally many images.
 */
export function groupBy(labels: readonly DataLabel[]): Groups {
  const sorted = labels.map(axisOf);
  const axes = sorted.map(({ axis }) => axis);
  const count = labels[0]!.values.length;
  const data = Float64Array.from(
    { length: count * axes.length },
    (_, k) => sorted[k % axes.length]!.values[Math.floor(k / axes.length)]!,
  );
  const title = axes.map(({ name }) => name).join(", ");
  const classes = toLabels({ shape: [count, axes.length], data }, `classes of ${title}`);
  const names = classes.classes.map((row) =>
    row.map((value, k) => axes[k]!.classes[axes[k]!.values.indexOf(value)]!).join(", "),
  );
  return { title, axes, labels: classes, names };
}

/** The names of classes that one image alone is of. */
export function classesOfOneImage({ labels, names }: Groups): string[] {
  return names.filter((_, k) => labels.sizes[k] === 1);
}

/** The classes of a label, and for each image the value of its class. */
function axisOf({ name, kind, values, names }: DataLabel): { axis: Axis; values: ArrayLike<number> } {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const isFew = distinct.length <= MAX_VALUES && 2 * distinct.length <= values.length;
  if (kind === "categories" || isFew) {
    const classes = distinct.map((value) => names?.[value] ?? numberText(value, 6));
    return { axis: { name, kind, classes, values: distinct, bins: undefined }, values };
  }
  const ordered = values.toSorted();
  const starts = [
    ...new Set(Array.from({ length: BINS }, (_, k) => ordered[Math.floor((ordered.length * k) / BINS)]!)),
  ];
  const binOf = (value: number) => starts.findLastIndex((start) => start <= value);
  const bins = starts.map((_, k) => ordered.filter((value) => binOf(value) === k));
  const means = bins.map((bin) => bin.reduce((sum, value) => sum + value, 0) / bin.length);
  const classes = bins.map((bin) => `${numberText(bin[0]!, 3)} to ${numberText(bin.at(-1)!, 3)}`);
  return {
    axis: { name, kind, classes, values: means, bins: bins.length },
    values: Array.from(values, (value) => means[binOf(value)]!),
  };
}

function numberText(value: number, digits: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(digits)));
}
