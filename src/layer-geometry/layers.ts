import type { ImageTable } from "../data/dataset.js";
import { toRows } from "../distances/index.js";
import { OUTER_LAYERS } from "../model/layers.js";
import type { Device } from "../onnx/devices.js";
import { type LayerAbout, layersAbout, recordLayers, requireLayers } from "../training/record-layers.js";
import type { TrainedModel } from "../training/state.js";
import type { Space } from "./one-space.js";
import { layerPath } from "./profile.js";
import { type Arrow, type KnownSpaces, type MeasuredSpaces, measureSpaces } from "./spaces.js";

/** A model and the images that pass it. */
export interface Passage {
  readonly trained: TrainedModel;
  /** Images [N, height, width, channels]. */
  readonly table: ImageTable;
  readonly device: Device;
}

/** Numbers of layers that are recorded together; more of them are recorded one after the other, each with its own pass. */
const MAX_NUMBERS = 2 ** 27;

/**
 * Layers of a model as spaces. The input is measured in the numbers that the table holds, bytes for most
 * images: in their values, bytes times 1/255 in float32, images that are equally far would differ in the last
 * digit (rule J4). Of the others as many neighbours along the way as fit into memory are recorded in one
 * pass, and forgotten when another layer is asked for: ask in order.
 * @param passage the model, its images and the device.
 * @param names all layers by default.
 * @returns one space for each layer, [images, features], in the order in which an image passes them.
 * @throws UserError for a layer that the model does not have.
 */
export function layerSpaces({ trained, table, device }: Passage, names?: readonly string[]): Space[] {
  if (names) requireLayers(trained.model, names);
  const layers = layersAbout(trained.model).filter(({ name }) => names?.includes(name) ?? true);
  const parts = partsOf(
    layers.filter(({ name }) => name !== OUTER_LAYERS.input),
    MAX_NUMBERS / table.count,
  );
  let held: { part: readonly LayerAbout[]; recorded: ReturnType<typeof recordLayers> } | undefined;
  return layers.map(({ name, features }) => {
    if (name !== OUTER_LAYERS.input) return { name, rows: () => recordedRows(name) };
    const shape = [table.count, features];
    return {
      name,
      of: table,
      rows: async () => toRows({ shape, data: Float32Array.from(table.images) }, name),
    };
  });
  async function recordedRows(name: string) {
    const part = parts.find((one) => one.some((layer) => layer.name === name))!;
    if (held?.part !== part) {
      const names = part.map((layer) => layer.name);
      held = { part, recorded: recordLayers(trained, device, table, names) };
    }
    return toRows((await held.recorded)[name]!, name);
  }
}

/** Layers in their order, grouped as long as a group has at most this number of features; a larger layer is alone. */
function partsOf(layers: readonly LayerAbout[], maxFeatures: number): LayerAbout[][] {
  const parts: LayerAbout[][] = [];
  let features = Number.POSITIVE_INFINITY;
  for (const layer of layers) {
    features += layer.features;
    if (features > maxFeatures) {
      parts.push([]);
      features = layer.features;
    }
    parts.at(-1)!.push(layer);
  }
  return parts;
}

/**
 * The arrows of the figures of "Understanding Variational Autoencoders with Intrinsic Dimension and
 * Information Imbalance" among layers of one model: from each to the input and to the output, and along the
 * way that an image takes, from each layer to the next and back. The code's mean is not on that path: it has
 * the arrows to input and output alone.
 * @param names of the layers, in the order in which an image passes them.
 * @returns places in that list, each arrow once.
 */
export function profileArrows(names: readonly string[]): Arrow[] {
  const places = [...names.keys()];
  const ends = [OUTER_LAYERS.input, OUTER_LAYERS.output]
    .map((name) => names.indexOf(name))
    .filter((at) => at >= 0);
  const toEnds = ends.flatMap((to) => places.map((from) => ({ from, to })));
  const path = layerPath(names);
  const along = path.slice(1).flatMap((to, at) => bothWays(path[at]!, to));
  return distinct([...toEnds, ...along]);
}

/** The arrow from one space to another, and the one back. */
export function bothWays(a: number, b: number): [Arrow, Arrow] {
  return [
    { from: a, to: b },
    { from: b, to: a },
  ];
}

/**
 * The intrinsic dimension of each layer of a model (rules N5 and N6), and the information imbalance between
 * layers along the arrows of {@link profileArrows} (rule J1, k = 1).
 * @param options.layers names of the layers; all by default.
 * @param options.known what was found of the images as they are, where models that see the same ones are
 * measured one after the other.
 * @param options.onSpace hears the layer that is looked at, and how many of how many looks are done.
 * @throws UserError for a layer that the model does not have, fewer than 3 images, and numbers that are not
 * finite.
 */
export async function measureLayers(
  passage: Passage,
  options: {
    readonly layers?: readonly string[] | undefined;
    readonly known?: KnownSpaces | undefined;
    readonly onSpace?: (name: string, done: number, of: number) => void;
    readonly signal?: AbortSignal | undefined;
  } = {},
): Promise<MeasuredSpaces & { readonly arrows: readonly Arrow[] }> {
  const { layers, ...rest } = options;
  const spaces = layerSpaces(passage, layers);
  const arrows = profileArrows(spaces.map(({ name }) => name));
  return { arrows, ...(await measureSpaces(spaces, arrows, { device: passage.device, ...rest })) };
}

function distinct(arrows: readonly Arrow[]): Arrow[] {
  return [...new Map(arrows.map((arrow) => [`${arrow.from} ${arrow.to}`, arrow])).values()];
}
