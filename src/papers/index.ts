/**
 * The papers that can be reproduced, in the order of the help. A new paper is a folder and a line here; it is
 * loaded when it is asked for.
 */
import type { Reproduction } from "../reproduction/define.js";

export interface PaperEntry {
  /** What `narrows reproduce NAME` does. */
  readonly about: string;
  load(): Promise<Reproduction>;
}

export const PAPERS = {
  geometry: {
    about:
      'train the models of "The geometry of efficient codes", draw its figures, and check its statements',
    load: async () => (await import("./geometry-of-efficient-codes/index.js")).reproduction,
  },
  echo: {
    about:
      'train the models of "Exact Rate-Distortion in Autoencoders via Echo Noise", fill its tables, draw its figures, and check its statements',
    load: async () => (await import("./echo-noise/index.js")).reproduction,
  },
  dimension: {
    about:
      'train the networks of "Understanding VAEs with Intrinsic Dimension and Information Imbalance", measure every layer, draw its figures, and check its statements',
    load: async () => (await import("./intrinsic-dimension/index.js")).reproduction,
  },
} as const satisfies Record<string, PaperEntry>;
