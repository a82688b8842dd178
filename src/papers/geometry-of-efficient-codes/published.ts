import { CAPACITIES_NATS, type ModelName } from "./models.js";

/**
 * Validation squared error per pixel (Fig. 3), at 0.3, 1, 3, 6 and 10 nats. One run a point, each on the validation rows
 * of its own data, with gamma tuned by hand.
 */
const FIGURE_3: Readonly<Record<ModelName, readonly number[]>> = {
  Baseline: [0.1449, 0.1227, 0.0737, 0.0546, 0.0533],
  E1M1: [0.135, 0.1157, 0.0744, 0.0562, 0.0518],
  E1M2: [0.1418, 0.1196, 0.0783, 0.0596, 0.0544],
  E2M1: [0.1496, 0.1447, 0.0842, 0.0571, 0.0551],
  E2M2: [0.1488, 0.1361, 0.0824, 0.059, 0.0551],
  E2M3: [0.1556, 0.1404, 0.0912, 0.0586, 0.0548],
  E2M4: [0.148, 0.1308, 0.0968, 0.0625, 0.0533],
  E2M5: [0.1483, 0.1341, 0.1126, 0.073, 0.057],
};

/** F1 of classifiers trained with the autoencoder, mean over batches of 32 (rule C3): Fig. 6B, and 6C for E2M5. */
const FIGURE_6: Partial<Record<ModelName, Readonly<Record<string, readonly number[]>>>> = {
  E2M1: { E2M1: [0.831, 0.989, 0.996, 0.995, 0.996] },
  E2M2: { E2M2: [0.927, 0.999, 0.998, 0.999, 1] },
  E2M3: { E2M3: [0.793, 0.874, 0.872, 0.86, 0.871] },
  E2M4: { E2M4: [0.151, 0.316, 0.676, 0.785, 0.819] },
  E2M5: {
    E2M1: [0.796, 0.84, 0.99, 0.994, 0.997],
    E2M2: [0.905, 0.918, 0.995, 0.998, 0.999],
    E2M3: [0, 0, 0.706, 0.835, 0.882],
    E2M4: [0.043, 0.241, 0.335, 0.982, 0.787],
  },
};

/** Published squared error per pixel of a model; undefined at a capacity that the paper does not have. */
export function publishedMse(model: ModelName, capacityNats: number): number | undefined {
  return FIGURE_3[model][indexOf(capacityNats)];
}

/** Published F1 of a model's classifier for a task; undefined where the paper has none. */
export function publishedF1(model: ModelName, task: string, capacityNats: number): number | undefined {
  return FIGURE_6[model]?.[task]?.[indexOf(capacityNats)];
}

/** The Baseline's points of Fig. 3. */
export const BASELINE_MSE: readonly { readonly capacityNats: number; readonly distortion: number }[] =
  CAPACITIES_NATS.map((capacityNats, k) => ({ capacityNats, distortion: FIGURE_3.Baseline[k]! }));

function indexOf(capacityNats: number): number {
  return (CAPACITIES_NATS as readonly number[]).indexOf(capacityNats);
}
