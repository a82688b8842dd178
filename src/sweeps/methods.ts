import { firstRepeated, groupBy } from "../collections.js";
import { compareConfigurations } from "../configuration/compare.js";
import { ownPartsOf } from "../configuration/own-parts.js";
import type { Configuration } from "../configuration/schema.js";
import { choicesOf, valueAt } from "../configuration/schema-walk.js";
import { refuse, UserError } from "../errors.js";
import { nearest } from "../given-names.js";
import { isAutoencoderSettings } from "../model/kinds.js";
import type { ModelSettings } from "../model/model.js";
import { modelSchema } from "../model/schema.js";
import { partsWith } from "../model/slots.js";
import type { Run } from "../runs/run.js";
import { configurationOfRun } from "../training/trained-run.js";
import { likelihoodOf, type RunTrade, tradeOf } from "./trade.js";

/** A run that has been measured. */
export interface MeasuredRun {
  readonly run: Run;
  readonly configuration: Configuration & { readonly model: ModelSettings };
  readonly trade: RunTrade;
}

/** Runs that differ in nothing but the seed. */
export interface MethodPoint {
  /** The settings on which the points of the method differ, such as `beta = 0.3`; empty for the only point. */
  readonly label: string;
  readonly runs: readonly [MeasuredRun, ...MeasuredRun[]];
}

/** Runs of one way to trade rate for distortion. */
export interface Method {
  readonly name: string;
  readonly points: readonly MethodPoint[];
  /** The minimum rate that its channel can have, in nats, if that is above 0: of several the minimum. */
  readonly lowRateLimitNats: number | undefined;
}

/**
 * The newest evaluations of runs on their validation rows: rate in nats per image, distortion in the
 * likelihood's unit.
 * @throws UserError naming the first run that is no autoencoder's, has not been evaluated, or was trained on
 * other data or measured in another unit than the first.
 */
export function measureRuns(runs: readonly Run[]): MeasuredRun[] {
  const measured = runs.map(measureRun);
  for (const other of measured.slice(1)) requireAlike(measured[0]!, other);
  return measured;
}

function measureRun(run: Run): MeasuredRun {
  const configuration = configurationOfRun(run);
  const { model } = configuration;
  if (!isAutoencoderSettings(model)) {
    refuse(
      run.path,
      "it is a classifier's, which has no rate and no distortion",
      "Give runs of autoencoders",
    );
  }
  const trade = tradeOf(run, configuration);
  if (!trade) {
    refuse(
      run.path,
      "nothing was measured on the validation rows yet",
      `Train it first, with "narrows resume ${run.name}"`,
    );
  }
  return { run, configuration: { ...configuration, model }, trade };
}

function requireAlike(first: MeasuredRun, other: MeasuredRun): void {
  const differ = (what: string): never => {
    refuse(other.run.path, `${what} than ${first.run.name}`, "Draw them in separate figures");
  };
  const unitOf = ({ configuration }: MeasuredRun) => likelihoodOf(configuration)!.distortionUnit;
  const dataOf = ({ run }: MeasuredRun) => run.manifest.dataset?.fingerprint;
  if (unitOf(other) !== unitOf(first)) differ(`its distortion is in another unit (${unitOf(other)})`);
  if (dataOf(other) !== dataOf(first)) differ("it was trained on other data");
}

/**
 * Runs as methods, in the order in which they come, and their points by rising rate.
 * @param by A setting by its key, with or without the leading `model.` (`name` is the first part of a run's name): runs of
 * one value are one method. By default the types of channel, marginal (unless it is the standard one) and regularizers.
 * @throws UserError when no run has the setting, or two runs are the same training.
 */
export function groupIntoMethods(runs: readonly MeasuredRun[], by?: string): Method[] {
  const names = by === undefined ? partNames(runs) : settingNames(runs, by);
  const methods = groupBy(runs, (run) => names.get(run)!);
  return Array.from(methods, ([name, of]) => {
    const limits = of.map(lowRateLimitNats).filter((limit) => limit !== undefined);
    const lowest = limits.length > 0 ? Math.min(...limits) : undefined;
    return { name, points: pointsOf(of), lowRateLimitNats: lowest };
  });
}

