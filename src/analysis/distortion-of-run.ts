import { resolveCorridors } from "../data/corridors.js";
import { favouredCells } from "../data/corridors-bias.js";
import type { Dataset } from "../data/dataset.js";
import { namedRule } from "../data/label-rules/index.js";
import { UserError } from "../errors.js";
import { type DistortionIndices, distortionIndices, toPoints } from "../geometry/index.js";
import type { Device } from "../onnx/devices.js";
import { PhiloxStream } from "../random/stream.js";
import { imageSizeOf, requireAlike } from "../run-figures/runs.js";
import { encodeTable } from "../training/encode.js";
import type { TrainedRun } from "../training/trained-run.js";
import { type Groups, groupBy } from "./groups.js";
import { groupingOf } from "./image-components.js";
import { chooseLabels, type DataLabel } from "./labels.js";
import { chooseStimuli } from "./stimuli.js";

/** How a run's code is compared with a baseline's. */
export interface ComparisonChoice {
  /**
   * Labels of the data by name, or rules over them (rule D14): images of the same values are a class. By default the task that
   * the run was trained on, the cells that its bias favours, the only label of its data that sorts images, or, where there are no
   * labels, the first principal component of the images.
   */
  readonly labels?: readonly string[] | undefined;
  /** Keys the bootstrap resamples. */
  readonly seed: number;
  /** Bootstrap resamples of the images; 0 for no intervals. */
  readonly resamples: number;
}

/** The distortion of a run's code against its baseline's. */
export interface RunDistortion {
  readonly groups: Groups;
  /** Number of images. */
  readonly stimuli: number;
  readonly indices: DistortionIndices;
}

/** Names the stream of resamples: part of the result, never to be renamed. */
const STREAM = "measure distortions";

/**
 * The distortion indices (rules G10 to G14 and G19) of a run's code against a baseline's, both for the same
 * images: some 1,500 of the baseline's test rows.
 * @param trained the run.
 * @param baseline the run that it is compared with.
 * @param device where images are encoded.
 * @param choice the classes, and the intervals.
 * @throws UserError when the two take images of unequal shape, or no label is given and several could be
 * meant.
 */
export async function distortionOfRun(
  trained: TrainedRun,
  baseline: TrainedRun,
  device: Device,
  { labels: asked, seed, resamples }: ComparisonChoice,
): Promise<RunDistortion> {
  requireAlike([baseline, trained], "image size", imageSizeOf);
  const images = chooseStimuli(baseline.experiment.split.test);
  const groups = groupBy(asked ? chooseLabels(images, asked.map(namedRule)) : ownLabels(trained, images));
  const codesOf = async (run: TrainedRun) =>
    toPoints((await encodeTable(run, device, images)).mean, `codes of ${run.run.name}`);
  const stream = new PhiloxStream(seed, STREAM);
  const indices = distortionIndices(await codesOf(trained), await codesOf(baseline), groups.labels, {
    uniform: (count) => stream.fillUniform(new Float64Array(count)),
    resamples,
  });
  return { groups, stimuli: images.count, indices };
}

/**
 * What sorts the images into classes where nobody says it: the task of the run with the most classes, or the bias of its data; the
 * only label of its data that holds categories, or their only label; without any, the first principal component of the images.
 */
function ownLabels({ run, experiment, model }: TrainedRun, images: Dataset): readonly DataLabel[] {
  const { corridors } = experiment.configuration.data;
  const [task] = model.heads.toSorted((a, b) => b.task.classes.length - a.task.classes.length);
  const settings = experiment.configuration.model.heads.find(({ name }) => name === task?.name);
  const rule = settings
    ? settings.task
    : corridors?.bias && favouredCells(corridors.bias, resolveCorridors(corridors).size);
  if (rule) return chooseLabels(images, [namedRule(rule)]);
  const labels = chooseLabels(images);
  if (labels.length === 0) return groupingOf(images, labels).slice(0, 1);
  const sorting = labels.filter(({ kind }) => kind === "categories");
  if (sorting.length === 1) return sorting;
  if (labels.length === 1) return labels;
  throw new UserError({
    where: run.name,
    what: "it has no task, its data have no bias, and several labels sort its images into classes",
    remedy: `Give --labels with one or more of ${images.labelNames.join(", ")}, or a rule such as "${images.labelNames[0]} > 2"`,
  });
}
