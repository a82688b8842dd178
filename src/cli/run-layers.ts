import type { Dataset } from "../data/dataset.js";
import { UserError } from "../errors.js";
import type { Imbalance } from "../geometry/information-imbalance/index.js";
import { layerSpaces, measureLayers, type Passage } from "../layer-geometry/layers.js";
import { type LayerProfile, profileOf } from "../layer-geometry/profile.js";
import { type KnownSpaces, measureSpaces } from "../layer-geometry/spaces.js";
import { nodeDevice } from "../onnx/node.js";
import { openRun } from "../runs/run.js";
import type { EncodedRows } from "../training/encode-run.js";
import { requireLayers } from "../training/record-layers.js";
import { loadTrainedRun, type TrainedRun } from "../training/trained-run.js";
import { numberText } from "./commands/measure/format.js";
import { grouped } from "./format.js";
import { imagesOf, type Moment, momentsOf } from "./layer-moments.js";
import { listOf } from "./lists.js";
import type { DeviceOptions } from "./options.js";
import { printJson, printLine, warn } from "./output.js";
import { batchProgress } from "./progress/batch-progress.js";
import { left, right, tableLines } from "./table.js";

export interface LayersOptions extends DeviceOptions {
  readonly layers?: string;
  readonly epochs?: string;
  readonly rows: EncodedRows;
  readonly first?: string;
  readonly runs: string;
  readonly json?: boolean;
}

/** Measures the layers of a run, at one checkpoint or at several snapshots, and tells them. */
export async function measureRunLayers(name: string, options: LayersOptions): Promise<void> {
  const trained = openTrained(name, options);
  const layers = layersOf(options, [trained]);
  const moments = momentsOf(trained, options.epochs);
  const table = imagesOf(trained, options);
  const device = await nodeDevice(options.device, options.threads);
  const progress = await batchProgress();
  const measured: (Moment & { readonly profile: LayerProfile[] })[] = [];
  const known: KnownSpaces = new WeakMap();
  try {
    for (const moment of moments) {
      const passage = { trained: moment.trained, table, device };
      const onSpace = (layer: string, done: number, of: number) =>
        progress.update(moments.length > 1 ? `epoch ${moment.epoch}, ${layer}` : layer, done, of);
      measured.push({
        ...moment,
        profile: profileOf(await measureLayers(passage, { layers, known, onSpace })),
      });
    }
  } finally {
    progress.stop();
  }
  for (const { profile } of measured) warnOfLayers(profile);
  if (options.json) {
    return printJson({
      definitions: ["N5", "N6", "J1"],
      ...aboutOf(trained, table, options),
      moments: measured.map(({ epoch, step, profile }) => ({
        ...(epoch === undefined ? {} : { epoch }),
        step,
        layers: profile.map(layerJson),
      })),
    });
  }
  printLine(`${trained.run.name}: ${grouped(table.count)} images of ${options.rows}`);
  for (const { epoch, step, profile } of measured) {
    printLine();
    printLine(epoch === undefined ? `newest checkpoint, step ${grouped(step)}` : `after epoch ${epoch}`);
    for (const line of profileTable(profile)) printLine(line);
  }
}

/** Measures how much the layers of two runs tell of each other, at their newest checkpoints, and tells it. */
export async function measureTwoRuns(name: string, otherName: string, options: LayersOptions): Promise<void> {
  if (options.epochs !== undefined) {
    throw new UserError({
      where: `--epochs ${options.epochs}`,
      what: "two runs are compared at their newest checkpoints",
      remedy: "Leave it out, or give one run",
    });
  }
  const both = [openTrained(name, options), openTrained(otherName, options)] as const;
  const tables = both.map((trained) => imagesOf(trained, options));
  assertSameImages(both, tables as [Dataset, Dataset]);
  const layers = layersOf(options, both);
  const device = await nodeDevice(options.device, options.threads);
  const passages = both.map((trained, at): Passage => ({ trained, table: tables[at]!, device }));
  const [ours, theirs] = passages.map((passage) => layerSpaces(passage, layers)) as [
    ReturnType<typeof layerSpaces>,
    ReturnType<typeof layerSpaces>,
  ];
  const pairs = ours.flatMap((_, a) => theirs.map((__, b) => ({ a, b: ours.length + b })));
  const arrows = pairs.flatMap(({ a, b }) => [
    { from: a, to: b },
    { from: b, to: a },
  ]);
  const progress = await batchProgress();
  const { spaces, imbalances } = await measureSpaces([...ours, ...theirs], arrows, {
    device,
    onSpace: (layer, done, of) => progress.update(layer, done, of),
  }).finally(() => progress.stop());
  const measured = pairs.map(({ a, b }, at) => ({
    a: spaces[a]!.name,
    b: spaces[b]!.name,
    aToB: imbalances[2 * at]!,
    bToA: imbalances[2 * at + 1]!,
  }));
  const [first, second] = both.map(({ run }) => run.name);
  if (options.json) {
    return printJson({
      definition: "J1",
      a: first,
      b: second,
      rows: options.rows,
      images: tables[0]!.count,
      pairs: measured.map(({ a, b, aToB, bToA }) => ({
        a,
        b,
        aToB: aToB?.imbalance ?? null,
        bToA: bToA?.imbalance ?? null,
        standardErrors: { aToB: aToB?.standardError ?? null, bToA: bToA?.standardError ?? null },
      })),
    });
  }
  printLine(`A ${first}, B ${second}: ${grouped(tables[0]!.count)} images of ${options.rows}`);
  printLine();
  const rows = measured.map(({ a, b, aToB, bToA }) => [a, b, deltaText(aToB), deltaText(bToA)]);
  for (const line of tableLines([left("A"), left("B"), right("A -> B"), right("B -> A")], rows))
    printLine(line);
}

