import { layerSpaces } from "../../../layer-geometry/layers.js";
import { measureSpaces } from "../../../layer-geometry/spaces.js";
import { OUTER_LAYERS } from "../../../model/layers.js";
import type { Device } from "../../../onnx/devices.js";
import type { TrainedRun } from "../../../training/trained-run.js";
import { imbalanceOf } from "./network.js";
import type { CrossImbalance } from "./results.js";

/** How well the code and the output of a network predict those of a larger one, and the other way round. */
export type Crossing = Pick<CrossImbalance, "layer" | "toLarger" | "toSmaller">;

const CROSSED = [
  { layer: "l5", name: OUTER_LAYERS.code },
  { layer: "l10", name: OUTER_LAYERS.output },
] as const;

/** Crosses two networks on the same test images, as they are at the end of their trainings. */
export async function crossNetworks(
  smaller: TrainedRun,
  larger: TrainedRun,
  device: Device,
): Promise<Crossing[]> {
  const names = CROSSED.map(({ name }) => name);
  const spaces = [smaller, larger].flatMap((trained) =>
    layerSpaces({ trained, table: trained.experiment.split.test, device }, names),
  );
  const arrows = CROSSED.flatMap((_, at) => [
    { from: at, to: CROSSED.length + at },
    { from: CROSSED.length + at, to: at },
  ]);
  const { imbalances } = await measureSpaces(spaces, arrows, { device });
  return CROSSED.map(({ layer }, at) => ({
    layer,
    toLarger: imbalanceOf(imbalances[2 * at]!),
    toSmaller: imbalanceOf(imbalances[2 * at + 1]!),
  }));
}
