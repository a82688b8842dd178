import type { Configuration } from "../configuration/schema.js";
import type { Dataset } from "../data/dataset.js";
import { UserError } from "../errors.js";
import { dimensionsInUse, type Points, toPoints } from "../geometry/index.js";
import { once } from "../once.js";
import type { Device } from "../onnx/devices.js";
import { imageSizeOf, type Runs, requireAlike, titlesOf } from "../run-figures/runs.js";
import { encodeTable } from "../training/encode.js";
import type { AutoencoderEvaluation } from "../training/evaluate.js";
import { evaluateRun } from "../training/evaluate-run.js";
import type { TrainedRun } from "../training/trained-run.js";
import { type CodeMap, codeMap } from "./code-map.js";
import { type Groups, groupsBy } from "./groups.js";
import { groupingOf } from "./image-components.js";
import { chooseLabels, type DataLabel } from "./labels.js";
import { chooseStimuli } from "./stimuli.js";

/** The codes of one or several runs for the same images: all that figures and the report of runs are drawn from. */
export interface Analysis {
  /** Images of the first run's test rows. */
  readonly stimuli: Dataset;
  /** What the images are coloured by; none where the data have no labels that vary. */
  readonly labels: readonly DataLabel[];
  /** The images sorted by the labels; by their first principal components where there are none. */
  readonly groups: readonly Groups[];
  /** In the order given. */
  readonly runs: readonly [AnalysedRun, ...AnalysedRun[]];
}

/** A run whose codes are analysed, with what was measured of it. */
export interface AnalysedRun {
  readonly trained: TrainedRun;
  readonly name: string;
  /** What figures call it: its capacity where every run has one of its own, otherwise its name. */
  readonly title: string;
  /** Target C in nats; undefined where the objective has none. */
  readonly capacityNats: number | undefined;
  /** On the run's own validation rows. */
  readonly evaluation: AutoencoderEvaluation;
  /** Means of the codes of the stimuli, [stimuli, D]. */
  readonly points: Points;
  /** The codes as a map of two dimensions (rule G18), made when it is first asked for. */
  readonly map: () => CodeMap;
  /** The number of dimensions in use (rule G17). */
  readonly dimensionsInUse: number;
  /** What was published for a run of this very configuration. */
  readonly published: PublishedError | undefined;
}

/** A published result to compare a run with. */
export interface PublishedError {
  readonly squaredErrorPerPixel: number;
  /** Where it is from, and of what: `The geometry of efficient codes, Fig. 3, Baseline`. */
  readonly source: string;
}

/** Finds what was published for a configuration. */
export type PublishedLookup = (configuration: Configuration) => PublishedError | undefined;

/** What of the data is analysed, and what it is compared with; all of it has defaults. */
export interface AnalysisChoice {
  /** Labels of the data by name, or rules over them (rules D14 and G18); by default all that vary, the first six. */
  readonly labels?: readonly string[] | undefined;
  /** Of callers who know that a result was published for a configuration. */
  readonly publishedFor?: PublishedLookup | undefined;
}

/**
 * Encodes some 1,500 test images of the first run by every run, and evaluates each on its own validation rows
 * (rule G18).
 * @param runs one or several.
 * @param device where images are encoded.
 * @param choice which labels, and what to compare with.
 * @throws UserError for runs whose images differ in size, for fewer than two test images, for an unknown label, a rule over labels that is
 * none, and a label that is not finite.
 */
export async function analyseRuns(
  runs: Runs,
  device: Device,
  { labels: asked, publishedFor }: AnalysisChoice = {},
): Promise<Analysis> {
  requireAlike(runs, "image size", imageSizeOf);
  const { test } = runs[0].experiment.split;
  if (test.count < 2) {
    throw new UserError({
      where: `${runs[0].run.name}, split.test`,
      what: `it has ${test.count} image, and codes are compared on at least 2`,
      remedy: "Train with a split that leaves more test rows",
    });
  }
  const stimuli = chooseStimuli(test);
  const labels = chooseLabels(stimuli, asked);
  const titles = titlesOf(runs, false);
  const analysed: AnalysedRun[] = [];
  for (const [k, trained] of runs.entries()) {
    const { run, experiment, seed } = trained;
    const { mean } = await encodeTable(trained, device, stimuli);
    const points = toPoints(mean, `codes of ${run.name}`);
    analysed.push({
      trained,
      name: run.name,
      title: titles[k]!,
      capacityNats: trained.model.objective.finalTargetRateNats,
      evaluation: await evaluateRun(trained, device),
      points,
      map: once(() => codeMap(points, seed)),
      dimensionsInUse: dimensionsInUse(points).length,
      published: publishedFor?.(experiment.configuration),
    });
  }
  return {
    stimuli,
    labels,
    groups: groupsBy(groupingOf(stimuli, labels)),
    runs: analysed as [AnalysedRun, ...AnalysedRun[]],
  };
}
