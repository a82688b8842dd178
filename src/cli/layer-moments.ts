import type { Dataset } from "../data/dataset.js";
import { inSourceOrder } from "../data/shuffle.js";
import { sliceDataset } from "../data/split.js";
import { UserError } from "../errors.js";
import type { EncodedRows } from "../training/encode-run.js";
import { atSnapshot, type Snapshot, snapshotsOf } from "../training/snapshots.js";
import type { TrainedModel } from "../training/state.js";
import type { TrainedRun } from "../training/trained-run.js";
import { wholeNumber } from "./commands/measure/arguments.js";
import { listOf } from "./lists.js";

/** Which images of a run pass its layers. */
export interface ImageChoice {
  readonly rows: EncodedRows;
  /** A number, still as text: the first so many. */
  readonly first?: string;
}

/** With two images every neighbour is the nearest. */
const FEWEST = 3;

/** A model of a run at a point of training. */
export interface Moment {
  /** undefined for the newest checkpoint. */
  readonly epoch: number | undefined;
  readonly step: number;
  readonly trained: TrainedModel;
}

/** The images of a run that are asked for. */
export function imagesOf({ experiment, run }: TrainedRun, { rows, first }: ImageChoice): Dataset {
  const table = rows === "all" ? inSourceOrder(experiment.dataset) : experiment.split[rows];
  const count = first === undefined ? table.count : wholeNumber("first", first, FEWEST);
  if (count < FEWEST || count > table.count) {
    throw new UserError({
      where: first === undefined ? run.name : `--first ${first}`,
      what: `there are ${table.count} images of ${rows}, and neighbours need at least ${FEWEST}`,
      remedy: "Choose other --rows, or fewer of them",
    });
  }
  return count === table.count ? table : sliceDataset(table, [0, count]);
}

/** The models that are asked for: those of some snapshots, or the newest. */
export function momentsOf(trained: TrainedRun, epochs: string | undefined): Moment[] {
  if (epochs === undefined) return [{ epoch: undefined, step: trained.state.step, trained }];
  const snapshots = snapshotsOf(trained);
  const chosen =
    epochs === "all"
      ? snapshots
      : listOf("--epochs", epochs, (text) => snapshotAt(snapshots, text, trained.run.name))!;
  if (chosen.length === 0) {
    throw new UserError({
      where: `${trained.run.name}, --epochs ${epochs}`,
      what: "the run keeps no snapshots",
      remedy: "Leave --epochs out for the newest checkpoint, or train with training.snapshotEpochs",
    });
  }
  return chosen.map((snapshot) => ({
    epoch: snapshot.epoch,
    step: snapshot.step,
    trained: atSnapshot(trained, snapshot),
  }));
}

function snapshotAt(snapshots: readonly Snapshot[], text: string, run: string): Snapshot {
  const found = snapshots.find(({ epoch }) => String(epoch) === text.trim());
  if (found) return found;
  throw new UserError({
    where: `${run}, epoch ${text}`,
    what: "there is no such snapshot",
    remedy:
      snapshots.length > 0
        ? `There are those of epochs ${snapshots.map(({ epoch }) => epoch).join(", ")}`
        : "Leave --epochs out for the newest checkpoint, or train with training.snapshotEpochs",
  });
}
