/** An atlas on constructed stimuli and results with known numbers: enough to draw every figure without a training. */
import { type Points, toPoints } from "../../../../src/geometry/index.js";
import type { Position } from "../../../../src/papers/geometry-of-efficient-codes/classes.js";
import type { Atlas, ModelCode } from "../../../../src/papers/geometry-of-efficient-codes/measures/atlas.js";
import type { StimulusErrors } from "../../../../src/papers/geometry-of-efficient-codes/measures/fidelity.js";
import type {
  FrozenResult,
  ModelResult,
  TaskResult,
} from "../../../../src/papers/geometry-of-efficient-codes/measures/results.js";
import type { Stimuli } from "../../../../src/papers/geometry-of-efficient-codes/measures/stimuli.js";
import {
  CAPACITIES_NATS,
  MODEL_NAMES,
  type ModelName,
} from "../../../../src/papers/geometry-of-efficient-codes/recipe.js";
import { corridorImage, scatter } from "../../../figures/examples/constructed.js";

const SIDE = 13;
const TASKS = ["E2M1", "E2M2", "E2M3", "E2M4"];

/** Stimuli from images [N, 169] of bytes and their positions. */
function stimuliOf(images: Uint8Array, positions: readonly Position[]): Stimuli {
  return {
    images: {
      name: "constructed stimuli",
      fingerprint: "constructed",
      count: positions.length,
      imageShape: [SIDE, SIDE, 1],
      images,
      scale: 1,
      labels: Int32Array.from(positions.flat()),
      labelNames: ["xU", "xL"],
    },
    positions,
  };
}

/** Each of the 169 pairs of positions once. */
function constructedStimuli(): Stimuli {
  const positions = Array.from({ length: SIDE * SIDE }, (_, k): Position => [Math.floor(k / SIDE), k % SIDE]);
  const images = positions.flatMap(([xU, xL]) => Array.from(corridorImage(xU, xL).data));
  return stimuliOf(Uint8Array.from(images), positions);
}

/** A code of two channels in use and three that only rustle, whose second used channel shrinks with the capacity. */
function constructedPoints({ positions }: Stimuli, capacityNats: number, bend: number): Points {
  const values = positions.flatMap(([xU, xL], k) => [
    (xU - 6) / 4,
    ((xL - 6) / 4) * Math.tanh(capacityNats / 3) + bend * (xU <= xL ? 1 : -1),
    ...[0, 1, 2].map((channel) => 0.05 * (scatter(3 * k + channel) - 0.5)),
  ]);
  return toPoints({ shape: [positions.length, 5], data: Float64Array.from(values) }, "constructed codes");
}

/** Codes of these models at these capacities, seed 0; every model but the Baseline is bent along xU <= xL. */
export function constructedAtlas(
  models: readonly ModelName[] = MODEL_NAMES,
  capacities: readonly number[] = [0.3, 10],
  stimuli: Stimuli = constructedStimuli(),
): Atlas {
  const codes = models.flatMap((model) =>
    capacities.map(
      (capacityNats): ModelCode => ({
        model,
        capacityNats,
        seed: 0,
        points: constructedPoints(stimuli, capacityNats, model === "Baseline" ? 0 : 0.5),
      }),
    ),
  );
  return { stimuli, codes };
}

function taskResult(task: string, capacityNats: number, seed: number): TaskResult {
  const published = 1 - 0.6 * Math.exp(-capacityNats / (2 + TASKS.indexOf(task)));
  const f1 = published - 0.02 * seed;
  return { head: task, task, accuracy: f1, f1: f1 - 0.01, f1BatchMean: f1, publishedF1BatchMean: published };
}

/** Every model at every capacity with three seeds: mean and published error 0.05 + 0.1 exp(-C/3), seeds 0.001 apart. */
export function constructedModels(models: readonly ModelName[] = MODEL_NAMES): ModelResult[] {
  return models.flatMap((model) =>
    CAPACITIES_NATS.flatMap((capacityNats) =>
      [0, 1, 2].map((seed): ModelResult => {
        const published = 0.05 + 0.1 * Math.exp(-capacityNats / 3) + 0.002 * MODEL_NAMES.indexOf(model);
        const tasks = model === "E2M5" ? TASKS : TASKS.filter((task) => task === model);
        return {
          model,
          capacityNats,
          seed,
          run: `${model}-${capacityNats}-${seed}`,
          status: "finished",
          reason: null,
          step: 1,
          squaredErrorPerPixel: published + 0.001 * (seed - 1),
          publishedSquaredErrorPerPixel: published,
          rateNats: capacityNats,
          gapNats: 0,
          tasks: tasks.map((task) => taskResult(task, capacityNats, seed)),
        };
      }),
    ),
  );
}

/** Classifiers on the frozen codes of the Baseline and of the four models with a task. */
export function constructedFrozen(): FrozenResult[] {
  return (["Baseline", "E2M1", "E2M2", "E2M3", "E2M4"] as const).flatMap((model) =>
    CAPACITIES_NATS.map((capacityNats) => ({
      model,
      capacityNats,
      seed: 0,
      run: `frozen-${model}-${capacityNats}`,
      status: "finished" as const,
      reason: null,
      tasks: TASKS.filter((task) => task !== model).map((task) => taskResult(task, capacityNats, 0)),
    })),
  );
}

/** Errors of every model with three seeds, 0.001 apart: 0.05 + 0.1 exp(-C/3), a tenth more where xL > 6. */
export function constructedErrors(models: readonly ModelName[] = MODEL_NAMES): StimulusErrors[] {
  const { positions } = constructedStimuli();
  return models.flatMap((model) =>
    CAPACITIES_NATS.flatMap((capacityNats) =>
      [0, 1, 2].map((seed) => ({
        model,
        capacityNats,
        seed,
        squaredErrorPerPixel: positions.map(
          ([, xL]) => (0.05 + 0.1 * Math.exp(-capacityNats / 3)) * (xL > 6 ? 1.1 : 1) + 0.001 * (seed - 1),
        ),
      })),
    ),
  );
}
