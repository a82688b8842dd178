import type { Configuration } from "../configuration/schema.js";
import { UserError } from "../errors.js";
import type { GreyConvention } from "../figures/parts/picture.js";
import { summarizeRun } from "../runs/summary.js";
import type { TrainedRun } from "../training/trained-run.js";

/** One or several trained runs, drawn in one figure. */
export type Runs = readonly [TrainedRun, ...TrainedRun[]];

/**
 * What each run is called on a figure: its capacity where every run has a capacity of its own, and the rate that was reached;
 * otherwise its name.
 * @param withRate false leaves the rate out.
 */
export function titlesOf(runs: Runs, withRate = true): string[] {
  const capacities = runs.map(({ model }) => model.objective.finalTargetRateNats);
  const isTitle = new Set(capacities).size === runs.length && !capacities.includes(undefined);
  return runs.map(({ run }, index) =>
    isTitle ? `C = ${capacities[index]} nats${withRate ? reached(run) : ""}` : run.name,
  );
}

/** The rate of a run's last evaluation on the validation rows, where its metrics have one. */
function reached(run: TrainedRun["run"]): string {
  const rateNats = summarizeRun(run).validation?.rateNats;
  return typeof rateNats === "number" ? `, reached ${Number(rateNats.toPrecision(2))}` : "";
}

/**
 * Checks that runs agree in what a common figure of images needs.
 * @param of What must agree, as the message calls it.
 * @throws UserError naming the first run that differs.
 */
export function requireAlike(runs: Runs, of: string, read: (run: TrainedRun) => string | number): void {
  const [first, ...others] = runs;
  const other = others.find((run) => read(run) !== read(first));
  if (!other) return;
  throw new UserError({
    where: other.run.name,
    what: `its ${of} (${read(other)}) is not that of ${first.run.name} (${read(first)})`,
    remedy: `Take runs of one ${of}`,
  });
}

/** Rows, columns and channels of a run's images, as text. */
export function imageSizeOf({ model }: TrainedRun): string {
  return model.imageShape.join(" x ");
}

/**
 * How grey pixels are shown where nobody says it: a pixel of value 1 is white, as image viewers show it; in drawn Corridors it is a
 * black wall, as in their paper.
 */
export function greyConventionOf({ data }: Configuration): GreyConvention {
  return data.corridors ? "one-is-black" : "one-is-white";
}
