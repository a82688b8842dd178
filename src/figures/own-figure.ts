import type { Settings, ValuesOf } from "../settings/index.js";
import type { FigureSpec } from "./figure.js";

/** A label of images, such as a class. */
export interface FigureLabel {
  readonly name: string;
  /** [images], one number for each image. */
  readonly values: ArrayLike<number>;
}

/** What a run made of the images. */
export interface FigureRun {
  readonly name: string;
  /** What figures call it: its capacity where every run has one of its own, otherwise its name. */
  readonly title: string;
  /** As in its manifest. */
  readonly configuration: object;
  /** [images][D], centres of the codes. */
  readonly codes: readonly Float64Array[];
  /** On its own validation images, by name with units: `rateNats`, `distortion`, `squaredErrorPerPixel`, metrics of one's own. */
  readonly measured: Readonly<Record<string, number>>;
}

/** What a figure of one's own is drawn from: some 1,500 test images of the first run, and what every run makes of them. */
export interface FigureData {
  readonly labels: readonly FigureLabel[];
  readonly runs: readonly FigureRun[];
}

/** A figure of one's own. */
export interface OwnFigure {
  readonly kind: "figure";
  readonly name: string;
  /** One line for help. */
  readonly about: string;
  /** Options of the command. */
  readonly settings: Settings;
  draw(data: FigureData, settings: Readonly<Record<string, unknown>>): FigureSpec | Promise<FigureSpec>;
}

/**
 * A figure of your own, for `narrows figure NAME RUN --with FILE --out picture.svg` (docs/extending.md).
 * @param definition.name What the command calls it: small letters, digits and hyphens.
 * @param definition.settings Options of the command, by `whole`, `number`, `choice` and their kin.
 * @param definition.draw Plain data to a Vega-Lite specification; titles and units are yours.
 */
export function defineFigure<S extends Settings = Record<never, never>>(definition: {
  readonly name: string;
  readonly about: string;
  readonly settings?: S;
  draw(data: FigureData, settings: ValuesOf<S>): FigureSpec | Promise<FigureSpec>;
}): OwnFigure {
  const { name, about, settings = {}, draw } = definition;
  return { kind: "figure", name, about, settings, draw: (data, given) => draw(data, given as ValuesOf<S>) };
}
