import { existsSync } from "node:fs";
import { basename } from "node:path";
import * as z from "zod";
import { fromEarlierVersion } from "../configuration/compare.js";
import { ownPartsOf } from "../configuration/own-parts.js";
import { type Configuration, schemasWith } from "../configuration/schema.js";
import { dotted, type KeyPath, valueAt } from "../configuration/schema-walk.js";
import { UserError } from "../errors.js";
import { sumsOf } from "../extension/load.js";
import type { Classifier } from "../model/classifier.js";
import type { Model } from "../model/model.js";
import type { Trainable } from "../model/trainable.js";
import type { OwnPart } from "../own-part.js";
import { runLayout } from "../runs/layout.js";
import { newestForReading } from "../runs/newest.js";
import type { Run } from "../runs/run.js";
import { stateFromCheckpoint } from "./checkpoint-content.js";
import {
  type DataLoader,
  type Experiment,
  prepareExperiment,
  requireAutoencoder,
  requireClassifier,
} from "./experiment.js";
import { presentData, presentPath } from "./present-paths.js";
import type { TrainedModel, TrainingState } from "./state.js";

/** A run as it stands at its newest checkpoint, ready to be evaluated, measured and drawn. */
export interface TrainedRun<Kind extends Trainable = Model> extends TrainedModel<Kind> {
  readonly run: Run;
  readonly experiment: Experiment<Kind>;
  readonly state: TrainingState;
  /** Damaged checkpoints that were skipped, what else does not fit, and how its data were read: one line each. */
  readonly warnings: readonly string[];
}

/** What is known of a run besides its folder, by whoever opens it. */
export interface OpenOptions {
  /** How data are loaded, for callers that load many runs of the same data. */
  readonly load?: DataLoader;
  /** Where its data are now, where they are not at the path that it recorded; their fingerprint is checked as ever. */
  readonly data?: string | undefined;
  /** The parts of one's own that it was trained with as objects; those of files it names itself. */
  readonly parts?: readonly OwnPart[];
}

/**
 * Loads the newest checkpoint of an autoencoder's run, and its data.
 * @throws UserError when the run is not an autoencoder's, has no whole checkpoint, or its data are gone or have changed.
 */
export function loadTrainedRun(run: Run, options: OpenOptions = {}): TrainedRun {
  const trained = loadRunOfAnyKind(run, options);
  const experiment = requireAutoencoder(trained.experiment, run.path);
  return { ...trained, experiment, model: experiment.model };
}

/**
 * Loads the newest checkpoint of a classifier's run, and its data.
 * @throws UserError when the run is not a classifier's, has no whole checkpoint, or its data are gone or have changed.
 */
export function loadClassifierRun(run: Run, options: OpenOptions = {}): TrainedRun<Classifier> {
  const trained = loadRunOfAnyKind(run, options);
  const experiment = requireClassifier(trained.experiment, run.path);
  return { ...trained, experiment, model: experiment.model };
}

/**
 * Loads the newest checkpoint of a run of whatever kind, and its data.
 * @throws UserError when the run has no whole checkpoint, or its data are gone or have changed.
 */
export function loadRunOfAnyKind(run: Run, options: OpenOptions = {}): TrainedRun<Trainable> {
  const experiment = experimentOfRun(run, options);
  const { checkpoint, warnings } = newestForReading(run);
  if (!checkpoint) {
    throw new UserError({
      where: run.path,
      what: "there is no readable checkpoint",
      remedy: `Train it first, with "narrows resume ${run.name}"`,
    });
  }
  const { model, layout, configuration } = experiment;
  const state = stateFromCheckpoint(checkpoint, layout);
  return {
    run,
    experiment,
    state,
    warnings: [...warnings, ...experiment.warnings],
    model,
    layout,
    parameters: state.parameters,
    seed: configuration.seed,
  };
}

/**
 * The experiment of a run, from the configuration in its manifest.
 * @throws UserError when the manifest's configuration is not one of this version, or the data have changed.
 */
