import { UserError } from "../errors.js";
import { summarizeRun } from "../runs/summary.js";
import type { TrainedRun } from "../training/trained-run.js";

/** One or several trained runs, drawn in one figure. */
export type Runs = readonly [TrainedRun, ...TrainedRun[]];

/** What each run is called on a figure: its capacity and the rate that was reached, where every run has a capacity of its own; otherwise its name. */
export function titlesOf(runs: Runs): string[] {
  const capacities = runs.map(({ model }) => model.objective.finalTargetRateNats);
  const toldApart = new Set(capacities).size === runs.length && !capacities.includes(undefined);
  return runs.map(({ run }, index) =>
    toldApart ? `C = ${capacities[index]} nats${reached(run)}` : run.name,
  );
}

/** The rate of a run's last evaluation on the validation rows, where its metrics tell one. */
function reached(run: TrainedRun["run"]): string {
  const rateNats = summarizeRun(run).validation?.rateNats;
  return typeof rateNats === "number" ? `, reached ${Number(rateNats.toPrecision(2))}` : "";
}

/**
 * Checks that runs agree in what a common figure of images needs.
 * @param of What must agree, as it is told when it does not.
 * @throws UserError naming the first run that differs.
 */
export function requireAlike(runs: Runs, of: string, read: (run: TrainedRun) => string | number): void {
  const [first, ...others] = runs;
  const other = others.find((run) => read(run) !== read(first));
  if (!other) return;
  throw new UserError({
    where: other.run.name,
    what: `its ${of} (${read(other)}) is not that of ${first.run.name} (${read(first)})`,
    remedy: "Draw them in figures of their own",
  });
}

/** Rows, columns and channels of a run's images, as text. */
export function imageSizeOf({ model }: TrainedRun): string {
  return model.imageShape.join(" x ");
}
