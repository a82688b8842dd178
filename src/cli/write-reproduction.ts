import { nodeDevice } from "../onnx/node.js";
import { gatherAtlas } from "../papers/geometry-of-efficient-codes/measures/codes.js";
import { paperFigures } from "../papers/geometry-of-efficient-codes/panels/index.js";
import {
  inputsOf,
  reproductionOf,
  type TrainedResults,
} from "../papers/geometry-of-efficient-codes/reproduction.js";
import { reproductionReport } from "../papers/geometry-of-efficient-codes/reproduction-report.js";
import { versions } from "../training/about-run.js";
import { type WrittenReproduction, writeOnce } from "./written-reproduction.js";

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

/**
 * Measures and draws what the trainings came to, and writes it. What was written from the very same results is left as it is.
 * @throws UserError when a run cannot be read, or a file cannot be written.
 */
export function writeReproduction(
  trained: TrainedResults,
  { runs, out, quiet, command }: WriteOptions,
): Promise<WrittenReproduction> {
  const version = versions().narrows;
  const inputs = inputsOf(trained, version);
  return writeOnce({ out, inputs, quiet }, async (tell) => {
    const device = await nodeDevice("cpu", DRAWING_THREADS);
    const { preset, models } = trained;
    const atlas = await gatherAtlas(models, { preset, runs, device }, (done, of) =>
      tell("encoding the stimuli", done, of),
    );
    const reproduction = reproductionOf(trained, atlas, inputs, (done, of) =>
      tell("comparing the codes", done, of),
    );
    const figures = paperFigures({ atlas, ...trained }, (done, of) => tell("drawing the figures", done, of));
    const report = reproductionReport(reproduction, figures, { command, version });
    return { numbers: reproduction, figures, report };
  });
}

/** Codes of some thousand images: a second thread would be waited for longer than it works. */
const DRAWING_THREADS = 1;
