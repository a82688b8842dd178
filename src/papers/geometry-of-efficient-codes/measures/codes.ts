import { chosenSplit } from "../../../configuration/split.js";
import { loadRemembering } from "../../../data/sources/index.js";
import { sliceDataset } from "../../../data/split.js";
import { toPoints } from "../../../geometry/index.js";
import type { Device } from "../../../onnx/devices.js";
import { openRun } from "../../../runs/run.js";
import { encodeTable } from "../../../training/encode.js";
import type { DataLoader } from "../../../training/experiment.js";
import { loadTrainedRun } from "../../../training/trained-run.js";
import type { Atlas, ModelCode } from "../atlas.js";
import { modelConfiguration, type ReproductionPreset } from "../recipe.js";
import { chooseStimuli, type Stimuli } from "../stimuli.js";
import type { ModelResult } from "./results.js";

/** The uniform images, and the two biased sets. */
const REMEMBERED_DATASETS = 3;

/**
 * The codes of all finished models for the stimuli of the paper: images of the Baseline's test rows, whatever data a model
 * was trained on.
 * @param onModel told after each model.
 * @throws UserError when a run cannot be read, or its data have changed.
 */
export async function gatherAtlas(
  models: readonly ModelResult[],
  { preset, runs, device }: { preset: ReproductionPreset; runs: string; device: Device },
  onModel: (done: number, of: number) => void = () => undefined,
): Promise<Atlas> {
  // Most of the paper's models were trained on the same images.
  const load = loadRemembering(REMEMBERED_DATASETS);
  const stimuli = stimuliOf(preset, load);
  const finished = models.filter(({ status }) => status === "finished");
  const codes: ModelCode[] = [];
  for (const { model, capacityNats, seed, run } of finished) {
    const trained = loadTrainedRun(openRun(runs, run!), load);
    const { mean } = await encodeTable(trained, device, stimuli.images);
    codes.push({ model, capacityNats, seed, points: toPoints(mean, `codes of ${run}`) });
    onModel(codes.length, finished.length);
  }
  return { stimuli, codes };
}

function stimuliOf(preset: ReproductionPreset, load: DataLoader): Stimuli {
  const configuration = modelConfiguration({ model: "Baseline", capacityNats: 10, seed: 0, preset });
  const dataset = load(configuration.data);
  return chooseStimuli(sliceDataset(dataset, chosenSplit(configuration, dataset).test));
}
