import { MultiBar, Presets, type SingleBar } from "cli-progress";
import type { PlanEntry, PlanListener } from "../../plans/execute.js";
import type { PlannedRun } from "../../plans/plan.js";
import type { Evaluation } from "../../training/evaluate.js";
import { rateVerdict } from "../../training/verdict.js";
import { visibleText } from "../../visible-text.js";
import { printNote } from "../output.js";
import { sayAbove } from "./above-bars.js";
import { formatDuration } from "./duration.js";
import { shortMeasures } from "./measures.js";
import { PlanClock } from "./plan-clock.js";
import { evaluationLine } from "./training-progress.js";

/** Plain lines about the whole come at most this often. */
const LINE_INTERVAL_MS = 30_000;

/**
 * A listener that shows a whole plan: on a terminal a bar of all steps with the time left and a bar for each worker,
 * plain lines otherwise; above them every run that ends. Call `stop` when the plan has ended, however it did.
 */
export function planProgress({
  quiet = false,
  stream = process.stderr,
}: {
  /** Nothing at all, for `--json`. */
  readonly quiet?: boolean;
  readonly stream?: NodeJS.WriteStream;
}) {
  const display = quiet ? undefined : stream.isTTY ? bars(stream) : undefined;
  const say = (line: string) => {
    if (display) display.say(line);
    else if (!quiet) printNote(line, stream);
  };
  let clock: PlanClock | undefined;
  let entries: readonly PlanEntry[] = [];
  let ended = 0;
  let lastLine = performance.now();
  const results = new Map<PlannedRun, Evaluation>();
  const summary = () => {
    const seconds = clock?.secondsLeft(performance.now());
    return {
      runs: `${ended} of ${entries.length} runs`,
      left: seconds === undefined ? "time unknown" : `${formatDuration(seconds)} left`,
      speed: `${Math.round(clock?.stepsPerSecond(performance.now()) ?? 0)} steps/s`,
    };
  };
  const showWhole = () => {
    if (!clock) return;
    const { runs, left, speed } = summary();
    if (display) display.whole(clock.done, clock.total, summary());
    else if (performance.now() - lastLine > LINE_INTERVAL_MS) {
      lastLine = performance.now();
      say(`${runs}, step ${clock.done} of ${clock.total}, ${speed}, ${left}`);
    }
  };
  const listener: PlanListener = {
    onPlan(all) {
      entries = all;
      ended = all.filter(({ finished }) => finished).length;
      clock = new PlanClock(all, performance.now());
      if (ended > 0) say(`${ended} of ${all.length} runs are there already`);
      if (ended < all.length) showWhole();
    },
    onWait(planned, run, process) {
      clock?.abandon(planned);
      say(`${planned.name}: waits for process ${process}, which trains it as ${run}`);
    },
    onBegin(planned, worker, { step, totalSteps }) {
      clock?.at(planned, step, totalSteps);
      display?.worker(worker, step, totalSteps, planned.name, "");
      if (!display) say(`${planned.name}: ${step > 0 ? `goes on from step ${step}` : "begins"}`);
    },
    onProgress(planned, worker, { step, totalSteps, ...measures }) {
      clock?.at(planned, step, totalSteps);
      display?.worker(worker, step, totalSteps, planned.name, shortMeasures(measures));
      showWhole();
    },
    onEvaluation(planned, _, evaluation) {
      results.set(planned, evaluation);
    },
    onWarning(planned, _, message) {
      say(`${planned.name}: warning: ${message}`);
    },
    onEnd(planned, _, end) {
      const result = results.get(planned);
      if (end.status === "finished") {
        ended++;
        say(`${planned.name}: ${result ? evaluationLine(result) : "finished"}`);
        for (const warning of result ? rateVerdict(result, planned.configuration).warnings : [])
          say(`${planned.name}: warning: ${warning}`);
      } else if (end.status === "reused") {
        ended++;
        say(`${planned.name}: finished by another process, as ${end.run}`);
      } else if (end.status === "failed") {
        clock?.abandon(planned);
        say(`${planned.name}: failed: ${end.reason}`);
      } else say(`${planned.name}: stopped, and saved`);
      showWhole();
    },
  };
  return { listener, stop: () => display?.stop() };
}

const WHOLE_FORMAT = "all [{bar}] {percentage}% | step {value}/{total} | {runs} | {speed} | {left}";
const WORKER_FORMAT = "    [{bar}] {percentage}% | {name} | {numbers}";

function bars(stream: NodeJS.WriteStream) {
  const all = new MultiBar(
    { stream, hideCursor: true, clearOnComplete: true, fps: 5, barsize: 24, gracefulExit: false },
    Presets.shades_classic,
  );
  let overall: SingleBar | undefined;
  const workers = new Map<number, SingleBar>();
  return {
    // What is said scrolls above the bars.
    say: (line: string) => (overall ? sayAbove(all, line, stream.columns) : printNote(line, stream)),
    whole(done: number, total: number, payload: object) {
      overall ??= all.create(total, done, payload, { format: WHOLE_FORMAT });
      overall.setTotal(total);
      overall.update(done, payload);
    },
    worker(worker: number, step: number, total: number, name: string, numbers: string) {
      const payload = { name: visibleText(name), numbers };
      const bar = workers.get(worker) ?? all.create(total, step, payload, { format: WORKER_FORMAT });
      workers.set(worker, bar);
      bar.setTotal(total);
      bar.update(step, payload);
    },
    stop() {
      // What was said since the last drawing is still held back.
      all.update();
      all.stop();
    },
  };
}
