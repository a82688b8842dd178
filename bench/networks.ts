import { loadConfiguration } from "../src/configuration/load.js";
import { isAutoencoderSettings } from "../src/model/kinds.js";
import type { ModelSettings } from "../src/model/model.js";
import type { ImageShape } from "../src/model/parts.js";
import type { OptimizerSettings } from "../src/nn/optimizer-schema.js";

/** A network whose training step is measured: a configuration of a paper on images of a shape, in batches of a size. */
export interface NetworkSource {
  /** The configuration's file, from a checkout's root. */
  readonly configuration: string;
  /** As given to `--set`. */
  readonly overrides?: readonly string[];
  readonly imageShape: ImageShape;
  readonly batchSize: number;
}

/** A row of the table below. */
export interface Network extends NetworkSource {
  /** The beginning of its keys in results files. */
  readonly key: string;
  readonly label: string;
  /** What `--only` calls it. */
  readonly part: "corridors" | "echo" | "dimension";
  /** Steps timed in one round, and made untimed before, while the other contenders' threads go to sleep. */
  readonly calls: { readonly steps: number; readonly warmup: number };
  /** Longest time for the rounds of one number of threads. */
  readonly seconds: number;
  /** The same networks with another channel, measured in turn with these, and the most that its time over theirs may be. */
  readonly sibling?: {
    readonly key: string;
    readonly label: string;
    readonly configuration: string;
    readonly limit: number;
  };
  /** Least times of PyTorch over ours, medians. */
  readonly limits?: { readonly usual: number; readonly fastest: number };
  /** Most memory of one training. */
  readonly maxMegabytes?: number;
}

const BASELINE = {
  part: "corridors",
  configuration: "configs/geometry-of-efficient-codes/baseline.yaml",
  imageShape: [13, 13, 1],
  calls: { steps: 10, warmup: 2 },
  seconds: 12,
} as const;

const DIMENSION = {
  part: "dimension",
  configuration: "configs/intrinsic-dimension/vae.yaml",
  batchSize: 256,
  calls: { steps: 1, warmup: 0 },
  seconds: 32,
  limits: { usual: 1.6, fastest: 1.5 },
  maxMegabytes: 2100,
} as const;

/** The networks of the three papers, in the order in which they are measured. */
export const NETWORKS: readonly Network[] = [
  {
    ...BASELINE,
    key: "corridors64",
    label: "Corridors b64",
    batchSize: 64,
    limits: { usual: 2, fastest: 1.8 },
  },
  { ...BASELINE, key: "corridors128", label: "Corridors b128", batchSize: 128 },
  {
    key: "echo",
    label: "Echo b100",
    part: "echo",
    configuration: "configs/echo-noise/vae.yaml",
    imageShape: [28, 28, 1],
    batchSize: 100,
    calls: { steps: 1, warmup: 0 },
    seconds: 24,
    sibling: {
      key: "echoChannel",
      label: "with the Echo channel",
      configuration: "configs/echo-noise/echo.yaml",
      limit: 1.15,
    },
    limits: { usual: 2, fastest: 1.9 },
    maxMegabytes: 1200,
  },
  {
    ...DIMENSION,
    key: "dimension1",
    label: "dimension b256, 1 channel",
    imageShape: [32, 32, 1],
    overrides: ["model.decoder.layers.3.channels=1"],
  },
  { ...DIMENSION, key: "dimension3", label: "dimension b256, 3 channels", imageShape: [32, 32, 3] },
];

/** A small network, as a page trains it while somebody watches: measured in the browser alone. */
export const SMALL: Network = {
  ...BASELINE,
  key: "small",
  label: "Dense 64, D = 5, b64",
  overrides: ["model.encoder={type: dense, units: [64]}", "model.decoder={type: dense, units: [64]}"],
  batchSize: 64,
  calls: { steps: 100, warmup: 20 },
};

/** What a step needs of a configuration. */
export interface TrainingSettings {
  readonly model: ModelSettings;
  readonly optimizer: OptimizerSettings;
  readonly seed: number;
}

/** The settings of a network, read from its configuration here. */
export function trainingSettings({ configuration: path, overrides }: NetworkSource): TrainingSettings {
  const { model, optimizer, seed } = loadConfiguration(path, overrides).configuration;
  if (!isAutoencoderSettings(model)) throw new Error(`${path} is no autoencoder`);
  return { model, optimizer, seed };
}
