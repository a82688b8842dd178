// A preset is what one paper or code means by "capacity beta-VAE": the options on which libraries differ under one name.
// null takes away what a configuration underneath may have set, so that the default applies.

/** Names of the presets, in the order in which they are shown. */
export const PRESET_NAMES = ["geometry", "authors-code", "burgess"] as const;

/** Name of one of {@link PRESET_NAMES}. */
export type PresetName = (typeof PRESET_NAMES)[number];

/** Options under one name; `settings` are laid over or under others like a configuration file. */
export interface Preset {
  /** One line for help texts. */
  readonly about: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The optimizer of the geometry paper and its code. */
const adam = {
  type: "adam",
  learningRate: 5e-4,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  epsilonForm: null,
  weightDecay: 0,
  decoupledWeightDecay: false,
};

/** Squared error per pixel with Adam at a rate that shrinks by epoch: what the paper and its code share. */
function geometryMethod(countEvaluations: boolean, training: object) {
  return {
    model: {
      likelihood: { type: "mse", pixels: "mean", output: "sigmoid" },
      objective: {
        type: "capacity",
        gamma: 200,
        rateWeight: 0.0003,
        evaluationRateWeight: countEvaluations ? 1 : null,
        gap: "batch",
        schedule: { unit: "step", warmup: 2500, quarteredUntil: 1500, countEvaluations },
      },
    },
    optimizer: { ...adam, schedule: { type: "exponential", factor: 0.9 } },
    training: { batchSize: 64, ...training },
  };
}

/** The presets (docs/definitions.md, "Presets"). Neither sizes nor, but for Burgess et al., the capacity are in them. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  geometry: {
    about: "the method of The geometry of efficient codes; the schedule counts training steps only",
    settings: geometryMethod(false, {}),
  },
  "authors-code": {
    about: "what the paper's published code does, its counting of evaluation batches included",
    settings: geometryMethod(true, { evaluationBatchSize: 32, metricBatchSize: 32 }),
  },
  burgess: {
    about: "Burgess et al. 2018: Bernoulli pixels summed, gamma 1000, C from 0 to 25 nats over 100,000 steps",
    settings: {
      model: {
        likelihood: { type: "bernoulli", pixels: "sum" },
        objective: {
          type: "capacity",
          capacity: 25,
          gamma: 1000,
          rateWeight: 1,
          evaluationRateWeight: null,
          gap: "batch",
          schedule: { unit: "step", warmup: 100_000, quarteredUntil: 0, countEvaluations: false },
        },
      },
      optimizer: { ...adam, schedule: { type: "constant" } },
      training: { batchSize: 64 },
    },
  },
};
