import { drawLayers, drawTrainingCurves, LAYER_QUANTITIES } from "../../../run-figures/index.js";
import { choice } from "../../../settings/index.js";
import { batchProgress } from "../../progress/batch-progress.js";
import { layerChoice } from "../measure/layers.js";
import { figureCommand } from "./define.js";

/** Curves over the layers of a model. */
export const layers = figureCommand({
  settings: {
    of: choice(LAYER_QUANTITIES, {
      about:
        "the dimension; the information imbalance to input or output; of each layer and the next, relative or in the plane",
      default: "dimension",
    }),
    ...layerChoice,
  },
  examples: [
    "narrows figure layers vae-k2 vae-k8 vae-k32 --rows 2000 --out dimension.svg",
    "narrows figure layers my-vae --of input --epochs all --out over-training.png",
    "narrows figure layers my-vae --of plane --out plane.pdf",
  ],
  async draw(runs, device, { of: quantity, ...options }) {
    const progress = batchProgress();
    const onSpace = (layer: string, done: number, of: number) => progress.update(layer, done, of);
    return drawLayers(runs, device, quantity, { ...options, onSpace }).finally(() => progress.stop());
  },
});

/** Curves over the training. */
export const trainingCurves = figureCommand({
  examples: ["narrows figure training-curves baseline-c10-s0 --out training.csv"],
  draw: async (runs) => drawTrainingCurves(runs),
});
