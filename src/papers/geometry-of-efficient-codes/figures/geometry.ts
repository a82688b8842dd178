/** Figures 4, 5 and 7 to 11: the geometry of one or two models, five or six panels each. */
import { codeMap } from "../../../analysis/code-map.js";
import { pictures } from "../../../analysis/landmarks.js";
import { UserError } from "../../../errors.js";
import { distortionMatrix } from "../../../figures/distortion-matrix.js";
import type { FigureSpec } from "../../../figures/index.js";
import { latentMap } from "../../../figures/latent-map.js";
import { pairColours } from "../../../figures/parts/colour-map.js";
import { tuningCurves as drawTuningCurves } from "../../../figures/tuning-curves.js";
import { dimensionsInUse, tuningCurves } from "../../../geometry/index.js";
import {
  type PanelPlan,
  type PaperFigure,
  paperFigure,
  sentences,
} from "../../../reproduction/figures/paper-figure.js";
import { type ClassedModel, classesOf, GROUPS, hasClasses, positionLabels } from "../classes.js";
import type { Atlas, ModelCode } from "../measures/atlas.js";
import { capacityMatrix, classMatrix } from "../measures/matrices.js";
import { publishedChannelsUsed, publishedClassMatrix } from "../published.js";
import type { ModelName } from "../recipe.js";

/** Which figure shows a model, and what sets the model apart. */
const SUBJECTS: Readonly<Record<ModelName, readonly [figure: number, about: string]>> = {
  Baseline: [4, "the autoencoder alone, on data without a bend"],
  E1M1: [5, "data in which the lower corridor stands mostly at xL ≤ 6"],
  E1M2: [5, "data in which the two corridors are mostly aligned"],
  E2M1: [7, "with a classifier of whether xU ≤ xL"],
  E2M2: [8, "with a classifier of whether xU < 6 or xL ≥ 6"],
  E2M3: [9, "with a classifier of whether xU = xL"],
  E2M4: [10, "with a classifier of 25 classes, five groups of columns for each corridor"],
  E2M5: [11, "with the four classifiers of E2M1 to E2M4 at once; its classes are the 25 of E2M4"],
};

/** The two codes of a model that the paper compares. */
interface ChosenCodes {
  readonly model: ModelName;
  readonly seed: number;
  /** Of the highest capacity there is. */
  readonly high: ModelCode;
  /** Of the lowest; undefined where there is one capacity only. */
  readonly low: ModelCode | undefined;
}

/** The codes of the wanted seed; where the model has none of that seed, of its lowest; undefined where it was not trained. */
function chosenCodes({ codes }: Atlas, model: ModelName, wantedSeed: number): ChosenCodes | undefined {
  const own = codes.filter((code) => code.model === model);
  const seeds = own.map(({ seed }) => seed);
  if (seeds.length === 0) return undefined;
  const seed = seeds.includes(wantedSeed) ? wantedSeed : Math.min(...seeds);
  const byCapacity = own.filter((code) => code.seed === seed).sort((a, b) => b.capacityNats - a.capacityNats);
  return { model, seed, high: byCapacity[0]!, low: byCapacity[1] && byCapacity.at(-1) };
}

/**
 * Those of the figures of which the atlas holds at least one model. A map of 1,500 stimuli takes about a second (metric MDS), and
 * there are two for each model.
 * @param seed whose codes are drawn.
 * @throws UserError when the codes are not of the same stimuli.
 */
