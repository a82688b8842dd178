import type { Dataset } from "../data/dataset.js";
import { sliceDataset } from "../data/split.js";
import { UserError } from "../errors.js";
import type { Imbalance } from "../geometry/information-imbalance/index.js";
import type { Device } from "../onnx/devices.js";
import { type EncodedRows, rowsOf } from "../training/encode-run.js";
import { requireLayers } from "../training/record-layers.js";
import { atSnapshot, snapshotsOf } from "../training/snapshots.js";
import type { TrainedModel } from "../training/state.js";
import type { TrainedRun } from "../training/trained-run.js";
import { bothWays, layerSpaces, measureLayers } from "./layers.js";
import { type LayerProfile, profileOf } from "./profile.js";
import { type KnownSpaces, measureSpaces } from "./spaces.js";

/** Snapshots of a run by their numbers of epochs; the newest checkpoint by default. */
export type Epochs = readonly number[] | "all";

/** Which images pass which layers. */
export interface LayerChoice {
  /** The test rows by default. */
  readonly split?: EncodedRows;
  /** Number of those rows, the first ones; all by default. */
  readonly rows?: number | undefined;
  /** All by default. */
  readonly layers?: readonly string[] | undefined;
  /** Hears the layer that is looked at, and how many of how many looks are done. */
  readonly onSpace?: (name: string, done: number, of: number) => void;
}

/** The layers of a run's model at a point of training. */
export interface LayersAtMoment {
  /** Epochs done; undefined for the newest checkpoint. */
  readonly epoch: number | undefined;
  /** Training steps made. */
  readonly step: number;
  readonly layers: readonly LayerProfile[];
}

/** How much a layer of one run and a layer of another predict of each other's neighbours; null where a layer is a single point. */
export interface LayerPair {
  /** Layer of the first run. */
  readonly a: string;
  /** Layer of the second run. */
  readonly b: string;
  /** Delta(a -> b), k = 1 (rule J1). */
  readonly aToB: Imbalance | null;
  /** Delta(b -> a). */
  readonly bToA: Imbalance | null;
}

/** With two images every neighbour is the nearest. */
const MIN_IMAGES = 3;

/**
 * The intrinsic dimension and information imbalances of the layers of a run (rules N5, N6 and J1), at its newest checkpoint or at
 * snapshots.
 * @param choice.known what was found of the images as they are, where runs that see the same ones are measured one after the other.
 * @throws UserError for layers and snapshots that the run does not have, and for fewer images than asked for.
 */
export async function layersOfRun(
  trained: TrainedRun,
  device: Device,
  choice: LayerChoice & { readonly epochs?: Epochs | undefined; readonly known?: KnownSpaces } = {},
): Promise<{ readonly images: number; readonly moments: readonly LayersAtMoment[] }> {
  const { layers, epochs, known = new WeakMap(), onSpace } = choice;
  if (layers) requireLayers(trained.model, layers);
  const table = imagesOf(trained, choice);
  const moments: LayersAtMoment[] = [];
  for (const { epoch, step, model } of momentsOf(trained, epochs)) {
    const shown = (name: string) =>
      epoch === undefined || epochs?.length === 1 ? name : `epoch ${epoch}, ${name}`;
    const measured = await measureLayers(
      { trained: model, table, device },
      { layers, known, ...(onSpace && { onSpace: (name, done, of) => onSpace(shown(name), done, of) }) },
    );
    moments.push({ epoch, step, layers: profileOf(measured) });
  }
  return { images: table.count, moments };
}

/**
 * How much the layers of two runs predict of each other (rule J1), each of one with each of the other, at
 * their newest checkpoints.
 * @param runs at their newest checkpoints, on the same images.
 * @param device where layers and distances are computed.
 * @param choice which images pass which layers.
 * @throws UserError for runs on different images, for layers that a run does not have, and for fewer images
 * than asked for.
 */
export async function layersOfTwoRuns(
  runs: readonly [TrainedRun, TrainedRun],
  device: Device,
  { layers, onSpace, ...choice }: LayerChoice = {},
): Promise<{ readonly images: number; readonly pairs: readonly LayerPair[] }> {
  const [first, second] = runs.map((trained) => ({ trained, table: imagesOf(trained, choice), device }));
  const { table } = first!;
  assertSameImages(runs, [table, second!.table]);
  const [ours, theirs] = [layerSpaces(first!, layers), layerSpaces(second!, layers)];
  const pairs = ours.flatMap((_, a) => theirs.map((__, b) => ({ a, b: ours.length + b })));
  const arrows = pairs.flatMap(({ a, b }) => bothWays(a, b));
  const options = { device, ...(onSpace && { onSpace }) };
  const { spaces, imbalances } = await measureSpaces([...ours, ...theirs], arrows, options);
  const measured = pairs.map(({ a, b }, at) => {
    const [aToB, bToA] = [imbalances[2 * at]!, imbalances[2 * at + 1]!];
    return { a: spaces[a]!.name, b: spaces[b]!.name, aToB, bToA };
  });
  return { images: table.count, pairs: measured };
}

/** Ranks of the same images are compared, row by row. */
function assertSameImages(runs: readonly TrainedRun[], [a, b]: readonly [Dataset, Dataset]): void {
  if (a.fingerprint === b.fingerprint && a.count === b.count) return;
  throw new UserError({
    where: runs.map(({ run }) => run.name).join(" and "),
    what: "they are of different images",
    remedy: "Compare runs on the same data, with the same split",
  });
}

function imagesOf({ experiment, run }: TrainedRun, { split = "test", rows }: LayerChoice): Dataset {
  const table = rowsOf(experiment, split);
  const count = rows ?? table.count;
  if (count < MIN_IMAGES || count > table.count) {
    throw new UserError({
      where: rows === undefined ? run.name : `${run.name}, ${rows} rows`,
      what: `there are ${table.count} images of ${split}, and neighbours need at least ${MIN_IMAGES}`,
      remedy: "Choose another part of the data, or fewer rows",
    });
  }
  return count === table.count ? table : sliceDataset(table, [0, count]);
}

function momentsOf(
  trained: TrainedRun,
  epochs: Epochs | undefined,
): (Pick<LayersAtMoment, "epoch" | "step"> & { readonly model: TrainedModel })[] {
  if (epochs === undefined) return [{ epoch: undefined, step: trained.state.step, model: trained }];
  const snapshots = snapshotsOf(trained);
  const known = snapshots.map(({ epoch }) => epoch);
  const missing = epochs === "all" ? undefined : epochs.find((epoch) => !known.includes(epoch));
  if (snapshots.length === 0 || missing !== undefined) {
    throw new UserError({
      where: `${trained.run.name}, ${missing === undefined ? "all epochs" : `epoch ${missing}`}`,
      what: snapshots.length === 0 ? "the run keeps no snapshots" : "there is no such snapshot",
      remedy:
        snapshots.length === 0
          ? "Measure the newest checkpoint, or train with training.snapshotEpochs"
          : `There are those of epochs ${known.join(", ")}`,
    });
  }
  const chosen = epochs === "all" ? snapshots : epochs.map((epoch) => snapshots[known.indexOf(epoch)]!);
  return chosen.map((snapshot) => {
    const { epoch, step } = snapshot;
    return { epoch, step, model: atSnapshot(trained, snapshot) };
  });
}
