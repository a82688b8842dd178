import { readFileSync } from "node:fs";
import { groupBy } from "../collections.js";
import { configurationKey } from "../configuration/compare.js";
import type { Configuration } from "../configuration/schema.js";
import { chosenSplit } from "../configuration/split.js";
import { sumsOf } from "../extension/load.js";
import { runtimeFiles } from "../onnx/runtime-files.js";
import type { Manifest, NewManifest } from "../runs/manifest-text.js";
import type { Run, RunListing } from "../runs/run.js";
import { ARITHMETIC } from "./arithmetic.js";
import type { Experiment } from "./experiment.js";
import { initialFileSum, readInitialWeights } from "./initial-weights.js";
import { namesRelativePaths } from "./present-paths.js";

/**
 * What a run's manifest says of an experiment that begins: `createRun(root, name, aboutRun(experiment, device.name,
 * device.threads))` makes its folder, and `trainInRun` trains in it.
 * @param device name of the device that trains.
 * @param threads its threads.
 * @throws UserError when its initial weights are to come from a file, and that does not fit.
 */
export function aboutRun(experiment: Experiment, device: string, threads: number): NewManifest {
  const { configuration, dataset, layout, model } = experiment;
  const initial = readInitialWeights(experiment);
  const { name, fingerprint, labelNames } = dataset;
  return {
    configuration: plain(configuration),
    seed: configuration.seed,
    ...(namesRelativePaths(configuration) && { workingFolder: process.cwd() }),
    dataset: { name, fingerprint, labelNames: [...labelNames] },
    split: splitOf({ configuration, dataset }),
    device,
    threads,
    parameterCount: layout.size,
    ...(initial && { initialWeights: { file: initial.file, sha256: initial.sha256 } }),
    ...(configuration.parts && { parts: sumsOf(configuration.parts) }),
    ...(model.ownMetrics.length > 0 && {
      ownMetrics: Object.fromEntries(
        model.ownMetrics.map(({ name, label, unit, digits }) => [name, { label, unit, digits }]),
      ),
    }),
    versions: versions(),
  };
}

function splitOf({ configuration, dataset }: Pick<Experiment, "configuration" | "dataset">) {
  const { order } = dataset;
  const { train, validation, test } = chosenSplit(configuration, dataset);
  return {
    ...(order
      ? { order: "shuffled" as const, seed: order.seed, by: [...order.by] }
      : { order: "given" as const }),
    train: [...train] as [number, number],
    validation: [...validation] as [number, number],
    test: [...test] as [number, number],
  };
}

/** A configuration as a manifest holds it: keys that are not set fall away. */
export function plain(configuration: Configuration): Manifest["configuration"] {
  return JSON.parse(JSON.stringify(configuration)) as Manifest["configuration"];
}

/** Versions of everything that decides the numbers. */
export function versions(): NewManifest["versions"] {
  const ours = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return {
    narrows: (JSON.parse(ours) as { version: string }).version,
    node: process.versions.node,
    onnxruntime: runtimeFiles().version,
    platform: `${process.platform}-${process.arch}`,
    arithmetic: ARITHMETIC,
  };
}

/**
 * Finds the run of a configuration (and of the initial weights and parts of one's own that its files now hold) among those listed, whatever its name; of several
 * the one that is farthest: a finished one, else one to continue, otherwise a failed one. Imported runs do not count: nobody knows
 * how they were trained.
 */
export function runFinder(
  listings: readonly RunListing[],
): (configuration: Configuration) => Run | undefined {
  const trained = listings.filter(
    (run): run is Run => "manifest" in run && run.manifest.importedFrom === undefined,
  );
  const byKey = groupBy(trained, ({ manifest }) => configurationKey(manifest.configuration));
  return (configuration) => {
    const initialSum = initialFileSum(configuration);
    const partSums = JSON.stringify(sumsOf(configuration.parts ?? []));
    const same = (byKey.get(configurationKey(plain(configuration))) ?? []).filter(
      ({ manifest }) =>
        (initialSum === undefined || manifest.initialWeights?.sha256 === initialSum) &&
        JSON.stringify(manifest.parts ?? []) === partSums,
    );
    return same.sort((a, b) => rank(a) - rank(b))[0];
  };
}

function rank({ manifest: { status } }: Run): number {
  return status === "finished" ? 0 : status === "failed" ? 2 : 1;
}