export function geometryFigures(
  atlas: Atlas,
  onDrawn: (done: number, of: number) => void,
  seed = 0,
): (PaperFigure | undefined)[] {
  const figures = [...new Set(Object.values(SUBJECTS).map(([figure]) => figure))];
  return figures.map((figure, index) => {
    onDrawn(index, figures.length);
    const models = (Object.keys(SUBJECTS) as ModelName[]).filter((model) => SUBJECTS[model][0] === figure);
    const parts = models.map((model) => ({ model, codes: chosenCodes(atlas, model, seed) }));
    const shown = parts.flatMap(({ codes }) => codes ?? []);
    const isClassed = shown.some(({ model }) => hasClasses(model));
    return paperFigure(figure, {
      title: `The geometry of ${shown.map(({ model }) => (model === "Baseline" ? "the Baseline" : model)).join(" and ")}`,
      caption: sentences(
        ...parts.map(({ model, codes }) =>
          codes ? modelCaption(codes) : `${model} is missing: it was not trained.`,
        ),
        `On the maps (metric MDS) a dot is the code of one image, coloured by ${isClassed ? "its class" : "xU − xL"}.`,
        "Tuning curves: mean activity of each channel by xU (rows) and xL (columns), on one scale for the code.",
        isClassed ? "Class matrices: distances against the Baseline of the same capacity and seed." : "",
        "Matrices of positions: distances at the low capacity against the high one. Blue pairs were drawn together, red pairs pushed apart, compared with the average of all pairs.",
      ),
      panels: parts.flatMap(({ codes }, k) => (codes ? panelsOf(atlas, codes, k) : [])),
    });
  });
}

function modelCaption({ model, seed, high, low }: ChosenCodes): string {
  const both = [high, ...(low ? [low] : [])];
  const used = both.map(({ points, capacityNats }) => {
    const known = publishedChannelsUsed(model, capacityNats);
    const comparison = known === undefined ? "" : ` (published: ${known} of 5)`;
    return `${dimensionsInUse(points).length} of ${points.dimension}${comparison} at ${capacityNats} nats`;
  });
  const capacities = both.map(({ capacityNats }) => capacityNats).join(" and ");
  return sentences(
    `${model}: ${SUBJECTS[model][1]}; seed ${seed}, at ${capacities} nats.`,
    `Channels in use: ${used.join(", ")}.`,
    publishedClassMatrix(model, high.capacityNats)
      ? "Published class matrices stand next to ours, computed from the authors' latents."
      : "",
  );
}

/** Letters that a model takes in its figure. */
const LETTERS = "ABCDEF";

/** The panels of a model, in the order of their letters. */
function panelsOf(atlas: Atlas, codes: ChosenCodes, place: number): PanelPlan[] {
  const { model, high, low } = codes;
  const classed = hasClasses(model) ? model : undefined;
  const second = "a second capacity of the model";
  const panels: [title: string, needs: string, draw: () => FigureSpec | undefined][] = [
    [`latent map, ${at(high)}`, "", () => mapPanel(atlas, high, classed)],
    [`latent map, ${at(low)}`, second, () => low && mapPanel(atlas, low, classed)],
    [`tuning curves, ${at(high)}`, "", () => tuningPanel(atlas, high)],
    [`tuning curves, ${at(low)}`, second, () => low && tuningPanel(atlas, low)],
  ];
  if (classed) {
    const needs = "a Baseline of the same capacity and seed";
    panels.push(["classes against the Baseline", needs, () => classPanel(atlas, classed, codes)]);
  }
  const title = `C = ${low?.capacityNats} against ${high.capacityNats} nats`;
  panels.push([title, second, () => low && capacityPanel(atlas, low, high)]);
  return panels.map(([title, needs, draw], k) => ({
    title: `${model}, ${title}`,
    letter: String.fromCharCode(LETTERS.charCodeAt(k) + place * LETTERS.length),
    rows: null,
    ...drawn(needs, draw),
  }));
}

function drawn(needs: string, draw: () => FigureSpec | undefined): Pick<PanelPlan, "spec" | "needs"> {
  try {
    return { spec: draw(), needs };
  } catch (error) {
    // A code that collapsed has no curves, but the other panels have something to say.
    if (!(error instanceof UserError)) throw error;
    return { spec: undefined, needs: `a code that has not collapsed (${error.problem.what})` };
  }
}

/** `C = 0.3 nats`. */
function at(code: ModelCode | undefined): string {
  return `C = ${code?.capacityNats} nats`;
}