function lowRateLimitNats({ configuration }: MeasuredRun): number | undefined {
  const { minRateNats } = partsWith(ownPartsOf(configuration)).channel.make(configuration.model.channel);
  return minRateNats > 0 ? minRateNats : undefined;
}

/** The marginal that stands where nothing is said, and is not said here either. */
const STANDARD_MARGINAL = choicesOf(modelSchema.shape.marginal)?.standard;

/** The parts of which a method consists, such as `gaussian + vamp`. */
function partNames(runs: readonly MeasuredRun[]): Map<MeasuredRun, string> {
  return new Map(
    runs.map((run) => {
      const { channel, marginal, regularizers } = run.configuration.model;
      const named = marginal.type === STANDARD_MARGINAL ? [] : [marginal];
      const parts = [channel, ...named, ...(regularizers ?? [])];
      return [run, parts.map(({ type }) => type).join(" + ")];
    }),
  );
}

function settingNames(runs: readonly MeasuredRun[], by: string): Map<MeasuredRun, string> {
  const values = runs.map(({ configuration }) => settingAt(configuration, by));
  if (values.every((value) => value === undefined)) {
    const keys = compareConfigurations({}, runs[0]!.configuration).map(({ key }) => key);
    const near = nearest(by, [...keys, ...keys.map((key) => key.replace(/^model\./, ""))]);
    throw new UserError({
      where: `--by ${by}`,
      what: `no run has such a setting${near === undefined ? "" : ` (did you mean ${near}?)`}`,
      remedy:
        "Give a key of the configuration such as channel.type, or name for the first part of a run's name",
    });
  }
  return new Map(runs.map((run, k) => [run, namedValue(by, values[k])]));
}

function settingAt(configuration: Configuration, key: string): unknown {
  const path = key.split(".");
  return valueAt(configuration, path) ?? valueAt(configuration.model, path);
}

/** A word needs no explanation; a number needs the name of its setting. */
function namedValue(key: string, value: unknown): string {
  if (typeof value === "string") return value;
  const last = key.split(".").at(-1)!;
  return value === undefined ? `no ${last}` : `${last} = ${JSON.stringify(value)}`;
}

function pointsOf(runs: readonly MeasuredRun[]): MethodPoint[] {
  const groups = groupBy(runs, ({ configuration }) => JSON.stringify({ ...configuration, seed: 0 }));
  const points = [...groups.values()];
  for (const seeds of points) requireDifferentSeeds(seeds);
  const [first, ...others] = points.map(([{ configuration }]) => ({ ...configuration, seed: 0 }));
  const differences = others.flatMap((other) => compareConfigurations(first!, other));
  const keys = [...new Set(differences.map(({ key }) => key))];
  const labelOf = (configuration: Configuration, key: string) => {
    const value = settingAt(configuration, key);
    return `${key.split(".").at(-1)} = ${value === undefined ? "not set" : JSON.stringify(value)}`;
  };
  return points
    .map((runs) => ({ label: keys.map((key) => labelOf(runs[0].configuration, key)).join(", "), runs }))
    .sort((a, b) => meanRate(a) - meanRate(b));
}

function requireDifferentSeeds(runs: readonly MeasuredRun[]): void {
  const [earlier, later] = firstRepeated(runs, ({ configuration }) => configuration.seed) ?? [];
  if (!earlier || !later) return;
  refuse(
    later.run.path,
    `it is the same training as ${earlier.run.name}, seed included`,
    "Leave one of the two out",
  );
}

/** Mean rate over the seeds of a point, in nats. */
export function meanRate({ runs }: Pick<MethodPoint, "runs">): number {
  return runs.reduce((sum, { trade }) => sum + trade.rateNats, 0) / runs.length;
}