function openTrained(name: string, { runs }: LayersOptions): TrainedRun {
  const trained = loadTrainedRun(openRun(runs, name));
  for (const warning of trained.warnings) warn(warning);
  return trained;
}

/** The layers asked for, which all of the runs have. */
function layersOf({ layers }: LayersOptions, runs: readonly TrainedRun[]): string[] | undefined {
  const names = listOf("--layers", layers, (text) => text.trim());
  if (names) for (const { model } of runs) requireLayers(model, names);
  return names;
}

/** Ranks of the same images are compared, row by row. */
function assertSameImages(
  runs: readonly [TrainedRun, TrainedRun],
  [a, b]: readonly [Dataset, Dataset],
): void {
  if (a.fingerprint === b.fingerprint && a.count === b.count) return;
  throw new UserError({
    where: runs.map(({ run }) => run.name).join(" and "),
    what: "they are of different images",
    remedy: "Compare runs on the same data, with the same split",
  });
}

function aboutOf({ run, state }: TrainedRun, table: Dataset, { rows }: LayersOptions) {
  return { run: run.name, path: run.path, newestStep: state.step, rows, images: table.count };
}

function layerJson({ dimension, toInput, toOutput, forward, backward, ...about }: LayerProfile) {
  const delta = (one: Imbalance | null) =>
    one && { imbalance: one.imbalance, standardError: one.standardError, ties: one.ties };
  return {
    ...about,
    dimension: dimension && {
      fit: dimension.fit.dimension,
      linkedError: dimension.fit.linkedError,
      maximumLikelihood: dimension.maximumLikelihood.dimension,
      zeroDistances: dimension.fit.zeroDistances,
      tied: dimension.fit.tied,
    },
    toInput: delta(toInput),
    toOutput: delta(toOutput),
    forward: delta(forward),
    backward: delta(backward),
  };
}

function warnOfLayers(profile: readonly LayerProfile[]): void {
  for (const { name, duplicates, points, dimension } of profile) {
    if (dimension === null) warn(`${name}: too few images differ in it to have a dimension`);
    else if (duplicates > 0)
      warn(
        `${name}: ${grouped(duplicates)} of ${grouped(points)} images repeat an earlier one there, and are left out of its dimension`,
      );
    if (dimension?.fit.reason) warn(`${name}: ${dimension.fit.reason}`);
  }
}

const COLUMNS = [
  left("layer"),
  right("features"),
  right("dimension"),
  right("±"),
  right("by likelihood"),
  right("-> input"),
  right("-> output"),
  right("-> next"),
  right("<- next"),
];

function profileTable(profile: readonly LayerProfile[]): string[] {
  const rows = profile.map(({ name, features, dimension, toInput, toOutput, forward, backward }) => [
    name,
    grouped(features),
    dimension ? dimension.fit.dimension.toFixed(2) : "",
    dimension?.fit.linkedError ? dimension.fit.linkedError.toFixed(2) : "",
    dimension ? dimension.maximumLikelihood.dimension.toFixed(2) : "",
    ...[toInput, toOutput, forward, backward].map(deltaText),
  ]);
  return tableLines(COLUMNS, rows);
}

function deltaText(one: Imbalance | null): string {
  return one ? numberText(one.imbalance) : "";
}
