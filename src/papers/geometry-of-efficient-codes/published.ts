/**
 * Validation squared error per pixel of the paper's Baseline (Fig. 3; one run a point, 170,000 training images,
 * hand-tuned gamma).
 */
export const BASELINE_MSE: readonly { readonly capacityNats: number; readonly distortion: number }[] = [
  { capacityNats: 0.3, distortion: 0.1449 },
  { capacityNats: 1, distortion: 0.1227 },
  { capacityNats: 3, distortion: 0.0737 },
  { capacityNats: 6, distortion: 0.0546 },
  { capacityNats: 10, distortion: 0.0533 },
];