export function experimentOfRun(run: Run, { load, data, parts }: OpenOptions = {}): Experiment {
  const configuration = configurationOfRun(run, parts);
  const files = configuration.parts?.map((file) => presentPath(file, run));
  const recorded = { ...configuration, parts: files };
  const prepared = prepareExperiment(recorded, presentData(run, data, load), parts, { isTrained: true });
  const experiment = { ...prepared, configuration };
  const fingerprint = run.manifest.dataset?.fingerprint;
  if (fingerprint !== undefined && fingerprint !== experiment.dataset.fingerprint) {
    throw new UserError({
      where: run.path,
      what: `the data ${experiment.dataset.name} are not those it was trained on (their fingerprint differs)`,
      remedy: "Say where those are with --data PATH, put them back, or start a new run",
    });
  }
  return experiment;
}

/**
 * The configuration in a run's manifest.
 * @param parts Those of one's own that it was trained with as objects.
 * @throws UserError when it is not one of this version, or parts of one's own that it names are not given, gone, or changed.
 */
export function configurationOfRun(run: Run, parts: readonly OwnPart[] = []): Configuration {
  const own = ownPartsOf({ parts: partFilesOf(run) }, parts);
  const parsed = schemasWith(own).configuration.safeParse(fromEarlierVersion(run.manifest.configuration));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const unknown = unknownPart(issue, run.manifest.configuration);
  if (unknown !== undefined) {
    throw new UserError({
      where: run.path,
      what: `${unknown}, which is no part of Narrows, and its own is not given`,
      remedy:
        "Give it in a program: loadTrainedRun(run, { parts: [...] }); for a command put it into a file, write that into manifest.json " +
        `(configuration.parts), and accept it with "narrows check ${run.name} --accept"`,
      cause: parsed.error,
    });
  }
  throw new UserError({
    where: runLayout(run.path).manifest,
    what: `the configuration is not one of this version: ${issue.path.join(".")}: ${issue.message}`,
    remedy: "Start a new run with a present configuration",
    cause: parsed.error,
  });
}

/** The part or source of data that a configuration names and no schema knows, as words; undefined where something else is wrong. */
function unknownPart(issue: z.core.$ZodIssue, configuration: object): string | undefined {
  const path = issue.path as KeyPath;
  const named = valueAt(configuration, path);
  if (issue.code === "invalid_union" && path.at(-1) === "type" && typeof named === "string")
    return `its ${dotted(path)} is "${named}"`;
  if (issue.code === "unrecognized_keys" && dotted(path) === "data")
    return `its data are of "${issue.keys[0]}"`;
  return undefined;
}

/**
 * The files with parts of one's own that a run names, if they are those it was trained with: they decide what it is, as its data do.
 * @throws UserError where one is gone, or has changed.
 */
function partFilesOf(run: Run): readonly string[] {
  const { path, manifest } = run;
  const recordedFiles = namesParts.safeParse(manifest.configuration).data?.parts ?? [];
  const accept = `"narrows check ${basename(path)} --accept"`;
  return recordedFiles.map((recordedFile) => {
    const file = presentPath(recordedFile, run);
    const refuse = (what: string, remedy: string): never => {
      throw new UserError({ where: path, what: `${file}, which defines parts of it, ${what}`, remedy });
    };
    if (!existsSync(file)) {
      refuse(
        "is not there",
        `Put it back, or write its new path into manifest.json (configuration.parts) and accept that with ${accept}`,
      );
    }
    const recorded = manifest.parts?.find((part) => part.file === recordedFile);
    if (recorded?.sha256 !== sumsOf([file])[0]!.sha256) {
      refuse(
        "is not the file that it was trained with (its checksum differs)",
        `Put the old file back, or accept the present one with ${accept}`,
      );
    }
    return file;
  });
}

const namesParts = z.object({ parts: z.array(z.string()).optional() });
