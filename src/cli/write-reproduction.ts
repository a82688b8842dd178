import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomic } from "../files/atomic.js";
import { readText } from "../files/read.js";
import { nodeDevice } from "../onnx/node.js";
import { gatherAtlas } from "../papers/geometry-of-efficient-codes/gather.js";
import { paperFigures, writePanels } from "../papers/geometry-of-efficient-codes/panels/index.js";
import {
  inputsOf,
  reproductionOf,
  type TrainedResults,
} from "../papers/geometry-of-efficient-codes/reproduction.js";
import { reproductionReport } from "../papers/geometry-of-efficient-codes/reproduction-report.js";
import { renderReport, renderReportPdf } from "../report/index.js";
import { versions } from "../training/about-run.js";
import { batchProgress } from "./progress/batch-progress.js";

/** Where a reproduction is written. */
export interface ReproductionFiles {
  readonly results: string;
  readonly report: string;
  readonly pdf: string;
  /** A folder of SVG and PNG files. */
  readonly panels: string;
}

/** How a reproduction is written. */
interface WriteOptions {
  /** Folder of the runs. */
  readonly runs: string;
  /** Folder of what is written. */
  readonly out: string;
  /** Says nothing while it works. */
  readonly quiet: boolean;
  /** The command that does the same again. */
  readonly command: string;
}

/** As much of results.json as tells whether it still holds. */
const writtenSchema = z.object({ inputs: z.string(), files: z.array(z.string()) });

/**
 * Measures and draws what the trainings came to, and writes it: results.json last, so that it stands for the whole. What
 * was written from the very same results is left as it is.
 * @returns what results.json holds.
 * @throws UserError when a run cannot be read, or a file cannot be written.
 */
export async function writeReproduction(
  trained: TrainedResults,
  { runs, out, quiet, command }: WriteOptions,
): Promise<{ document: unknown; files: ReproductionFiles; written: boolean }> {
  const files = {
    results: join(out, "results.json"),
    report: join(out, "report.html"),
    pdf: join(out, "report.pdf"),
    panels: join(out, "panels"),
  };
  const version = versions().narrows;
  const inputs = inputsOf(trained, version);
  const before = readWritten(files.results);
  if (before?.inputs === inputs && before.files.every((file) => existsSync(join(out, file)))) {
    return { document: before, files, written: false };
  }
  const progress = quiet ? { update() {}, stop() {} } : await batchProgress();
  try {
    const device = await nodeDevice("cpu", DRAWING_THREADS);
    const { preset, models } = trained;
    const atlas = await gatherAtlas(models, { preset, runs, device }, (done, of) =>
      progress.update("encoding the stimuli", done, of),
    );
    const reproduction = reproductionOf(trained, atlas, inputs, (done, of) =>
      progress.update("comparing the codes", done, of),
    );
    const figures = paperFigures({ atlas, ...trained }, (done, of) =>
      progress.update("drawing the figures", done, of),
    );
    const report = reproductionReport(reproduction, figures, { command, version });
    progress.update("writing", 0, 3);
    const panels = await writePanels(figures, files.panels);
    progress.update("writing", 1, 3);
    writeFileAtomic(files.report, await renderReport(report));
    progress.update("writing", 2, 3);
    writeFileAtomic(files.pdf, await renderReportPdf(report));
    const document = {
      ...reproduction,
      files: [files.report, files.pdf, ...panels].map((path) => below(out, path)),
    };
    writeFileAtomic(files.results, `${JSON.stringify(document, null, 2)}\n`);
    return { document, files, written: true };
  } finally {
    progress.stop();
  }
}

/** Codes of some thousand images: a second thread would be waited for longer than it works. */
const DRAWING_THREADS = 1;

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
