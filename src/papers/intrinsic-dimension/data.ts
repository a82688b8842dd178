import { UserError } from "../../errors.js";
import type { Choice } from "../../reproduction/definition.js";
import type { DataSet } from "../../reproduction/reductions.js";
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
 * The data sets of a recipe.
 * @throws UserError where the preset quick is asked for other data than MNIST's test images, or these are not
 * there.
 */
export function chosenData({ preset, data, points, small }: Recipe): DimensionData[] {
  if (preset === "paper") return data.map((name) => paperData(name, points));
  const other = data.find((name) => name !== "mnist");
  if (other === undefined) return [smallData(small, points)];
  throw new UserError({
    where: `--data ${data.join(",")}`,
    what: "the preset quick trains on MNIST's test images",
    remedy: "Leave --data out, or give --preset paper",
  });
}

/**
 * The published data sets, whole, in the folder `data`. The paper trains on a random 80 % of the training
 * images; ours are the first ones, which stand in no order.
 */
export function paperData(name: DataName, points: number): DimensionData {
  const [source, images, channels, label] =
    name === "cifar10"
      ? ([{ cifar10: {} }, 50_000, 3, "class"] as const)
      : ([{ mnist: { size: SIDE } }, 60_000, 1, "digit"] as const);
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
      where: `--small ${folder}`,
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
