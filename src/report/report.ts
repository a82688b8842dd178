/** What a report says, as plain data: whoever fills it in knows nothing of HTML, and all text is escaped. */
import type { FigureSpec } from "../figures/index.js";

/** A page: title, facts about how it was made, sections, and a last line. */
export interface Report {
  readonly title: string;
  readonly subtitle?: string;
  /** What was run, as short pairs under the title: dataset, preset, version, date, time taken. */
  readonly facts?: readonly Fact[];
  readonly sections: readonly Section[];
  /** Last line of the page, e.g. the command that writes it again. */
  readonly footer?: string;
}

/** A name and its value, as short texts. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What every section of a page has. */
export interface SectionBase {
  readonly heading?: string;
  /** Paragraphs before the section's content. */
  readonly text?: readonly string[];
}

/** Paragraphs alone. */
export interface ProseSection extends SectionBase {
  readonly kind: "prose";
}

/** Large numbers in a row. */
export interface KeyFiguresSection extends SectionBase {
  readonly kind: "key-figures";
  readonly keyFigures: readonly KeyFigure[];
}

/** A number in large type, with its label, unit, and what to compare it with. */
export interface KeyFigure {
  readonly label: string;
  /** The number as it shall be read, e.g. `0.0533`. */
  readonly value: string;
  readonly unit?: string;
  /** What to compare it with, e.g. `published 0.0533`. */
  readonly note?: string;
}

/** A table, with a caption. */
export interface TableSection extends SectionBase {
  readonly kind: "table";
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly caption?: string;
  /** Shown only when opened, for long tables such as a resolved configuration. */
  readonly folded?: boolean;
}

/** A column of a table: its title, and the side to which its texts are aligned. */
export interface TableColumn {
  readonly title: string;
  /** Default `start`; numbers read better at the `end`. */
  readonly align?: "start" | "end";
}

/** Figures below or, where the page is wide enough, next to each other. */
export interface FiguresSection extends SectionBase {
  readonly kind: "figures";
  readonly figures: readonly FigureSpec[];
}

/** The same things of two (or more) models side by side: the effect of the rate limit. */
export interface ComparisonSection extends SectionBase {
  readonly kind: "comparison";
  readonly sides: readonly ComparisonSide[];
}

/** One of two sides that are compared: its title, numbers and figures. */
export interface ComparisonSide {
  readonly title: string;
  readonly subtitle?: string;
  readonly keyFigures?: readonly KeyFigure[];
  /** What is not as it was meant, a sentence each. */
  readonly warnings?: readonly string[];
  /** Where there is more to see, below the numbers. */
  readonly links?: readonly ReportLink[];
  readonly figures?: readonly FigureSpec[];
}

/** Where a reader may go from here; the page itself asks nothing of it. */
export interface ReportLink {
  readonly text: string;
  /** An https or http address; without one the text alone is printed. */
  readonly address?: string;
}

/** Number of a figure; that of an appendix is a text, such as `A1`. */
export type FigureNumber = number | string;

/** A figure of several lettered drawings under one caption, in a grid that follows the width of the page. */
export interface PanelsSection extends SectionBase {
  readonly kind: "panels";
  /** Its number, which may be that of another publication: `Figure 5`. */
  readonly number: FigureNumber;
  readonly title: string;
  readonly caption: string;
  readonly panels: readonly ReportPanel[];
}

/** A panel of a figure, with its letter and title. */
export interface ReportPanel {
  /** `A`, `D1`; unique within its figure. */
  readonly letter: string;
  readonly title: string;
  readonly figure: FigureSpec;
}

/** A section of a page, of one of six kinds. */
export type Section =
  | ProseSection
  | KeyFiguresSection
  | TableSection
  | FiguresSection
  | ComparisonSection
  | PanelsSection;

const SIGNIFICANT_DIGITS = 6;

/** A cell of a table as people read it. */
export function cellText(value: string | number): string {
  return typeof value === "string" ? value : String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}

/** A panel's letter as it may stand in a file name or an id. */
export function panelKey(letter: string): string {
  return letter.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

/**
 * Stem of a panel's file, the same in a folder and in a download: `figure-05-a`, `figure-a1-b`.
 * @param number of the figure.
 * @param letter of the panel.
 */
export function panelFile(number: FigureNumber, letter: string): string {
  return `figure-${panelKey(String(number).padStart(2, "0"))}-${panelKey(letter)}`;
}
