import { join } from "node:path";
import { findDataFile } from "../../data/data-folder.js";
import { readIdx } from "../../data/idx.js";
import { idxImageNames } from "../../data/idx-images.js";
import { UserError } from "../../errors.js";
import type { DataName } from "./data-sets.js";
import type { DimensionData } from "./recipe.js";

/** Side of the paper's images; MNIST is brought to it. */
const SIDE = 32;
/** Share of the training images that the paper trains on. */
const TRAINING_SHARE = 0.8;

/**
 * The published data sets, whole, in the folder `data`. The paper trains on a random 80 % of the training images; ours are the first ones, which
 * stand in no order.
 */
export function paperData(name: DataName, points: number): DimensionData {
  const [source, images, channels, label] =
    name === "cifar10"
      ? ([{ cifar10: {} }, 50_000, 3, "class"] as const)
      : ([{ mnist: { size: SIDE } }, 60_000, 1, "digit"] as const);
  const test = [images, images + points] as const;
  return {
    name,
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
  const place = [folder, join(folder, "mnist-t10k"), join(folder, "mnist")].find(
    (one) => findDataFile(one, idxImageNames("t10k")) !== undefined,
  );
  if (place === undefined) {
    throw new UserError({
      where: `--small ${folder}`,
      what: "it holds no t10k-images-idx3-ubyte (MNIST)",
      remedy: 'Name the folder that holds it, or get it with "narrows datasets get mnist"',
    });
  }
  const [count = 0] = readIdx(findDataFile(place, idxImageNames("t10k"))!, 3).shape;
  const train = Math.round(TRAINING_SHARE * count);
  const test = [train, Math.min(count, train + points)] as const;
  return {
    name: "mnist",
    source: { mnist: { folder: place, part: "test", size: SIDE } },
    split: { train: [0, train], validation: test, test },
    channels: 1,
    label: "digit",
    reduction: `MNIST's ${count} test images alone (${train} train, ${test[1] - test[0]} test)`,
  };
}
