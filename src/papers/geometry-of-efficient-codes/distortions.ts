import { classify, namedRule, parseLabelRule } from "../../data/label-rules/index.js";
import { UserError } from "../../errors.js";
import {
  type DistortionIndices,
  distortionIndices,
  type Labels,
  toLabels,
  toPoints,
} from "../../geometry/index.js";
import type { Device } from "../../onnx/devices.js";
import { PhiloxStream } from "../../random/stream.js";
import { encodeTable } from "../../training/encode.js";
import type { TrainedRun } from "../../training/trained-run.js";
import { chooseStimuli } from "./stimuli.js";
import { ANALYSIS_CLASSES } from "./tasks.js";

/** How a run's code is compared with a baseline's. */
export interface ComparisonChoice {
  /** A label rule (rule D14) or a name such as E1M1; where not given, the run's own task or bias tells. */
  readonly classes?: string | undefined;
  readonly seed: number;
  readonly resamples: number;
}

/** The distortion of a run's code against its baseline's. */
export interface RunDistortion {
  /** The rule that made the classes. */
  readonly rule: string;
  readonly labels: Labels;
  readonly stimuli: number;
  readonly indices: DistortionIndices;
}

/** Names the stream of resamples: part of the result, never to be renamed. */
const STREAM = "measure distortions";

/**
 * The distortion indices (rules G10 to G14) of a run's code against a baseline's, both for the same stimuli: images of the
 * baseline's test rows, every pair of positions among them.
 * @throws UserError when the two take images of unequal shape, or no classes are given and the run has none of its own.
 */
export async function distortionOfRun(
  trained: TrainedRun,
  baseline: TrainedRun,
  device: Device,
  choice: ComparisonChoice,
): Promise<RunDistortion> {
  const { images } = chooseStimuli(baseline.experiment.split.test);
  const shapes = [trained, baseline].map(({ model }) => model.imageShape.join(" x "));
  if (shapes[0] !== shapes[1]) {
    throw new UserError({
      where: trained.run.name,
      what: `it takes images of ${shapes[0]}, its baseline ${baseline.run.name} of ${shapes[1]}`,
      remedy: "Compare runs of the same kind of images",
    });
  }
  const rule = ruleOf(trained, choice.classes);
  const where = `classes of ${trained.run.name}`;
  const { classOf } = classify(
    parseLabelRule(rule, images.labelNames, where),
    images.labels!,
    images.labelNames.length,
  );
  const labels = toLabels({ shape: [images.count], data: classOf }, where);
  const [code, reference] = [
    await encodeTable(trained, device, images),
    await encodeTable(baseline, device, images),
  ];
  const stream = new PhiloxStream(choice.seed, STREAM);
  const indices = distortionIndices(
    toPoints(code.mean, `codes of ${trained.run.name}`),
    toPoints(reference.mean, `codes of ${baseline.run.name}`),
    labels,
    { uniform: (count) => stream.fillUniform(new Float64Array(count)), resamples: choice.resamples },
  );
  return { rule, labels, stimuli: images.count, indices };
}

/** The classes asked for, or those that the run was trained to care about: its one task, or the bias of its data. */
function ruleOf({ run, experiment }: TrainedRun, asked: string | undefined): string {
  const named: Readonly<Record<string, string>> = ANALYSIS_CLASSES;
  if (asked !== undefined) return named[asked] ?? asked;
  const { model, data } = experiment.configuration;
  const [head, ...others] = model.heads;
  if (head && others.length === 0) return namedRule(head.task);
  if (head) return named.E2M5!;
  const bias = data.corridors?.bias?.split(":")[0];
  if (bias === "lower") return named.E1M1!;
  if (bias === "aligned") return named.E1M2!;
  throw new UserError({
    where: run.name,
    what: "it has no task and no bias that would tell its classes",
    remedy: `Give --classes with a rule such as "xU <= xL", or a name: ${Object.keys(named).join(", ")}`,
  });
}
