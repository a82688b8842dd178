/** The panels of Figures 4, 5 and 7 to 11: maps, tuning curves and matrices of codes, ours and the published ones. */
import { pictures } from "../../../analysis/landmarks.js";
import { distortionMatrix } from "../../../figures/distortion-matrix.js";
import type { FigureSpec } from "../../../figures/index.js";
import { latentMap } from "../../../figures/latent-map.js";
import { pairColours } from "../../../figures/parts/colour-map.js";
import { distortionLimits } from "../../../figures/parts/colour-scale.js";
import { tuningCurves as drawTuningCurves } from "../../../figures/tuning-curves.js";
import { tuningCurves } from "../../../geometry/index.js";
import type { NumericArray } from "../../../numeric-array.js";
import {
  type ClassedModel,
  classesOf,
  GROUPS,
  hasClasses,
  type Position,
  positionLabels,
} from "../classes.js";
import type { Atlas, ModelCode } from "../measures/atlas.js";
import { capacityMatrix, classMatrix } from "../measures/matrices.js";
import { publishedClassMatrix } from "../published.js";
import type { View, Views } from "./views.js";

/** The pairs of positions whose images stand on the paper's maps: both diagonals, the middles of the edges, and between. */
const ANNOTATED =
  "0,12 2,10 4,8 6,6 8,4 10,2 12,0 0,0 2,2 10,10 12,12 2,4 4,2 8,10 10,8 6,12 6,0 12,6 0,6 1,5 5,1 7,11 11,7";

/** Pixels from end to end of the longest map of a figure, and of one that is enlarged, pictures not counted. */
const MAP_LENGTH = 320;
const ENLARGED_SIDE = 300;
/** A code that reaches less far than this share of the longest is shown enlarged too. */
const SMALL = 0.5;
/** Side of a tuning curve: five stand in a row of half a page. */
const CURVE_SIDE = 65;

/** `C = 0.3 nats`. */
export function at(code: ModelCode | undefined): string {
  return `C = ${code?.capacityNats} nats`;
}

/**
 * The maps of a code, with the annotated stimuli as pictures, coloured by classes or, without, by xU - xL. One that is small on
 * the scale of its figure is shown there, and enlarged.
 * @param longest extent of the maps of the figure, in units of the codes.
 */
export function mapPanel(views: Views, code: ModelCode, longest: number): FigureSpec {
  const shown = views.of(code);
  const { stimuli } = shown[0]!.atlas;
  const examples = pictures(stimuli.images, picturedRows(shown[0]!.atlas));
  const pixelsPerUnit = MAP_LENGTH / longest;
  const isSmall = views.longest([code]) < SMALL * longest;
  const title = (...parts: readonly (string | false)[]) => {
    const words = parts.filter((part) => part !== false).join(", ");
    return words === "" ? {} : { title: words };
  };
  const maps = shown.map((view) => ({ name: shown.length > 1 && view.name, points: views.mapOf(view) }));
  const toScale = maps.map(({ name, points }) => ({
    ...title(name, isSmall && "to scale"),
    ...{ points, pixelsPerUnit },
  }));
  const panels = isSmall
    ? [...maps.map(({ name, points }) => ({ ...title(name, "enlarged"), points, examples })), ...toScale]
    : toScale.map((panel) => ({ ...panel, examples }));
  return latentMap(
    { panels, colours: coloursOf(code, stimuli.positions) },
    {
      title: `Latent map of ${code.model}, ${at(code)}`,
      side: ENLARGED_SIDE,
      columns: maps.length,
      convention: "one-is-black",
    },
  );
}

/** Those images that the authors' maps picture, or the first at each of their positions. */
function picturedRows({ stimuli, published }: Atlas): readonly number[] {
  if (published?.pictured) return published.pictured;
  const places = stimuli.positions.map((position) => position.join());
  return ANNOTATED.split(" ").flatMap((place) => (places.includes(place) ? [places.indexOf(place)] : []));
}

