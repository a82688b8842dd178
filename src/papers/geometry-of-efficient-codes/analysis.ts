import {
  type Labels,
  metricMds,
  type Points,
  type TuningCurves,
  toPoints,
  tuningCurves,
} from "../../geometry/index.js";
import type { NumericArray } from "../../numeric-array.js";
import type { Device } from "../../onnx/devices.js";
import { PhiloxStream } from "../../random/stream.js";
import { encodeTable } from "../../training/encode.js";
import type { AutoencoderEvaluation } from "../../training/evaluate.js";
import { evaluateRun } from "../../training/evaluate-run.js";
import type { TrainedRun } from "../../training/trained-run.js";
import { channelsUsed } from "./channels-used.js";
import { positionLabels } from "./panels/classes.js";
import { chooseStimuli, type Stimuli } from "./stimuli.js";

/** Everything the figures of one run are drawn from. */
export interface RunAnalysis {
  readonly trained: TrainedRun;
  readonly name: string;
  /** Target C in nats; undefined where the objective aims at none. */
  readonly capacityNats: number | undefined;
  readonly evaluation: AutoencoderEvaluation;
  readonly stimuli: Stimuli;
  /** Codes of the stimuli, their centres [stimuli, D]. */
  readonly codes: NumericArray<Float32Array>;
  readonly points: Points;
  readonly positionLabels: Labels;
  readonly tuning: TuningCurves;
  /** Dimensions whose code moves by more than a tenth (standard deviation over stimuli): those that carry something. */
  readonly channelsUsed: number;
}

/** Encodes the stimuli of a run's test rows and evaluates it on its validation rows. */
export async function analyseRun(trained: TrainedRun, device: Device): Promise<RunAnalysis> {
  const { run, experiment, model } = trained;
  const stimuli = chooseStimuli(experiment.split.test);
  const { mean: codes } = await encodeTable(trained, device, stimuli.images);
  const points = toPoints(codes, `codes of ${run.name}`);
  const labels = positionLabels(stimuli.positions);
  return {
    trained,
    name: run.name,
    capacityNats: model.objective.finalTargetRateNats,
    evaluation: await evaluateRun(trained, device),
    stimuli,
    codes,
    points,
    positionLabels: labels,
    tuning: tuningCurves(points, labels),
    channelsUsed: channelsUsed(points),
  };
}

/** A two-dimensional map of the stimuli's codes by metric MDS (rule G8): [stimuli, 2]. */
export function embed({ points, trained }: RunAnalysis): NumericArray<Float64Array> {
  const stream = new PhiloxStream(trained.seed, "latent map");
  return metricMds(points, (count) => stream.fillUniform(new Float64Array(count))).embedding;
}
