import { chooseStimuli as chooseImages } from "../../../analysis/stimuli.js";
import { chosenSplit } from "../../../configuration/split.js";
import type { Dataset } from "../../../data/dataset.js";
import { sliceDataset } from "../../../data/split.js";
import { UserError } from "../../../errors.js";
import { type Points, toPoints } from "../../../geometry/index.js";
import { once } from "../../../once.js";
import type { Preset } from "../../../reproduction/definition.js";
import type { Measuring } from "../../../reproduction/measured-once.js";
import { encodeTable } from "../../../training/encode.js";
import type { DataLoader } from "../../../training/experiment.js";
import type { Position } from "../classes.js";
import { type ModelName, modelConfiguration } from "../recipe.js";
import type { PlannedFrozen, PlannedModel } from "../runs.js";

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

/** The stimuli of the paper: images of the Baseline's test rows, whatever data a model was trained on. */
export function stimuliOf(preset: Preset, load: DataLoader): Stimuli {
  const configuration = modelConfiguration({ model: "Baseline", capacityNats: 10, seed: 0, preset });
  const dataset = load(configuration.data);
  return chooseStimuli(sliceDataset(dataset, chosenSplit(configuration, dataset).test));
}

/**
 * The codes of all finished models for the stimuli of the paper, each computed once.
 * @throws UserError when a run cannot be read, or its data have changed.
 */
export async function measureCodes(
  plan: readonly (PlannedModel | PlannedFrozen)[],
  preset: Preset,
  measuring: Measuring,
): Promise<ModelCode[]> {
  const stimuli = once(() => stimuliOf(preset, measuring.load));
  const codes: ModelCode[] = [];
  for (const planned of measuring.counted(plan)) {
    const { run, status } = measuring.outcomeOf(planned);
    if (planned.kind === "frozen" || status !== "finished") continue;
    const { coordinates, ...of } = await measuring.once(`${run}-codes`, { runs: [planned] }, async () => {
      const { mean } = await encodeTable(measuring.open(planned), await measuring.device(), stimuli().images);
      const points = toPoints(mean, `codes of ${run}`);
      return { ...points, coordinates: Array.from(points.coordinates) };
    });
    const { model, capacityNats, seed } = planned;
    codes.push({ model, capacityNats, seed, points: { ...of, coordinates: Float64Array.from(coordinates) } });
  }
  return codes;
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
