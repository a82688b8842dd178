import type { TopLevelSpec } from "vega-lite";
import { refuse } from "../errors.js";
import { assertNumericArray, type NumericArray } from "../numeric-array.js";
import type { FigureTable } from "./table.js";

/**
 * A figure before it is drawn: one declarative specification from which SVG, PNG, PDF and an interactive page come.
 * Colours of ink and paper are left to the theme, so that the same figure reads on a light and on a dark page.
 */
export interface FigureSpec {
  /** Kind of figure as registered (`latent-map`, ...); also the stem of a downloaded file. */
  readonly name: string;
  readonly title: string;
  /** One or two sentences: what is drawn, in which units. Also read out by screen readers. */
  readonly caption: string;
  /** What a reader has to know of these data, such as what was left out: each ends the caption, and is a warning of a command. */
  readonly notes?: readonly string[];
  readonly spec: TopLevelSpec;
  readonly table: FigureTable;
}

/** Figures of one size that follow each other: a picture that moves. */
export interface Animation {
  /** Stem of a downloaded file. */
  readonly name: string;
  readonly title: string;
  readonly frames: readonly FigureSpec[];
  readonly framesPerSecond: number;
}

/** Options of every figure; the theme is chosen when it is drawn. */
export interface FigureOptions {
  readonly title?: string;
  readonly caption?: string;
  /** Drawn above the picture in small letters. Default: what the bars mean, where there are any. */
  readonly subtitle?: string;
}

type Part = Extract<TopLevelSpec, { hconcat: unknown }>["hconcat"][number];

/** Several marks on common axes. */
export type LayerSpec = Extract<Part, { layer: unknown }>;
/** One mark and its encoding, as it stands in a layer. */
export type UnitSpec = Extract<LayerSpec["layer"][number], { mark: unknown }>;

/** What a kind of figure says of itself where the caller does not. */
interface FigureWords {
  readonly title: string;
  /** Sentences; empty ones are left out. */
  readonly caption: readonly string[];
  readonly subtitle?: string;
}

/** A figure of its parts: the words that the caller chose, and the defaults of the kind elsewhere. */
export function figure(
  name: string,
  options: FigureOptions,
  words: FigureWords,
  spec: TopLevelSpec,
  table: FigureTable,
): FigureSpec {
  const subtitle = options.subtitle ?? words.subtitle ?? "";
  return {
    name,
    title: options.title ?? words.title,
    caption: options.caption ?? words.caption.filter((sentence) => sentence !== "").join(" "),
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      ...spec,
      ...(subtitle === ""
        ? {}
        : { title: { text: subtitle, fontSize: 11, fontWeight: "normal", offset: 10 } }),
    },
    table,
  };
}

/** A figure with what a reader has to know of its data, as its notes and in its caption. */
export function withNotes(figure: FigureSpec, notes: readonly string[]): FigureSpec {
  if (notes.length === 0) return figure;
  const sentences = notes.map((note) => `${note[0].toUpperCase()}${note.slice(1)}.`);
  return { ...figure, caption: [figure.caption, ...sentences].join(" "), notes };
}

/** @throws UserError at `where` saying that nothing was given, unless there is at least one. */
export function requireSome(found: { readonly length: number }, where: string, what: string): void {
  if (found.length > 0) return;
  refuse(where, `no ${what} given`, `Give at least one ${what}`);
}

/** @throws UserError naming the first of some named things whose name another has. */
export function requireDistinct(all: readonly { readonly name: string }[], figure: string): void {
  const twice = all.find(({ name }, k) => all.findIndex((other) => other.name === name) !== k);
  if (!twice) return;
  refuse(
    `${figure}, ${twice.name}`,
    "two curves have this name",
    "Put their points together, or give them different names",
  );
}

/**
 * Checks that an array has `axes` axes and as many elements as its shape says, none of them empty.
 * @throws UserError naming `where` and the shape found.
 */
export function requireShape(array: NumericArray, axes: readonly string[], where: string): void {
  assertNumericArray(array, where);
  const wanted = `[${axes.join(", ")}]`;
  if (array.shape.length === axes.length && array.data.length > 0) return;
  refuse(
    where,
    `the array has shape [${array.shape.join(", ")}], but ${wanted} is needed`,
    `Give a non-empty array of shape ${wanted}`,
  );
}

/** @throws UserError at `where` with both shapes, unless the array has the shape of the first of its kind. */
export function requireSameShape(found: NumericArray, first: NumericArray, where: string, of: string): void {
  if (found.shape.join() === first.shape.join()) return;
  refuse(
    where,
    `shape [${found.shape.join(", ")}] differs from [${first.shape.join(", ")}] of ${of}`,
    "Give arrays of one shape, or draw them in separate figures",
  );
}

/**
 * Checks that two lists which belong together are equally long.
 * @throws UserError naming `where` and both lengths.
 */
export function requireLength(found: number, wanted: number, where: string, of: string): void {
  if (found === wanted) return;
  refuse(where, `${found} given for ${wanted} ${of}`, `Give one for each of the ${wanted} ${of}`);
}

/**
 * Checks that there is a number, and that every one of them is finite.
 * @throws UserError naming `where` and the first that is not.
 */
export function requireFinite(values: ArrayLike<number>, where: string): void {
  requireSome(values, where, "value");
  for (let k = 0; k < values.length; k++) {
    if (Number.isFinite(values[k])) continue;
    refuse(where, `value ${k} is not finite (${values[k]})`, "Leave it out, or check where it comes from");
  }
}
