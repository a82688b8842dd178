import type { CommandGroup } from "../../command/tree.js";

export const figure: CommandGroup = {
  about: "draw one figure from one or several runs",
  details: `
The name of the file says the format: .svg, .png, .pdf, .html, or .csv for the numbers behind the figure; a traversal also
moves, in .apng and .gif.`,
  examples: [
    "narrows figure latent-map baseline-c10-s0 baseline-c0.3-s0 --out map.svg",
    "narrows figure capacity-distortion baseline-c10-s0 baseline-c0.3-s0 --out matrix.png",
    "narrows figure training-curves baseline-c10-s0 --out training.csv",
    "narrows figure layers my-vae --epochs all --out layers.svg",
    "narrows figure samples baseline-c10-s0 --out samples.png",
    "narrows figure rate-distortion runs/baseline-c* --out curves.svg",
    "narrows figure traversal baseline-c10-s0 --out traversal.gif",
  ],
  commands: {
    "latent-map": {
      about: "draw the codes of some 1,500 test images in two dimensions, coloured by their labels",
      load: async () => ({ default: (await import("./analysis.js")).latentMap }),
    },
    "tuning-curves": {
      about: "draw what each channel responds to: its mean activity over the labels",
      load: async () => ({ default: (await import("./analysis.js")).tuningCurves }),
    },
    "capacity-distortion": {
      about: "draw how a low capacity distorts the distances of a high one, between classes (two runs)",
      load: async () => ({ default: (await import("./analysis.js")).capacityDistortion }),
    },
    "capacity-error": {
      about: "draw distortion against capacity",
      load: async () => ({ default: (await import("./analysis.js")).capacityError }),
    },
    "rate-distortion": {
      about: "draw rate and distortion of many runs in one plane, one line per method",
      load: () => import("./rate-distortion.js"),
    },
    "training-curves": {
      about: "draw distortion and rate over the training",
      load: async () => ({ default: (await import("./curves.js")).trainingCurves }),
    },
    layers: {
      about:
        "draw intrinsic dimension or information imbalance from layer to layer: one curve per run, or one per epoch",
      load: async () => ({ default: (await import("./curves.js")).layers }),
    },
    reconstructions: {
      about: "draw test images, and below each the reconstruction of every run",
      load: async () => ({ default: (await import("./images.js")).reconstructions }),
    },
    "reconstruction-grid": {
      about: "draw a grid of test images, and next to it the reconstructions of every run",
      load: async () => ({ default: (await import("./images.js")).reconstructionGrid }),
    },
    samples: {
      about: "draw samples: codes drawn from the marginal, decoded",
      load: async () => ({ default: (await import("./images.js")).samples }),
    },
    traversal: {
      about: "draw what each channel of the code does to the image, all others at 0",
      load: () => import("./traversal.js"),
    },
  },
};
