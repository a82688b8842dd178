import { chooseStimuli as chooseImages } from "../../../analysis/stimuli.js";
import { chosenSplit } from "../../../configuration/split.js";
import type { Dataset } from "../../../data/dataset.js";
import { sliceDataset } from "../../../data/split.js";
import { UserError } from "../../../errors.js";
import { type Points, toPoints } from "../../../geometry/index.js";
import type { Preset } from "../../../reproduction/definition.js";
import type { Measuring } from "../../../reproduction/measured-once.js";
import { openRun } from "../../../runs/run.js";
import { encodeTable } from "../../../training/encode.js";
import { loadTrainedRun } from "../../../training/trained-run.js";
import type { Position } from "../classes.js";
import { type ModelName, modelConfiguration } from "../recipe.js";
import type { ModelResult } from "./results.js";

/** Images to measure a code on, and what they show. */
export interface Stimuli {
  readonly images: Dataset;
  /** One for each image. */
  readonly positions: readonly Position[];
}

/** A trained model's code for the stimuli of an {@link Atlas}. */
export interface ModelCode {
  readonly model: ModelName;
  readonly capacityNats: number;
  readonly seed: number;
  /** Centres of the code, [stimuli, D]. */
  readonly points: Points;
}

/** The codes of many models for the very same stimuli: all that the paper's maps, curves and matrices are drawn from. */
export interface Atlas {
  readonly stimuli: Stimuli;
  readonly codes: readonly ModelCode[];
}

/** The code of a model; undefined where it was not trained. */
export function codeOf(
  { codes }: Atlas,
  wanted: Pick<ModelCode, "model" | "capacityNats" | "seed">,
): ModelCode | undefined {
  return codes.find(
    ({ model, capacityNats, seed }) =>
      model === wanted.model && capacityNats === wanted.capacityNats && seed === wanted.seed,
  );
}

/**
 * The codes of all finished models for the stimuli of the paper: images of the Baseline's test rows, whatever data a model
 * was trained on.
 * @param onModel called after each model.
 * @throws UserError when a run cannot be read, or its data have changed.
 */
export async function gatherAtlas(
  models: readonly ModelResult[],
  preset: Preset,
  { runs, load, device }: Pick<Measuring, "runs" | "load" | "device">,
  onModel: (done: number, of: number) => void = () => undefined,
): Promise<Atlas> {
  const configuration = modelConfiguration({ model: "Baseline", capacityNats: 10, seed: 0, preset });
  const dataset = load(configuration.data);
  const stimuli = chooseStimuli(sliceDataset(dataset, chosenSplit(configuration, dataset).test));
  const finished = models.filter(({ status }) => status === "finished");
  const codes: ModelCode[] = [];
  for (const { model, capacityNats, seed, run } of finished) {
    const trained = loadTrainedRun(openRun(runs, run!), load);
    const { mean } = await encodeTable(trained, await device(), stimuli.images);
    codes.push({ model, capacityNats, seed, points: toPoints(mean, `codes of ${run}`) });
    onModel(codes.length, finished.length);
  }
  return { stimuli, codes };
}

/**
 * The images that the paper's figures are drawn from: the first 1,500 and one of each pair of positions, ordered by xU - xL.
 * @throws UserError when the data have no labels xU and xL.
 */
export function chooseStimuli(dataset: Dataset): Stimuli {
  const positions = positionsOf(dataset);
  const images = chooseImages(dataset, (row) => positions[row]![0] - positions[row]![1]);
  return { images, positions: positionsOf(images) };
}

function positionsOf({ name, labels, labelNames, count }: Dataset): Position[] {
  if (!labels || labelNames.length !== 2) {
    throw new UserError({
      where: name,
      what: `the figures of this paper need two labels, xU and xL; the data have ${labelNames.length}`,
      remedy: "Use Corridors data",
    });
  }
  return Array.from({ length: count }, (_, row) => [labels[2 * row]!, labels[2 * row + 1]!]);
}
