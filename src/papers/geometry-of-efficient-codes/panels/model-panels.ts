/** The panels of one model: two maps, two rows of tuning curves, its class matrices and its capacity matrix. */
import { distortionMatrix } from "../../../figures/distortion-matrix.js";
import type { FigureSpec, PointColours } from "../../../figures/index.js";
import { latentMap } from "../../../figures/latent-map.js";
import { pairColours } from "../../../figures/parts/colour-map.js";
import { tuningCurves } from "../../../figures/tuning-curves.js";
import type { Atlas, ModelCode } from "../atlas.js";
import { publishedClassMatrix } from "../published.js";
import type { ModelName } from "../recipe.js";
import { annotatedExamples } from "./annotated.js";
import type { ChosenCodes } from "./chosen-codes.js";
import { type ClassedModel, classesOf, GROUPS } from "./classes.js";
import { capacityMatrix, classMatrix, map, tuning } from "./measures.js";

/** Side of a map: two stand beside each other with their legends. */
const MAP_SIDE = 400;
/** Side of a tuning curve: five stand in half a page. */
const CURVE_SIDE = 80;

/** `C = 0.3 nats`. */
function capacityOf({ capacityNats }: Pick<ModelCode, "capacityNats">): string {
  return `C = ${capacityNats} nats`;
}

/** The latent map of a code, with the annotated stimuli as pictures, coloured by classes or, without, by xU - xL. */
export function mapPanel({ stimuli }: Atlas, code: ModelCode, model: ClassedModel | undefined): FigureSpec {
  const colours: PointColours = model
    ? classColours(model, stimuli.positions)
    : { kind: "quantity", name: "xU − xL", values: stimuli.positions.map(([xU, xL]) => xU - xL) };
  return latentMap(
    { panels: [{ points: map(code), examples: annotatedExamples(stimuli) }], colours },
    {
      title: `Latent map of ${code.model}, ${capacityOf(code)}`,
      side: MAP_SIDE,
      convention: "one-is-black",
    },
  );
}

function classColours(model: ClassedModel, positions: Atlas["stimuli"]["positions"]): PointColours {
  const { labels, title, names } = classesOf(model, positions);
  const values = Array.from(labels.classOf, (k) => names[k]!);
  const pairs = GROUPS.length ** 2;
  const palette = names.length === pairs ? { palette: pairColours(GROUPS.length, GROUPS.length) } : {};
  return { kind: "class", name: title, values, order: names, ...palette };
}

/** The tuning curves of a code, a heat map for each channel. */
export function tuningPanel(atlas: Atlas, code: ModelCode): FigureSpec {
  const { curves, axes } = tuning(atlas, code);
  const [upper = [], lower = []] = axes;
  return tuningCurves(
    {
      axes: [
        { name: "xU", values: upper },
        { name: "xL", values: lower },
      ],
      panels: [{ title: capacityOf(code), curves }],
    },
    { title: `Tuning curves of ${code.model}, ${capacityOf(code)}`, side: CURVE_SIDE },
  );
}

/**
 * A model's class matrices at both capacities, and the published ones where they are known, in one colour scale.
 * @returns undefined where the Baseline lacks both capacities.
 */
export function classPanel(
  atlas: Atlas,
  model: ClassedModel,
  { high, low, seed }: ChosenCodes,
): FigureSpec | undefined {
  const capacities = [high, ...(low ? [low] : [])];
  const measured = capacities.flatMap((code) => {
    const found = classMatrix(atlas, model, code.capacityNats, seed);
    return found ? [{ title: capacityOf(code), matrix: found.matrix, labels: found.names }] : [];
  });
  if (measured.length === 0) return undefined;
  const { title } = classesOf(model, atlas.stimuli.positions);
  const published = capacities.flatMap((code) => {
    const matrix = publishedClassMatrix(model, code.capacityNats);
    const labels = measured[0]!.labels;
    return matrix ? [{ title: `published, ${capacityOf(code)}`, matrix, labels }] : [];
  });
  return distortionMatrix(
    { panels: [...measured, ...published] },
    {
      title: `Class distortion of ${model} against the Baseline`,
      columns: capacities.length,
      ...(title === "class" ? {} : { axisTitle: title }),
    },
  );
}

/** A model's capacity matrix in its own colour scale; undefined where there is one capacity only. */
export function capacityPanel(
  atlas: Atlas,
  model: ModelName,
  { high, low, seed }: ChosenCodes,
): FigureSpec | undefined {
  const capacities = { high: high.capacityNats, low: low?.capacityNats ?? Number.NaN };
  const found = capacityMatrix(atlas, model, capacities, seed);
  if (!found) return undefined;
  const columns = new Set(atlas.stimuli.positions.map(([, xL]) => xL)).size;
  return distortionMatrix(
    { panels: [{ matrix: found.matrix, labels: found.names }] },
    {
      title: `Capacity distortion of ${model}, C = ${capacities.low} against ${capacities.high} nats`,
      blocks: { size: columns, name: "xU" },
      axisTitle: "position (xU, and xL within)",
    },
  );
}