function coloursOf({ model }: ModelCode, positions: readonly Position[]) {
  if (!hasClasses(model)) {
    return { kind: "quantity" as const, name: "xU − xL", values: positions.map(([xU, xL]) => xU - xL) };
  }
  const { labels, title, names } = classesOf(model, positions);
  const values = Array.from(labels.classOf, (k) => names[k]!);
  return {
    ...{ kind: "class" as const, name: title, values, order: names },
    ...(arePairs(names)
      ? {
          palette: pairColours(GROUPS.length, GROUPS.length),
          pairs: { rows: { name: "xU", values: GROUPS }, columns: { name: "xL", values: GROUPS } },
        }
      : {}),
  };
}

/** Are these the classes of E2M4, a pair of groups each? */
function arePairs(names: readonly string[]): boolean {
  return names.length === GROUPS.length ** 2;
}

/** The tuning curves of a code, a heat map for each channel. */
export function tuningPanel(views: Views, code: ModelCode): FigureSpec {
  const shown = views.of(code);
  const measured = shown.map(({ atlas, code: { points } }) =>
    tuningCurves(points, positionLabels(atlas.stimuli.positions)),
  );
  const [upper = [], lower = []] = measured[0]!.axes;
  return drawTuningCurves(
    {
      axes: [
        { name: "xU", values: upper },
        { name: "xL", values: lower },
      ],
      panels: measured.map(({ curves }, k) => ({ title: shown[k]!.name, curves })),
    },
    { title: `Tuning curves of ${code.model}, ${at(code)}`, side: CURVE_SIDE },
  );
}

/** A class matrix of ours at a capacity, and the published one where it is known. */
export interface ClassMatrices {
  readonly capacityNats: number;
  readonly panels: readonly { readonly title: string; readonly matrix: NumericArray }[];
}

/** A model's class matrices against the Baseline; none where there is no Baseline of the same capacity and seed. */
export function classMatricesOf(views: Views, model: ClassedModel, code: ModelCode): ClassMatrices {
  const { capacityNats } = code;
  const found = views.of(code).flatMap(({ name, atlas, code: { seed } }: View) => {
    const matrix = classMatrix(atlas, model, capacityNats, seed)?.matrix;
    return matrix ? [{ title: name, matrix }] : [];
  });
  const known = found.length === 1 && publishedClassMatrix(model, capacityNats);
  return { capacityNats, panels: known ? [...found, { title: "published", matrix: known }] : found };
}

/** The class matrices at a capacity, in the colours that those at both capacities share. */
export function classPanel(
  model: ClassedModel,
  { capacityNats, panels }: ClassMatrices,
  all: readonly ClassMatrices[],
  positions: readonly Position[],
): FigureSpec | undefined {
  if (panels.length === 0) return undefined;
  const { title, names } = classesOf(model, positions);
  const isPairs = arePairs(names);
  return distortionMatrix(
    { panels: panels.map((panel) => ({ ...panel, labels: names })) },
    {
      title: `Class distortion of ${model} against the Baseline, C = ${capacityNats} nats`,
      limits: distortionLimits(all.flatMap((one) => one.panels.map(({ matrix }) => matrix.data))),
      ...(isPairs
        ? { blocks: { size: GROUPS.length, name: "xU, and xL within", names: GROUPS } }
        : title === "class"
          ? {}
          : { axisTitle: title }),
    },
  );
}

/** A model's capacity matrices, ours and the published one in the same colours. */
export function capacityPanel(views: Views, low: ModelCode, high: ModelCode): FigureSpec {
  const highs = views.of(high);
  const panels = views.of(low).flatMap((view) => {
    const reference = highs.find(({ name }) => name === view.name);
    if (!reference) return [];
    const { matrix, names } = capacityMatrix(view.atlas, view.code, reference.code);
    return [{ title: view.name, matrix, labels: names }];
  });
  const columns = new Set(highs[0]!.atlas.stimuli.positions.map(([, xL]) => xL)).size;
  return distortionMatrix(
    { panels: panels.length > 1 ? panels : panels.map(({ matrix, labels }) => ({ matrix, labels })) },
    {
      title: `Capacity distortion of ${low.model}, C = ${low.capacityNats} against ${high.capacityNats} nats`,
      blocks: { size: columns, name: "xU" },
      axisTitle: "position (xU, and xL within)",
    },
  );
}
