import type { PlannedRun } from "../plans/plan.js";
import type { Fact, Report, Section } from "../report/report.js";
import { type PaperFigure, sentences } from "./figures/paper-figure.js";
import { reproductionSections } from "./figures/sections.js";
import type { RunOutcome } from "./measured-once.js";
import { DIFFERENCES_HEADING, type Difference, differencesSentence, differencesTable } from "./reductions.js";
import type { Claim } from "./statements/claim.js";
import { claimsSections } from "./statements/sections.js";
import { NOTHING } from "./tables/cells.js";
import { type Column, type PaperTable, paperTable, words } from "./tables/table.js";

/** What the page of a reproduction is made of. */
export interface ReportParts {
  /** Title of the paper. */
  readonly title: string;
  readonly subtitle: string;
  readonly facts: readonly Fact[];
  readonly differences: readonly Difference[];
  readonly claims: readonly Claim[];
  readonly figures: readonly PaperFigure[];
  readonly tables: readonly PaperTable[];
  /** The whole command that makes the same again. */
  readonly command: string;
}

/**
 * The page of a reproduction: the paper's statements, what differs, its figures from our runs, and the
 * numbers behind them.
 */
export function reproductionReport(parts: ReportParts): Report {
  const { title, subtitle, facts, differences, claims, figures, tables, command } = parts;
  return {
    title: `${title}, reproduced`,
    subtitle,
    facts,
    sections: [
      ...withNote(claimsSections(claims), differences),
      ...differencesTable(differences).map(({ section }) => section),
      ...figures.flatMap((figure) => withNote(reproductionSections([figure]), differences, figure.concerns)),
      ...tables.flatMap(({ section, concerns }) => withNote([section], differences, concerns)),
    ],
    footer: `Made by Narrows. Again: ${command}`,
  };
}

/** A caption with a sentence more. */
function noted(caption: string, note: string): string {
  return sentences(caption === "" || /[.?!]$/.test(caption) ? caption : `${caption}.`, note);
}

/** Sections of which each table refers to the table of differences, where some concern it. */
function withNote(
  sections: readonly Section[],
  differences: readonly Difference[],
  concerns?: readonly string[],
): Section[] {
  if (differencesSentence(differences, concerns) === "") return [...sections];
  return sections.map((section) =>
    section.kind === "table"
      ? { ...section, caption: noted(section.caption ?? "", `See also: ${DIFFERENCES_HEADING}.`) }
      : section,
  );
}

/** A figure with what differs from the paper in its captions. */
export function withDifferences(figure: PaperFigure, differences: readonly Difference[]): PaperFigure {
  const note = differencesSentence(differences, figure.concerns);
  if (note === "") return figure;
  return {
    ...figure,
    caption: noted(figure.caption, note),
    panels: figure.panels.map((panel) => ({
      ...panel,
      spec: { ...panel.spec, caption: noted(panel.spec.caption, note) },
    })),
  };
}

/** Every run by itself, as it stands: what failed says why. */
export function runsTable<Planned extends PlannedRun>(
  plan: readonly Planned[],
  columns: readonly Column<Planned>[],
  outcomeOf: (planned: Planned) => RunOutcome,
): PaperTable[] {
  return paperTable(
    { heading: "All runs", caption: "Every run of the plan.", folded: true, concerns: [] },
    plan,
    [
      words("Model", ({ name }) => name),
      ...columns,
      words("Run", (planned) => outcomeOf(planned).run ?? NOTHING),
      words("State", (planned) => {
        const { reason, status } = outcomeOf(planned);
        return reason ?? status;
      }),
    ],
  );
}