/** The pairs of positions whose images stand on the paper's maps: both diagonals, the middles of the edges, and between. */
const ANNOTATED =
  "0,12 2,10 4,8 6,6 8,4 10,2 12,0 0,0 2,2 10,10 12,12 2,4 4,2 8,10 10,8 6,12 6,0 12,6 0,6 1,5 5,1 7,11 11,7";

/** The map of a code, with the annotated stimuli as pictures, coloured by classes or, without, by xU - xL. */
function mapPanel({ stimuli }: Atlas, code: ModelCode, model: ClassedModel | undefined): FigureSpec {
  const { images, positions } = stimuli;
  const places = positions.map((position) => position.join());
  const rows = ANNOTATED.split(" ").flatMap((place) =>
    places.includes(place) ? [places.indexOf(place)] : [],
  );
  return latentMap(
    {
      panels: [{ points: codeMap(code.points, code.seed).points, examples: pictures(images, rows) }],
      colours: model
        ? classColours(model, positions)
        : { kind: "quantity", name: "xU − xL", values: positions.map(([xU, xL]) => xU - xL) },
    },
    { title: `Latent map of ${code.model}, ${at(code)}`, side: MAP_SIDE, convention: "one-is-black" },
  );
}

/** Side of a map: two stand next to each other with their legends. */
const MAP_SIDE = 400;
/** Side of a tuning curve: five stand in a row of the page. */
const CURVE_SIDE = 80;

function classColours(model: ClassedModel, positions: Atlas["stimuli"]["positions"]) {
  const { labels, title, names } = classesOf(model, positions);
  const values = Array.from(labels.classOf, (k) => names[k]!);
  const palette = names.length === GROUPS.length ** 2 ? pairColours(GROUPS.length, GROUPS.length) : undefined;
  return { kind: "class" as const, name: title, values, order: names, ...(palette ? { palette } : {}) };
}

/** The tuning curves of a code, a heat map for each channel. */
function tuningPanel({ stimuli }: Atlas, code: ModelCode): FigureSpec {
  const { curves, axes } = tuningCurves(code.points, positionLabels(stimuli.positions));
  const [upper = [], lower = []] = axes;
  return drawTuningCurves(
    {
      axes: [
        { name: "xU", values: upper },
        { name: "xL", values: lower },
      ],
      panels: [{ title: at(code), curves }],
    },
    { title: `Tuning curves of ${code.model}, ${at(code)}`, side: CURVE_SIDE },
  );
}

/** A model's class matrices at both capacities, and the published ones where they are known, in one colour scale. */
function classPanel(atlas: Atlas, model: ClassedModel, { high, low, seed }: ChosenCodes) {
  const codes = [high, ...(low ? [low] : [])];
  const measured = codes.flatMap((code) => {
    const found = classMatrix(atlas, model, code.capacityNats, seed);
    return found ? [{ title: at(code), matrix: found.matrix, labels: found.names }] : [];
  });
  if (measured.length === 0) return undefined;
  const { title } = classesOf(model, atlas.stimuli.positions);
  const published = codes.flatMap((code) => {
    const matrix = publishedClassMatrix(model, code.capacityNats);
    return matrix ? [{ title: `published, ${at(code)}`, matrix, labels: measured[0]!.labels }] : [];
  });
  return distortionMatrix(
    { panels: [...measured, ...published] },
    {
      title: `Class distortion of ${model} against the Baseline`,
      columns: codes.length,
      ...(title === "class" ? {} : { axisTitle: title }),
    },
  );
}

/** A model's capacity matrix in its own colour scale. */
function capacityPanel(atlas: Atlas, low: ModelCode, high: ModelCode): FigureSpec {
  const { matrix, names } = capacityMatrix(atlas, low, high);
  return distortionMatrix(
    { panels: [{ matrix, labels: names }] },
    {
      title: `Capacity distortion of ${low.model}, C = ${low.capacityNats} against ${high.capacityNats} nats`,
      blocks: { size: new Set(atlas.stimuli.positions.map(([, xL]) => xL)).size, name: "xU" },
      axisTitle: "position (xU, and xL within)",
    },
  );
}
