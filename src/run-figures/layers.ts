import { UserError } from "../errors.js";
import type { FigureSpec } from "../figures/figure.js";
import { informationPlane } from "../figures/information-plane.js";
import { layerProfiles } from "../figures/layer-profiles.js";
import { relativeImbalance } from "../figures/relative-imbalance.js";
import { relativeImbalance as relativeOf } from "../geometry/information-imbalance/index.js";
import { type Epochs, type LayerChoice, layersOfRun } from "../layer-geometry/of-runs.js";
import { type LayerProfile, layerPath } from "../layer-geometry/profile.js";
import type { KnownSpaces } from "../layer-geometry/spaces.js";
import type { Device } from "../onnx/devices.js";
import type { Runs } from "./runs.js";

/** What is drawn of the layers, and what each shows. */
const TITLES = {
  dimension: "Intrinsic dimension of each layer",
  input: "Information imbalance from each layer to the input",
  output: "Information imbalance from each layer to the output",
  relative: "Relative imbalance of each layer and the next",
  plane: "The information plane: each layer and the next",
} as const;

/** What of the layers is drawn: their intrinsic dimension, or the imbalance to another layer. */
export type LayerQuantity = keyof typeof TITLES;
/** Every {@link LayerQuantity}. */
export const LAYER_QUANTITIES = Object.keys(TITLES) as LayerQuantity[];

/** The layers of a model in the order in which an image passes them, under the name of its curve. */
interface Curve {
  readonly name: string;
  readonly path: readonly LayerProfile[];
}

/**
 * Measures the layers of runs and draws a quantity of them (rules N5 and J1): one curve per run, or of one
 * run at several snapshots one curve per epoch.
 * @param choice which images pass which layers; the test rows and all layers by default.
 * @throws UserError when runs have other layers than the first, and for several runs at several epochs.
 */
export async function drawLayers(
  runs: Runs,
  device: Device,
  quantity: LayerQuantity,
  choice: LayerChoice & { readonly epochs?: Epochs | undefined } = {},
): Promise<FigureSpec> {
  const curves = await measureAll(runs, device, choice);
  const layers = curves[0]!.path.map(({ name }) => name);
  const other = curves.find(({ path }) => path.map(({ name }) => name).join() !== layers.join());
  if (other) {
    throw new UserError({
      where: other.name,
      what: `its layers are not those of ${curves[0]!.name}`,
      remedy: "Draw runs of one architecture together",
    });
  }
  const words = { title: TITLES[quantity], legendTitle: choice.epochs === undefined ? "run" : "epoch" };
  const profiles = (of: (layer: LayerProfile) => number | undefined, steps = false) =>
    curves.map(({ name, path }) => ({
      name,
      values: (steps ? path.slice(0, -1) : path).map((layer) => [of(layer)].filter(isMeasured)),
    }));
  switch (quantity) {
    case "plane": {
      const series = curves.map(({ name, path }) => ({ name, points: path.slice(0, -1).flatMap(pointOf) }));
      return informationPlane({ series }, { ...words, spaces: ["layer", "next"], log: true });
    }
    case "relative":
      return relativeImbalance({ layers, profiles: profiles(relativeToNext, true) }, words);
    case "dimension": {
      const names = { quantity: "intrinsic dimension", column: "dimension" };
      return layerProfiles(
        { layers, profiles: profiles(({ dimension }) => dimension?.fit.dimension) },
        { ...words, ...names },
      );
    }
    default: {
      const names = { quantity: `imbalance to the ${quantity}`, column: "imbalance" };
      const to = quantity === "input" ? "toInput" : "toOutput";
      return layerProfiles(
        { layers, profiles: profiles((layer) => layer[to]?.imbalance) },
        { ...words, ...names },
      );
    }
  }
}

const isMeasured = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value);

function relativeToNext({ forward, backward }: LayerProfile): number | undefined {
  return forward && backward ? relativeOf(forward.imbalance, backward.imbalance) : undefined;
}

function pointOf({ name, forward, backward }: LayerProfile) {
  return forward && backward ? [{ aToB: [forward.imbalance], bToA: [backward.imbalance], label: name }] : [];
}

async function measureAll(
  runs: Runs,
  device: Device,
  { onSpace, ...choice }: LayerChoice & { readonly epochs?: Epochs | undefined },
): Promise<Curve[]> {
  if (runs.length > 1 && choice.epochs !== undefined) {
    throw new UserError({
      where: runs.map(({ run }) => run.name).join(", "),
      what: "several runs are drawn at their newest checkpoints, and epochs are given",
      remedy: "Leave the epochs out, or give one run",
    });
  }
  const curves: Curve[] = [];
  const known: KnownSpaces = new WeakMap();
  for (const trained of runs) {
    const { name } = trained.run;
    const { moments } = await layersOfRun(trained, device, {
      ...choice,
      known,
      ...(onSpace && { onSpace: (layer, done, of) => onSpace(`${name}, ${layer}`, done, of) }),
    });
    for (const { epoch, layers } of moments) {
      const path = layerPath(layers.map((layer) => layer.name)).map((place) => layers[place]!);
      curves.push({ name: epoch === undefined ? name : String(epoch), path });
    }
  }
  return curves;
}
