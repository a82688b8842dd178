import { UserError } from "../../errors.js";
import type { Choice, DataPlace } from "../../reproduction/definition.js";
import type { DataSet } from "../../reproduction/reductions.js";
import { DATA_FOLDER, placeOf } from "../../reproduction/set-place.js";
import { findT10k } from "../../reproduction/small-data.js";
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
/** Share of the training images that the paper trains on. */
const TRAINING_SHARE = 0.8;

/**
 * The data sets of a recipe, with as many images to train on as it says.
 * @throws UserError where small data are asked for that are not MNIST's test images, or these are not there;
 * or more images than a set has for training.
 */
export function chosenData(recipe: Recipe): DimensionData[] {
  const { sets, data, points, images, folder } = recipe;
  const other = data.find((name) => name !== "mnist");
  if (sets === "small" && other !== undefined) {
    throw new UserError({
      where: `--data ${data.join(",")}`,
      what: "the small data are MNIST's test images alone",
      remedy: "Leave --data out, or give --sets whole",
    });
  }
  const chosen =
    sets === "small" ? [smallData(folder, points)] : data.map((name) => paperData(name, points, recipe));
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
      ? ([{ cifar10: place }, 50_000, 3, "class"] as const)
      : ([{ mnist: { ...place, size: SIDE } }, 60_000, 1, "digit"] as const);
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
export function smallData(folder: string, points: number): DimensionData {
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
