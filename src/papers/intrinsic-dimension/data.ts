import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { findDataFile } from "../../data/data-folder.js";
import { UserError } from "../../errors.js";
import type { Choice, DataPlace } from "../../reproduction/definition.js";
import type { DataSet } from "../../reproduction/reductions.js";
import { DATA_FOLDER, placeOf } from "../../reproduction/set-place.js";
import { findT10k, foldersBelow } from "../../reproduction/small-data.js";
import { DATA_TITLES, type DataName } from "./networks.js";
import type { DimensionValues, Recipe } from "./recipe.js";

/** A data set as it is trained on. */
export interface DimensionData extends DataSet {
  readonly name: DataName;
  /** As a configuration says it. */
  readonly source: object;
  readonly split: {
    readonly train: readonly [number, number];
    readonly validation: readonly [number, number];
    readonly test: readonly [number, number];
    /** For images that come sorted by class: an order is drawn, every class in proportion (rule D28). */
    readonly order?: "shuffled";
  };
  /** Channels of an image. */
  readonly channels: number;
  /** Name of the label whose classes the features distinguish. */
  readonly label: string;
}

/** What is asked for. */
export type DimensionChoice = Choice<DimensionValues, DimensionData>;

/** Side of the paper's images; MNIST is brought to it. */
const SIDE = 32;
const TRAINING_IMAGES = { cifar10: 50_000, mnist: 60_000 } as const;
/** Share of the training images that the paper trains on. */
const TRAINING_SHARE = 0.8;

/**
 * The data sets of a recipe, with as many images to train on as it says.
 * @throws UserError where small data are asked for that are not there, or more images than a set has for training.
 */
export function chosenData(recipe: Recipe): DimensionData[] {
  const { sets, data, points, images, folder } = recipe;
  const small = (name: DataName) =>
    name === "mnist" ? smallMnist(folder, points) : smallCifar10(folder, points);
  const chosen = data.map((name) => (sets === "small" ? small(name) : paperData(name, points, recipe)));
  return chosen.map((set) => (images === undefined ? set : firstImages(set, images)));
}

/** A data set of which the first images alone train. */
function firstImages(set: DimensionData, images: number): DimensionData {
  const { train } = set.split;
  if (images <= train[1]) return { ...set, split: { ...set.split, train: [0, images] } };
  throw new UserError({
    where: `--images ${images}`,
    what: `${set.title} has ${train[1]} images to train on here`,
    remedy: "Give fewer",
  });
}

/**
 * The published data sets, whole. The paper trains on a random 80 % of the training
 * images; ours are the first ones, which stand in no order.
 */
export function paperData(
  name: DataName,
  points: number,
  at: Pick<DataPlace, "folder"> = { folder: DATA_FOLDER },
): DimensionData {
  const place = placeOf(name, at);
  const [source, images, channels, label] =
    name === "cifar10"
      ? ([{ cifar10: place }, TRAINING_IMAGES.cifar10, 3, "class"] as const)
      : ([{ mnist: { ...place, size: SIDE } }, TRAINING_IMAGES.mnist, 1, "digit"] as const);
  const test = [images, images + points] as const;
  return {
    name,
    title: DATA_TITLES[name],
    source,
    split: { train: [0, TRAINING_SHARE * images], validation: test, test },
    channels,
    label,
  };
}

/**
 * MNIST's 10,000 test images alone, in a folder: the first 8,000 train, the others are measured.
 * @throws UserError where the folder does not hold them.
 */
export function smallMnist(folder: string, points: number): DimensionData {
  const found = findT10k(folder, "mnist");
  if (!found) {
    throw new UserError({
      where: `--folder ${folder}`,
      what: "it holds no t10k-images-idx3-ubyte (MNIST)",
      remedy: 'Name the folder that holds it, or get it with "narrows datasets get mnist"',
    });
  }
  const { folder: place, count, train } = found;
  const test = [train, Math.min(count, train + points)] as const;
  return {
    name: "mnist",
    title: DATA_TITLES.mnist,
    source: { mnist: { folder: place, part: "test", size: SIDE } },
    split: { train: [0, train], validation: test, test },
    channels: 1,
    label: "digit",
    reduction: `MNIST's ${count} test images alone (${train} train, ${test[1] - test[0]} test)`,
  };
}

/** Images of CIFAR-10 that train in the small data. */
const SMALL_TRAINING_IMAGES = 8000;

/**
 * A part of CIFAR-10 in a folder or one of its sub-folders: 8,000 images train, and others are measured. Where the binary batches are,
 * the first training images and the first test images. Otherwise train.zip, or a folder of that name, in a folder with "cifar" in its
 * name, with a folder of image files for each class, as copies of the data set often are; from it both are drawn by seed 0.
 * @throws UserError where the folder holds neither.
 */
export function smallCifar10(folder: string, points: number): DimensionData {
  const known = { name: "cifar10", title: DATA_TITLES.cifar10, channels: 3, label: "class" } as const;
  const trained = `${SMALL_TRAINING_IMAGES} training images`;
  const ranges = (train: number, from: number) => {
    const test = [from, from + points] as const;
    return { train: [0, train] as const, validation: test, test };
  };
  const folders = foldersBelow(folder);
  const batches = folders.find((one) => findDataFile(one, ["data_batch_1.bin"]) !== undefined);
  if (batches !== undefined) {
    return {
      ...known,
      source: { cifar10: { folder: batches } },
      split: ranges(SMALL_TRAINING_IMAGES, TRAINING_IMAGES.cifar10),
      reduction: `${trained} alone`,
    };
  }
  const pictures = folders
    .filter((one) => /cifar/i.test(basename(one)))
    .flatMap((one) => ["train.zip", "train"].map((name) => join(one, name)))
    .find((path) => existsSync(path));
  if (pictures !== undefined) {
    return {
      ...known,
      label: "folder",
      source: { file: pictures },
      split: { ...ranges(SMALL_TRAINING_IMAGES, SMALL_TRAINING_IMAGES), order: "shuffled" },
      reduction: `${trained} alone, as image files; ${points} others of them are measured`,
    };
  }
  throw new UserError({
    where: `--folder ${folder}`,
    what: "it holds neither data_batch_1.bin (CIFAR-10) nor a train.zip in a folder with cifar in its name",
    remedy: 'Name the folder that holds one of them, or get it with "narrows datasets get cifar10"',
  });
}
