import { chosenSplit } from "../../../configuration/split.js";
import type { Dataset } from "../../../data/dataset.js";
import { sliceDataset } from "../../../data/split.js";
import { type Points, toPoints } from "../../../geometry/index.js";
import { once } from "../../../once.js";
import type { Measuring } from "../../../reproduction/measured-once.js";
import { encodeTable } from "../../../training/encode.js";
import type { DataLoader } from "../../../training/experiment.js";
import type { TrainedRun } from "../../../training/trained-run.js";
import { type GeometryValues, type ModelName, modelConfiguration } from "../recipe.js";
import type { PlannedFrozen, PlannedModel } from "../runs.js";
import { type PublishedCodes, readPublishedCodes } from "./published-codes.js";
import { chooseStimuli, type Stimuli } from "./stimuli.js";

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
  /** What the authors published, for these very stimuli; undefined where it was not given. */
  readonly published?: PublishedCodes | undefined;
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

/** The published codes as an atlas of their own, seed 0: measured and drawn as ours are. */
export function publishedAtlas({ stimuli, codes }: PublishedCodes): Atlas {
  return { stimuli, codes: codes.map((code) => ({ ...code, seed: 0 })) };
}

/**
 * The stimuli that codes are measured on, whatever data a model was trained on: with published codes their images, otherwise
 * images of the Baseline's test rows.
 * @throws UserError when the file of published codes cannot be read.
 */
export function stimuliOf({ length, publishedCodes }: StimuliChoice, load: DataLoader): Stimuli {
  if (publishedCodes !== undefined) return readPublishedCodes(publishedCodes).stimuli;
  const configuration = modelConfiguration({ model: "Baseline", capacityNats: 10, seed: 0, length });
  const dataset = load(configuration.data);
  return chooseStimuli(sliceDataset(dataset, chosenSplit(configuration, dataset).test));
}

/** What decides on the stimuli. */
export type StimuliChoice = Pick<GeometryValues, "length" | "publishedCodes">;

/** What was measured of a trained model, and which it is. */
export type OfModel<Measures> = Pick<PlannedModel, "model" | "capacityNats" | "seed"> & {
  readonly measures: Measures;
};

/**
 * Measures all finished models on the stimuli of the paper, each once.
 * @param name of the measure, in the names of the files that keep it.
 * @throws UserError when a run cannot be read, or its data have changed.
 */
export async function measureOnStimuli<Measures>(
  plan: readonly (PlannedModel | PlannedFrozen)[],
  choice: StimuliChoice,
  measuring: Measuring,
  name: string,
  measure: (trained: TrainedRun, images: Dataset) => Promise<Measures>,
): Promise<OfModel<Measures>[]> {
  const images = once(() => stimuliOf(choice, measuring.load).images);
  // Of other images a model comes to other numbers.
  const and = choice.publishedCodes === undefined ? [] : [images().fingerprint];
  const all: OfModel<Measures>[] = [];
  for (const planned of measuring.counted(plan)) {
    const { run, status } = measuring.outcomeOf(planned);
    if (planned.kind === "frozen" || status !== "finished") continue;
    const measures = await measuring.once(`${run}-${name}`, { runs: [planned], and }, () =>
      measure(measuring.open(planned), images()),
    );
    const { model, capacityNats, seed } = planned;
    all.push({ model, capacityNats, seed, measures });
  }
  return all;
}

/**
 * The codes of all finished models for the stimuli of the paper, each computed once.
 * @throws UserError when a run cannot be read, or its data have changed.
 */
export async function measureCodes(
  plan: readonly (PlannedModel | PlannedFrozen)[],
  choice: StimuliChoice,
  measuring: Measuring,
): Promise<ModelCode[]> {
  const measured = await measureOnStimuli(plan, choice, measuring, "codes", async (trained, images) => {
    const { mean } = await encodeTable(trained, await measuring.device(), images);
    const points = toPoints(mean, `codes of ${trained.run.name}`);
    return { ...points, coordinates: Array.from(points.coordinates) };
  });
  return measured.map(({ measures: { coordinates, ...of }, ...model }) => ({
    ...model,
    points: { ...of, coordinates: Float64Array.from(coordinates) },
  }));
}
