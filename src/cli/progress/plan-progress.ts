import { processName } from "../../files/process-identity.js";
import type { PlanEntry, PlanListener } from "../../plans/execute.js";
import type { PlannedRun } from "../../plans/plan.js";
import type { Evaluation } from "../../training/evaluate.js";
import type { PlannedLength } from "../../training/length.js";
import { rateVerdict } from "../../training/verdict.js";
import { formatDuration } from "../format.js";
import { type DisplayOptions, openDisplay } from "./display.js";
import { PlanClock, type PlanWork } from "./plan-clock.js";
import { evaluationLine, shortMeasures } from "./training-progress.js";

/** How a plan is shown. */
export interface PlanProgressOptions extends DisplayOptions, PlanWork {}

/**
 * A listener that shows a whole plan: all steps with the time left, and those of each worker; above them every run that ends.
 * Call `stop` when the plan has ended, however it did.
 */
export function planProgress({ workers, secondsAfter = 0, ...options }: PlanProgressOptions) {
  const display = openDisplay({ lineSeconds: 30, ...options });
  const { say } = display;
  let clock: PlanClock | undefined;
  let entries: readonly PlanEntry[] = [];
  let ended = 0;
  const results = new Map<PlannedRun, Evaluation>();
  const lengths = new Map<PlannedRun, PlannedLength>();
  const showWhole = () => {
    if (!clock) return;
    const now = performance.now();
    const seconds = clock.secondsLeft(now);
    const speed = `${Math.round(clock.stepsPerSecond(now))} steps/s`;
    const included = secondsAfter > 0 ? ", measuring included" : "";
    const left = seconds === undefined ? "time unknown" : `${formatDuration(seconds)} left${included}`;
    const runs = `${ended} of ${entries.length} runs`;
    display.show("all", {
      label: "all",
      done: clock.done,
      total: clock.total,
      words: [runs, speed, left],
      line: `${runs}, step ${clock.done} of ${clock.total}, ${speed}, ${left}`,
    });
  };
  const showWorker = (
    worker: number,
    { name }: PlannedRun,
    done: number,
    total: number,
    words: readonly string[],
  ) => display.show(`worker ${worker}`, { label: `    ${name}`, done, total, words });
  const listener: PlanListener = {
    onPlan(all) {
      entries = all;
      ended = all.filter(({ finished }) => finished).length;
      clock = new PlanClock(all, performance.now(), { workers, secondsAfter });
      if (ended > 0) say(`${ended} of ${all.length} runs are there already`);
      if (ended < all.length) showWhole();
    },
    onWait(planned, run, process) {
      clock?.abandon(planned);
      say(`${planned.name}: waits for ${processName(process)}, which trains it as ${run}`);
    },
    onBegin(planned, worker, { step, totalSteps, length }) {
      lengths.set(planned, length);
      clock?.at(planned, step, totalSteps);
      say(`${planned.name}: ${step > 0 ? `continues from step ${step}` : "begins"}`);
      showWorker(worker, planned, step, totalSteps, []);
    },
    onProgress(planned, worker, { step, totalSteps, ...measures }) {
      clock?.at(planned, step, totalSteps);
      showWorker(worker, planned, step, totalSteps, shortMeasures(measures));
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
        const settings = { model: planned.configuration.model, length: lengths.get(planned) };
        for (const warning of result ? rateVerdict(result, settings).warnings : [])
          say(`${planned.name}: warning: ${warning}`);
      } else if (end.status === "reused") {
        ended++;
        say(`${planned.name}: finished by another process, as ${end.run}`);
      } else if (end.status === "failed") {
        clock?.abandon(planned);
        say(`${planned.name}: failed: ${end.reason}`);
      } else
        say(`${planned.name}: ${lengths.has(planned) ? "stopped, and saved" : "stopped before it began"}`);
      showWhole();
    },
  };
  return { listener, stop: display.stop };
}
