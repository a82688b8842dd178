import { existsSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { writeFileAtomic } from "../files/atomic.js";
import { readText } from "../files/read.js";
import { once } from "../once.js";
import { nodeDevice } from "../onnx/node.js";
import type { PlanOutcome } from "../plans/execute.js";
import type { PlannedRun } from "../plans/plan.js";
import { renderReport, renderReportPdf } from "../report/index.js";
import { versions } from "../training/about-run.js";
import type { Choice, Definition, WriteOptions } from "./definition.js";
import { inPaperOrder } from "./figures/paper-figure.js";
import { writePanels } from "./figures/write.js";
import { hashOf, measuringOf, outcomeOf } from "./measured-once.js";
import { type DataSet, DIFFERENCES_HEADING, differences as differencesOf } from "./reductions.js";
import { reproductionReport, runsTable, withDifferences } from "./report.js";
import type { PaperTable } from "./tables/table.js";

/** Where a reproduction is written. */
export interface ReproductionFiles {
  /** results.json. */
  readonly results: string;
  readonly report: string;
  readonly pdf: string;
  /** A folder of SVG and PNG files. */
  readonly panels: string;
}

/** What a reproduction came to. */
export interface WrittenReproduction {
  /** What results.json holds. */
  readonly document: WrittenDocument;
  readonly files: ReproductionFiles;
  /** False where all of it was there already. */
  readonly written: boolean;
  /** For a terminal. */
  readonly tables: readonly PaperTable[];
}

/** The part of results.json that says whether it is current, and what the paper's statements came to. */
const documentSchema = z.looseObject({
  inputs: z.string(),
  files: z.array(z.string()),
  claims: z.array(z.looseObject({ verdict: z.string() })),
});

/** What results.json says of itself. */
export interface WrittenDocument {
  /** Checksum of all that the results depend on. */
  readonly inputs: string;
  /** Paths below the folder of what is written. */
  readonly files: readonly string[];
  readonly claims: readonly { readonly verdict: string }[];
}

/** What is said of a reproduction that differs from the paper. */
const REDUCED = `Not trained as published: "${DIFFERENCES_HEADING}" says where. Numbers are to be compared with the published ones only with this in mind.`;

/**
 * Measures what the runs of a plan came to, and writes results.json, the report as a page and on paper, and
 * every panel; results.json last: where it is, all is. What was written from the very same results is left as
 * it is.
 * @throws UserError when a run cannot be read, or a file cannot be written.
 */
export async function writeReproduction<
  Values extends { readonly seeds: number },
  Data extends DataSet,
  Planned extends PlannedRun,
  Results extends object,
  Findings,
>(
  definition: Definition<Values, Data, Planned, Results, Findings>,
  choice: Choice<Values, Data>,
  trained: {
    readonly plan: readonly Planned[];
    readonly outcomes: readonly PlanOutcome[];
    readonly runs: string;
  },
  { out, device, threads, force, command, progress }: WriteOptions,
): Promise<WrittenReproduction> {
  const { title, presets } = definition;
  const { recipe, data } = choice;
  const { plan, outcomes, runs } = trained;
  const version = versions().narrows;
  const files = filesIn(out);
  const measuring = measuringOf(new Map(outcomes.map((outcome) => [outcome.planned, outcome])), {
    runs,
    measured: join(out, "measured"),
    device: once(() => nodeDevice(device, threads)),
    version,
    anew: force,
    onMeasured: (done, of) => progress("measuring", done, of),
  });
  const results = await definition.measure(choice, plan, measuring);
  const tables = definition.tables(results, choice);
  const inputs = hashOf(version, choice, results);
  const before = force ? undefined : readDocument(files.results);
  if (before?.inputs === inputs && before.files.every((file) => existsSync(join(out, file)))) {
    return { document: before, files, written: false, tables };
  }

  const tools = { choice, measuring, progress };
  // Without an analysis the findings are the results.
  const findings = definition.analyse
    ? await definition.analyse(results, tools)
    : (results as unknown as Findings);
  const claims = definition.statements(findings);
  const differences = differencesOf(
    definition.reported,
    recipe,
    { ...presets.paper, preset: "paper" as const },
    data,
  );
  progress("drawing the figures", 0, 1);
  const figures = inPaperOrder(await definition.figures(findings, tools)).map((figure) =>
    withDifferences(figure, differences),
  );
  const finished = outcomes.map(outcomeOf).filter(({ status }) => status === "finished").length;
  const report = reproductionReport({
    title,
    subtitle: [differences.length === 0 ? definition.asPublished : REDUCED, definition.remark?.(recipe) ?? ""]
      .join(" ")
      .trim(),
    facts: [
      { name: "Preset", value: recipe.preset },
      ...(data.length > 0 ? [{ name: "Data", value: data.map((set) => set.title).join(", ") }] : []),
      { name: "Runs", value: `${finished} of ${plan.length} finished` },
      { name: "Seeds", value: String(recipe.seeds) },
      { name: "Narrows", value: version },
    ],
    differences,
    claims,
    figures,
    tables: [
      ...tables,
      ...(definition.furtherTables?.(findings, choice) ?? []),
      ...runsTable(plan, definition.runColumns?.(results) ?? [], measuring.outcomeOf),
    ],
    command,
  });
  progress("writing", 0, 3);
  const panels = await writePanels(figures, files.panels);
  progress("writing", 1, 3);
  writeFileAtomic(files.report, await renderReport(report));
  progress("writing", 2, 3);
  writeFileAtomic(files.pdf, await renderReportPdf(report));
  const document = {
    paper: title,
    recipe,
    data: data.map((set) => ({ reduction: null, ...set })),
    differences,
    claims,
    ...(definition.numbers?.(findings, choice) ?? results),
    inputs,
    files: [files.report, files.pdf, ...panels].map((path) => path.slice(join(out, "/").length)),
  };
  writeFileAtomic(files.results, `${JSON.stringify(document, null, 2)}\n`);
  return { document, files, written: true, tables };
}

function filesIn(out: string): ReproductionFiles {
  return {
    results: join(out, "results.json"),
    report: join(out, "report.html"),
    pdf: join(out, "report.pdf"),
    panels: join(out, "panels"),
  };
}

/**
 * What an earlier reproduction wrote; undefined if there is none that can be read; it is then written again.
 */
function readDocument(path: string): WrittenDocument | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return documentSchema.safeParse(JSON.parse(readText(path))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
