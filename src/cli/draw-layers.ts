import { UserError } from "../errors.js";
import type { FigureSpec } from "../figures/figure.js";
import { informationPlane } from "../figures/information-plane.js";
import { layerProfiles } from "../figures/layer-profiles.js";
import { relativeImbalance } from "../figures/relative-imbalance.js";
import { relativeImbalance as relativeOf } from "../geometry/information-imbalance/index.js";
import { measureLayers } from "../layer-geometry/layers.js";
import { type LayerProfile, layerPath, profileOf } from "../layer-geometry/profile.js";
import type { KnownSpaces } from "../layer-geometry/spaces.js";
import type { Device } from "../onnx/devices.js";
import type { TrainedRun } from "../training/trained-run.js";
import { type ImageChoice, imagesOf, momentsOf } from "./layer-moments.js";
import { batchProgress } from "./progress/batch-progress.js";

/** What of the layers is drawn, and what each shows. */
export const LAYER_QUANTITIES = {
  dimension: "intrinsic dimension of each layer",
  input: "information imbalance from each layer to the input",
  output: "information imbalance from each layer to the output",
  relative: "relative imbalance of each layer and the next",
  plane: "the information plane: each layer and the next",
} as const;

export type LayerQuantity = keyof typeof LAYER_QUANTITIES;

/** The layers of a model along the way of an image, under the name of its curve. */
interface NamedProfile {
  readonly name: string;
  readonly path: readonly LayerProfile[];
}

/**
 * Measures the layers of runs, one curve a run, or of one run at several of its snapshots, one curve an epoch, and draws a quantity of them.
 * @throws UserError when runs have other layers than the first.
 */
export async function drawLayers(
  runs: readonly TrainedRun[],
  quantity: LayerQuantity,
  options: ImageChoice & { readonly epochs?: string },
  device: Device,
): Promise<FigureSpec> {
  const profiles = await measureAll(runs, options, device);
  const layers = profiles[0]!.path.map(({ name }) => name);
  const other = profiles.find(({ path }) => path.map(({ name }) => name).join() !== layers.join());
  if (other) {
    throw new UserError({
      where: other.name,
      what: `its layers are not those of ${profiles[0]!.name}`,
      remedy: "Draw runs of one architecture together",
    });
  }
  const title = sentence(LAYER_QUANTITIES[quantity]);
  const legendTitle = options.epochs === undefined ? "run" : "epoch";
  const profilesOf = (of: (layer: LayerProfile) => number | undefined) =>
    profiles.map(({ name, path }) => ({ name, values: path.map((layer) => valuesOf(of(layer))) }));
  if (quantity === "plane") {
    const series = profiles.map(({ name, path }) => ({
      name,
      points: path
        .slice(0, -1)
        .flatMap(({ name: layer, forward, backward }) =>
          forward && backward
            ? [{ aToB: [forward.imbalance], bToA: [backward.imbalance], label: layer }]
            : [],
        ),
    }));
    return informationPlane({ series }, { title, legendTitle, spaces: ["layer", "next"], log: true });
  }
  if (quantity === "relative") {
    const steps = profiles.map(({ name, path }) => ({
      name,
      values: path
        .slice(0, -1)
        .map(({ forward, backward }) =>
          valuesOf(forward && backward ? relativeOf(forward.imbalance, backward.imbalance) : undefined),
        ),
    }));
    return relativeImbalance({ layers, profiles: steps }, { title, legendTitle });
  }
  const of =
    quantity === "dimension"
      ? ({ dimension }: LayerProfile) => dimension?.fit.dimension
      : quantity === "input"
        ? ({ toInput }: LayerProfile) => toInput?.imbalance
        : ({ toOutput }: LayerProfile) => toOutput?.imbalance;
  return layerProfiles(
    { layers, profiles: profilesOf(of) },
    {
      title,
      legendTitle,
      quantity: quantity === "dimension" ? "intrinsic dimension" : `imbalance to the ${quantity}`,
      column: quantity === "dimension" ? "dimension" : "imbalance",
    },
  );
}

async function measureAll(
  runs: readonly TrainedRun[],
  options: ImageChoice & { readonly epochs?: string },
  device: Device,
): Promise<NamedProfile[]> {
  if (runs.length > 1 && options.epochs !== undefined) {
    throw new UserError({
      where: `--epochs ${options.epochs}`,
      what: "several runs are drawn at their newest checkpoints",
      remedy: "Leave it out, or give one run",
    });
  }
  const progress = await batchProgress();
  const profiles: NamedProfile[] = [];
  const known: KnownSpaces = new WeakMap();
  try {
    for (const trained of runs) {
      const table = imagesOf(trained, options);
      for (const moment of momentsOf(trained, options.epochs)) {
        const name = moment.epoch === undefined ? trained.run.name : String(moment.epoch);
        const measured = await measureLayers(
          { trained: moment.trained, table, device },
          { known, onSpace: (layer, done, of) => progress.update(`${name}, ${layer}`, done, of) },
        );
        const profile = profileOf(measured);
        const path = layerPath(profile.map((layer) => layer.name)).map((place) => profile[place]!);
        profiles.push({ name, path });
      }
    }
  } finally {
    progress.stop();
  }
  return profiles;
}

/** One value, or none where it could not be measured. */
function valuesOf(value: number | undefined): number[] {
  return value === undefined || !Number.isFinite(value) ? [] : [value];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
