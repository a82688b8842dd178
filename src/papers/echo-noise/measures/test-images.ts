import type { Dataset } from "../../../data/dataset.js";
import { selectRows } from "../../../data/select.js";
import { PhiloxStream } from "../../../random/stream.js";
import type { TrainedRun } from "../../../training/trained-run.js";

/**
 * The test rows of a run's data in random order, the same for all runs: in batches of them Echo makes noise of images at random,
 * whatever order the data have.
 */
export function testImages({ experiment }: Pick<TrainedRun, "experiment">): Dataset {
  const { test } = experiment.split;
  return selectRows(test, new PhiloxStream(0, "order of test images").permutation(test.count));
}
