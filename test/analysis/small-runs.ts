import type { Dataset } from "../../src/data/dataset.js";
import { nodeDevice } from "../../src/onnx/node.js";
import type { Runs } from "../../src/run-figures/index.js";
import type { Manifest } from "../../src/runs/manifest-text.js";
import { prepareExperiment, requireAutoencoder } from "../../src/training/experiment.js";
import type { TrainedRun } from "../../src/training/trained-run.js";
import { Trainer } from "../../src/training/trainer.js";
import { TINY, tinyConfiguration } from "../training/tiny.js";

export const device = await nodeDevice("cpu", 1);

/** Labels of data: for each name, the value of image k. */
export type LabelValues = Readonly<Record<string, (image: number) => number>>;

interface DataOptions {
  readonly count?: number;
  readonly imageShape?: Dataset["imageShape"];
  readonly classes?: Dataset["labelClasses"];
}

/** Images whose greys depend on their labels and on chance, as a file would give them. */
export function dataWith(
  labels: LabelValues,
  { count = 400, imageShape = [4, 5, 1], classes }: DataOptions = {},
): Dataset {
  const names = Object.keys(labels);
  const size = imageShape[0] * imageShape[1] * imageShape[2];
  const rows = Array.from({ length: count }, (_, k) => names.map((name) => labels[name]!(k)));
  const images = Uint8Array.from({ length: count * size }, (_, at) => {
    const k = Math.floor(at / size);
    const shown = rows[k]!.reduce((sum, value, column) => sum + value * (31 + 17 * column), 0);
    return (shown * ((at % size) + 1) + 7 * k * k) % 256;
  });
  return {
    name: "my-data",
    fingerprint: "0",
    count,
    imageShape,
    images,
    scale: 1 / 255,
    labels: names.length > 0 ? Float64Array.from(rows.flat()) : undefined,
    labelNames: names,
    labelClasses: classes,
  };
}

interface RunOptions {
  readonly dimensions?: number;
  /** One run for each; null: an objective without a target. */
  readonly capacities?: readonly (number | null)[];
}

/** Runs on such data at their initial weights, without a folder. */
export async function runsOn(
  dataset: Dataset,
  { dimensions = 3, capacities = [10, 1] }: RunOptions = {},
): Promise<Runs> {
  const runs: TrainedRun[] = [];
  for (const [seed, capacity] of capacities.entries()) {
    const { model } = TINY;
    const objective = capacity === null ? { type: "beta", beta: 1 } : { ...model.objective, capacity };
    const configuration = tinyConfiguration({
      seed,
      data: { file: "my-data.csv" },
      model: { ...model, objective, channel: { type: "gaussian", dimensions } },
    });
    const experiment = requireAutoencoder(
      prepareExperiment(configuration, () => dataset),
      "small",
    );
    const trainer = new Trainer(experiment.model, device, { seed, optimizer: configuration.optimizer });
    const { state } = trainer;
    await trainer.release();
    const manifest = {
      dataset: { name: dataset.name },
      versions: { narrows: "0.0.0" },
      createdAt: "2026-11-29T00:00:00Z",
    } as Manifest;
    const name = `run-${seed}`;
    const { layout } = experiment;
    runs.push({
      run: { name, path: name, manifest },
      experiment,
      state,
      warnings: [],
      model: experiment.model,
      layout,
      parameters: state.parameters,
      seed,
    });
  }
  return runs as unknown as Runs;
}
