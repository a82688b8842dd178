import { CAPACITIES_NATS, type ModelName } from "./models.js";

/**
 * Published numbers, at 0.3, 1, 3, 6 and 10 nats, rounded to 4 decimals. One training a point, with gamma tuned by hand:
 * how far another seed would lie from them is not known.
 */
type Curve = readonly number[];

/** Validation squared error per pixel (Fig. 3), each on the validation rows of its own data. */
const FIGURE_3: Readonly<Record<ModelName, Curve>> = {
  Baseline: [0.1449, 0.1227, 0.0737, 0.0546, 0.0533],
  E1M1: [0.135, 0.1157, 0.0744, 0.0562, 0.0518],
  E1M2: [0.1418, 0.1196, 0.0783, 0.0596, 0.0544],
  E2M1: [0.1496, 0.1447, 0.0842, 0.0571, 0.0551],
  E2M2: [0.1488, 0.1361, 0.0824, 0.059, 0.0551],
  E2M3: [0.1556, 0.1404, 0.0912, 0.0586, 0.0548],
  E2M4: [0.148, 0.1308, 0.0968, 0.0625, 0.0533],
  E2M5: [0.1483, 0.1341, 0.1126, 0.073, 0.057],
};

/** F1 by whose code it is, then by task: mean over batches of 32 (rule C3). */
type F1Curves = Partial<Record<ModelName, Readonly<Record<string, Curve>>>>;

/** Classifiers trained with the autoencoder: Fig. 6B, and 6C for E2M5. */
const FIGURE_6_JOINT: F1Curves = {
  E2M1: { E2M1: [0.8312, 0.9892, 0.9958, 0.9954, 0.9959] },
  E2M2: { E2M2: [0.9269, 0.9988, 0.9985, 0.9991, 0.9995] },
  E2M3: { E2M3: [0.7927, 0.8738, 0.872, 0.8596, 0.8706] },
  E2M4: { E2M4: [0.151, 0.3155, 0.6762, 0.7853, 0.8195] },
  E2M5: {
    E2M1: [0.7958, 0.8401, 0.9897, 0.9938, 0.9973],
    E2M2: [0.9046, 0.9185, 0.9948, 0.9981, 0.9993],
    E2M3: [0, 0, 0.7057, 0.8353, 0.8824],
    E2M4: [0.0425, 0.2414, 0.3347, 0.9817, 0.7873],
  },
};

/** Classifiers on a code that is trained already: Fig. 6A for the Baseline's, 6D for those of E2M1 to E2M4. */
const FIGURE_6_FROZEN: F1Curves = {
  Baseline: {
    E2M1: [0.6915, 0.8022, 0.9416, 0.9825, 0.9854],
    E2M2: [0.8572, 0.8872, 0.9173, 0.9187, 0.9276],
    E2M3: [0, 0, 0, 0, 0],
    E2M4: [0.0635, 0.1257, 0.4372, 0.6202, 0.6482],
  },
  E2M1: {
    E2M2: [0.8546, 0.8637, 0.9192, 0.926, 0.9333],
    E2M3: [0, 0, 0, 0, 0],
    E2M4: [0.0322, 0.0502, 0.3673, 0.5685, 0.5482],
  },
  E2M2: {
    E2M1: [0.7341, 0.7956, 0.821, 0.8079, 0.9128],
    E2M3: [0, 0, 0, 0, 0],
    E2M4: [0.0335, 0.0572, 0.4304, 0.764, 0.5846],
  },
  E2M3: {
    E2M1: [0.6245, 0.6475, 0.9025, 0.9776, 0.917],
    E2M2: [0.8565, 0.8502, 0.91, 0.9217, 0.9437],
    E2M4: [0.0366, 0.095, 0.4169, 0.6883, 0.8874],
  },
  E2M4: {
    E2M1: [0.6321, 0.6389, 0.7574, 0.7962, 0.9228],
    E2M2: [0.8566, 0.8548, 0.8826, 0.9293, 0.9538],
    E2M3: [0, 0, 0, 0, 0],
  },
};

/** Published squared error per pixel of a model (Fig. 3); undefined at a capacity that the paper does not have. */
export function publishedMse(model: ModelName, capacityNats: number): number | undefined {
  return FIGURE_3[model][indexOf(capacityNats)];
}

/** Published F1 of a model's own classifier for a task (Fig. 6B and 6C); undefined where the paper has none. */
export function publishedF1(model: ModelName, task: string, capacityNats: number): number | undefined {
  return FIGURE_6_JOINT[model]?.[task]?.[indexOf(capacityNats)];
}

/**
 * Published F1 of a classifier for a task on the frozen code of a model (Fig. 6A and 6D); undefined where the paper has
 * none, such as that of a model's own task.
 */
export function publishedFrozenF1(model: ModelName, task: string, capacityNats: number): number | undefined {
  return FIGURE_6_FROZEN[model]?.[task]?.[indexOf(capacityNats)];
}

/** The Baseline's points of Fig. 3. */
export const BASELINE_MSE: readonly { readonly capacityNats: number; readonly distortion: number }[] =
  CAPACITIES_NATS.map((capacityNats, k) => ({ capacityNats, distortion: FIGURE_3.Baseline[k]! }));

function indexOf(capacityNats: number): number {
  return (CAPACITIES_NATS as readonly number[]).indexOf(capacityNats);
}
