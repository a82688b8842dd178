import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomic } from "../files/atomic.js";
import { readText } from "../files/read.js";
import { type Report, renderReport, renderReportPdf } from "../report/index.js";
import type { PaperFigure } from "../reproduction/figures/paper-figure.js";
import { writePanels } from "../reproduction/figures/write.js";
import { batchProgress } from "./progress/batch-progress.js";

/** Where a reproduction is written. */
export interface ReproductionFiles {
  readonly results: string;
  readonly report: string;
  readonly pdf: string;
  /** A folder of SVG and PNG files. */
  readonly panels: string;
}

/** What a reproduction came to. */
export interface WrittenReproduction {
  /** What results.json holds. */
  readonly document: unknown;
  readonly files: ReproductionFiles;
  /** False where all of it was there already. */
  readonly written: boolean;
}

/** Tells how far a phase is. */
export type Tell = (phase: string, done: number, of: number) => void;

/** A reproduction measured and drawn. */
export interface MadeReproduction {
  /** For results.json. */
  readonly numbers: object;
  readonly figures: readonly PaperFigure[];
  readonly report: Report;
}

/** As much of results.json as tells whether it still holds. */
const writtenSchema = z.object({ inputs: z.string(), files: z.array(z.string()) });

/**
 * Writes results.json, the report as a page and on paper, and every panel, results.json last, so that it stands for the whole.
 * What was written from the very same inputs is left as it is.
 * @param inputs a text that differs between any two reproductions that differ.
 * @param make called where something has to be written.
 * @throws UserError when a file cannot be written.
 */
export async function writeOnce(
  { out, inputs, quiet }: { readonly out: string; readonly inputs: string; readonly quiet: boolean },
  make: (tell: Tell) => Promise<MadeReproduction>,
): Promise<WrittenReproduction> {
  const files = {
    results: join(out, "results.json"),
    report: join(out, "report.html"),
    pdf: join(out, "report.pdf"),
    panels: join(out, "panels"),
  };
  const before = readWritten(files.results);
  if (before?.inputs === inputs && before.files.every((file) => existsSync(join(out, file)))) {
    return { document: before, files, written: false };
  }
  const progress = quiet ? { update() {}, stop() {} } : await batchProgress();
  try {
    const { numbers, figures, report } = await make(progress.update);
    progress.update("writing", 0, 3);
    const panels = await writePanels(figures, files.panels);
    progress.update("writing", 1, 3);
    writeFileAtomic(files.report, await renderReport(report));
    progress.update("writing", 2, 3);
    writeFileAtomic(files.pdf, await renderReportPdf(report));
    const document = {
      ...numbers,
      inputs,
      files: [files.report, files.pdf, ...panels].map((path) => below(out, path)),
    };
    writeFileAtomic(files.results, `${JSON.stringify(document, null, 2)}\n`);
    return { document, files, written: true };
  } finally {
    progress.stop();
  }
}

function below(folder: string, path: string): string {
  return path.slice(join(folder, "/").length);
}

/** What an earlier reproduction wrote; undefined where there is none that can be read, which is then written anew. */
function readWritten(path: string): (z.infer<typeof writtenSchema> & Record<string, unknown>) | undefined {
  if (!existsSync(path)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(readText(path));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return z.looseObject(writtenSchema.shape).safeParse(content).data;
}
