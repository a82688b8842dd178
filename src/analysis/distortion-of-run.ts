import { resolveCorridors } from "../data/corridors.js";
import { favouredCells } from "../data/corridors-bias.js";
import { namedRule } from "../data/label-rules/index.js";
import { UserError } from "../errors.js";
import { type DistortionIndices, distortionIndices, toPoints } from "../geometry/index.js";
import type { Device } from "../onnx/devices.js";
import { PhiloxStream } from "../random/stream.js";
import { imageSizeOf, requireAlike } from "../run-figures/runs.js";
import { encodeTable } from "../training/encode.js";
import type { TrainedRun } from "../training/trained-run.js";
import { type Groups, groupBy } from "./groups.js";
import { chooseLabels } from "./labels.js";
import { chooseStimuli } from "./stimuli.js";

/** How a run's code is compared with a baseline's. */
export interface ComparisonChoice {
  /**
   * Labels of the data by name, or rules over them (rule D14): images of the same values are a class. By default the task that
   * the run was trained on, the cells that its bias favours, or the only label of its data that sorts images.
   */
  readonly labels?: readonly string[] | undefined;
  readonly seed: number;
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
 * The distortion indices (rules G10 to G14) of a run's code against a baseline's, both for the same images: some 1,500 of the
 * baseline's test rows.
 * @throws UserError when the two take images of unequal shape, or no label is given and none is the obvious one.
 */
export async function distortionOfRun(
  trained: TrainedRun,
  baseline: TrainedRun,
  device: Device,
  { labels: asked, seed, resamples }: ComparisonChoice,
): Promise<RunDistortion> {
  requireAlike([baseline, trained], "image size", imageSizeOf);
  const images = chooseStimuli(baseline.experiment.split.test);
  const groups = groupBy(chooseLabels(images, (asked ?? ownClasses(trained)).map(namedRule)));
  const codesOf = async (run: TrainedRun) =>
    toPoints((await encodeTable(run, device, images)).mean, `codes of ${run.run.name}`);
  const stream = new PhiloxStream(seed, STREAM);
  const indices = distortionIndices(await codesOf(trained), await codesOf(baseline), groups.labels, {
    uniform: (count) => stream.fillUniform(new Float64Array(count)),
    resamples,
  });
  return { groups, stimuli: images.count, indices };
}

/** The classes that a run was trained to care about: the task of most classes, or the bias of its data; or those of its data. */
function ownClasses({ run, experiment, model }: TrainedRun): [string] {
  const { corridors } = experiment.configuration.data;
  const [task] = model.heads.toSorted((a, b) => b.task.classes.length - a.task.classes.length);
  const settings = experiment.configuration.model.heads.find(({ name }) => name === task?.name);
  if (settings) return [settings.task];
  if (corridors?.bias) return [favouredCells(corridors.bias, resolveCorridors(corridors).size)];
  const sorting = chooseLabels(experiment.split.test).filter(({ kind }) => kind === "categories");
  if (sorting.length === 1) return [sorting[0]!.name];
  const { labelNames } = experiment.dataset;
  throw new UserError({
    where: run.name,
    what: "it has no task, its data have no bias, and no single label sorts its images into classes",
    remedy:
      labelNames.length === 0
        ? "Its data have no labels: measure distortion-indices takes codes and labels from files"
        : `Give --labels with one or more of ${labelNames.join(", ")}, or a rule such as "${labelNames[0]} > 2"`,
  });
}
