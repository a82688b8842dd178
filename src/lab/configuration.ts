/** The experiment of the lab as a configuration of Narrows: what the terminal trains is what the page trains. */
import { shareOfFirstNat } from "../model/objectives/first-nat.js";
import type { Experiment, Frequencies } from "./experiment.js";

/** Images that are drawn; they share walls with no stimulus on the map. */
const SAMPLES = 20_000;
const BATCH_SIZE = 64;
/** Steps of the whole training: more than anybody waits for, so that the page trains until it is paused. */
const TOTAL_STEPS = 200_000;
/** Terms of Echo's noise: all the other images of a batch. */
const ECHO_TERMS = BATCH_SIZE - 1;

/** The paper's biases (rule D7). */
export const BIASES = { lower: "lower:2000/260", aligned: "aligned:3000/300" } as const;

/** Steps until the target rate is reached, and those in which Echo's rate costs little. */
const WARMUP_STEPS = { small: 300, paper: 600 } as const;
const LEARNING_RATES = { small: 2e-3, paper: 1e-3 } as const;

const SMALL_NETWORK = {
  encoder: { type: "dense", units: [128], slope: 0.01 },
  decoder: { type: "dense", units: [128], slope: 0.01 },
} as const;

/**
 * What a nat away from C costs, per image: by rule O7, with the price of the first nat of Corridors of the three kinds (6.6 to 9.0) as one
 * number, so that it does not have to be computed while the visitor waits.
 */
const FIRST_NAT = 8;

function gammaOf(capacityNats: number, dimensions: number): number {
  return Math.round(100 * FIRST_NAT * shareOfFirstNat(capacityNats, dimensions)) / 100;
}

/** What the experiment says, and no more: the keys a reader would write. */
export function writtenConfiguration(experiment: Experiment) {
  const { network, seed, frequencies, task, channel, dimensions } = experiment;
  const heads = task === undefined ? undefined : [headOf(task, network)];
  return {
    name: "lab",
    seed,
    data: { corridors: { samples: SAMPLES, ...writtenFrequencies(frequencies) } },
    model: {
      ...(network === "small" && SMALL_NETWORK),
      channel:
        channel === "gaussian"
          ? { type: "gaussian", dimensions }
          : { type: "echo", dimensions, terms: ECHO_TERMS },
      objective: objectiveOf(experiment),
      ...(channel === "echo" && { initialisation: "he", pixelBias: "mean-image" }),
      ...(heads && { heads }),
    },
    optimizer: { learningRate: LEARNING_RATES[network] },
    training: { steps: TOTAL_STEPS, batchSize: BATCH_SIZE, evaluateEverySteps: 1000 },
  };
}

function writtenFrequencies(frequencies: Frequencies) {
  switch (frequencies.kind) {
    case "uniform":
      return {};
    case "drawn":
      return { weights: [...frequencies.weights] };
    default:
      return { bias: BIASES[frequencies.kind] };
  }
}

function objectiveOf({ limit, network, channel, dimensions }: Experiment) {
  const warmup = WARMUP_STEPS[network];
  if (limit.kind === "capacity") {
    const gamma = gammaOf(limit.nats, dimensions);
    return { type: "capacity", capacity: limit.nats, gamma, schedule: { unit: "step", warmup } };
  }
  return { type: "beta", beta: limit.beta, ...(channel === "echo" && { delay: 50, warmup: 150 }) };
}

function headOf(task: string, network: Experiment["network"]) {
  return {
    name: "task",
    task,
    network: { type: "hidden", units: network === "small" ? 64 : 256, slope: 0.2, dropout: 0 },
  };
}
