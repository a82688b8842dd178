import { MultiBar, Presets, type SingleBar } from "cli-progress";
import type { Evaluation } from "../../training/evaluate.js";
import type { LoopListener } from "../../training/loop.js";
import { visibleText } from "../../visible-text.js";
import { signed } from "../format.js";
import { printNote } from "../output.js";
import { sayAbove } from "./above-bars.js";
import { formatDuration } from "./duration.js";
import { shortMeasures } from "./measures.js";

/** Where progress goes and how. */
export interface ProgressOptions {
  /** Said before each line. */
  readonly label: string;
  /** Nothing at all, for `--json`. */
  readonly quiet?: boolean;
  readonly stream?: NodeJS.WriteStream;
}

/** Plain lines come at most this often. */
const LINE_INTERVAL_SECONDS = 15;

/**
 * A listener that shows a training: a bar with ETA on a terminal, plain lines otherwise, and every evaluation with its
 * target, rate and gap. Call `stop` when the training has ended, however it did.
 */
export function trainingProgress({ label, quiet = false, stream = process.stderr }: ProgressOptions) {
  const bars = !quiet && stream.isTTY ? makeBars(label, stream) : undefined;
  let bar: SingleBar | undefined;
  const begun = performance.now();
  let firstStep: number | undefined;
  let lastLine = begun;
  const say = (line: string) => {
    if (quiet) return;
    // The bar stays below; what is said scrolls above it.
    if (bars && bar) sayAbove(bars, line, stream.columns);
    else printNote(line, stream);
  };
  const listener: LoopListener = {
    onStep({ step }, { totalSteps, stepsPerEpoch }, measures) {
      firstStep ??= step - 1;
      const now = performance.now();
      const perStep = (now - begun) / (step - firstStep);
      const payload = {
        epoch: Math.floor((step - 1) / stepsPerEpoch) + 1,
        numbers: shortMeasures(measures),
        left: formatDuration((perStep * (totalSteps - step)) / 1000),
      };
      if (bars) {
        bar ??= bars.create(totalSteps, step, payload);
        bar.update(step, payload);
      } else if (!quiet && now - lastLine > LINE_INTERVAL_SECONDS * 1000) {
        lastLine = now;
        say(
          `${label}: step ${step} of ${totalSteps}, ${payload.numbers.replaceAll(" | ", ", ")}, ${payload.left} left`,
        );
      }
    },
    onEvaluation(evaluation, { step, epoch }) {
      say(`${label}: epoch ${epoch + 1}, step ${step}: ${evaluationLine(evaluation)}`);
    },
  };
  return {
    listener,
    stop() {
      // What was said since the last drawing is still held back.
      bars?.update();
      bars?.stop();
    },
  };
}

/** An evaluation in one line: distortion, rate, target, gap and -ELBO where the model has them, its loss where not; F1 of the heads. */
export function evaluationLine(evaluation: Evaluation): string {
  const { squaredErrorPerPixel, rateNats, rateBits, loss, tasks } = evaluation;
  const { negativeElboNats } = evaluation;
  const aim = aimWords(evaluation);
  const answered = Object.entries(tasks).map(([head, { f1 }]) => `, ${head} F1 ${f1.toFixed(3)}`);
  const rate =
    rateNats === undefined ? "" : `, rate ${rateNats.toFixed(3)} nats (${rateBits?.toFixed(3)} bits)${aim}`;
  const judged =
    squaredErrorPerPixel === undefined
      ? `loss ${loss.toFixed(5)}`
      : `MSE per pixel ${squaredErrorPerPixel.toFixed(5)}`;
  const elbo = negativeElboNats === undefined ? "" : `, -ELBO ${negativeElboNats.toFixed(3)} nats`;
  return `validation ${judged}${rate}${elbo}${answered.join("")}`;
}

/** The configured target and the gap to it; while the target still rises, how far it has come. */
function aimWords({ targetRateNats, capacityNats, capacityGapNats }: Evaluation): string {
  if (targetRateNats === undefined || capacityNats === undefined) return "";
  const risen = targetRateNats < capacityNats ? ` (so far ${targetRateNats.toFixed(3)})` : "";
  return `, target C ${capacityNats}${risen}, gap ${signed(capacityGapNats)} nats`;
}

function makeBars(label: string, stream: NodeJS.WriteStream): MultiBar {
  return new MultiBar(
    {
      stream,
      hideCursor: true,
      clearOnComplete: true,
      format: `${visibleText(label)} [{bar}] {percentage}% | step {value}/{total} | epoch {epoch} | {numbers} | {left} left`,
      fps: 5,
      barsize: 24,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
}
