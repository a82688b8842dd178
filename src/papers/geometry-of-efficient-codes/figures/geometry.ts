/** Figures 4, 5 and 7 to 11: the geometry of a model's code, and next to it the Baseline's. */
import { UserError } from "../../../errors.js";
import type { FigureSpec } from "../../../figures/index.js";
import { dimensionsInUse } from "../../../geometry/index.js";
import {
  type PanelPlan,
  type PaperFigure,
  paperFigure,
  sentences,
} from "../../../reproduction/figures/paper-figure.js";
import { hasClasses } from "../classes.js";
import type { Atlas } from "../measures/atlas.js";
import { publishedChannelsUsed, publishedClassMatrix } from "../published.js";
import type { ModelName } from "../recipe.js";
import { at, capacityPanel, classMatricesOf, classPanel, mapPanel, tuningPanel } from "./panels.js";
import { type ChosenCodes, chosenCodes, type Views, viewsOf } from "./views.js";

/** Which figure compares a model with the Baseline, and what sets the model apart. */
const SUBJECTS = {
  E1M1: [4, "data in which the lower corridor stands mostly at xL ≤ 6"],
  E1M2: [5, "data in which the two corridors are mostly aligned"],
  E2M1: [7, "with a classifier of whether xU ≤ xL"],
  E2M2: [8, "with a classifier of whether xU < 6 or xL ≥ 6"],
  E2M3: [9, "with a classifier of whether xU = xL"],
  E2M4: [10, "with a classifier of 25 classes, five groups of columns for each corridor"],
  E2M5: [11, "with the four classifiers of E2M1 to E2M4 at once; its classes are the 25 of E2M4"],
} as const satisfies Readonly<Partial<Record<ModelName, readonly [figure: number, about: string]>>>;

type Subject = keyof typeof SUBJECTS;

/**
 * The figures of those models of which the atlas holds codes; the first is there for the Baseline alone too. With published codes
 * these stand next to ours in every panel.
 * @param seed whose codes are drawn.
 * @throws UserError when the codes are not of the same stimuli.
 */
export function geometryFigures(
  atlas: Atlas,
  onDrawn: (done: number, of: number) => void,
  seed = 0,
): (PaperFigure | undefined)[] {
  const views = viewsOf(atlas);
  const baseline = chosenCodes(atlas, "Baseline", seed);
  const subjects = Object.keys(SUBJECTS) as Subject[];
  return subjects.map((subject, index) => {
    onDrawn(index, subjects.length);
    const own = chosenCodes(atlas, subject, seed);
    const isFirst = index === 0;
    if (!own && !(isFirst && baseline)) return undefined;
    const [figure, about] = SUBJECTS[subject];
    return paperFigure(figure, {
      title: own ? `The geometry of ${subject}, next to the Baseline's` : "The geometry of the Baseline",
      caption: sentences(
        own ? `${subject}: ${about}.` : `${subject} is missing: it was not trained.`,
        baseline ? "" : "The Baseline is missing: it was not trained.",
        ...[baseline, own].map((codes) => (codes ? codesCaption(atlas, views, codes) : "")),
        `On the maps (metric MDS) a dot is the code of one image, coloured by ${own ? `xU − xL (Baseline) or its class (${subject})` : "xU − xL"}; all are on one scale, and those that are small on it enlarged too.`,
        "Tuning curves: mean activity of each channel by xU (rows) and xL (columns), on one scale for the code; order and sign of the channels are arbitrary.",
        own ? "Class matrices: distances against the Baseline of the same capacity and seed." : "",
        "Matrices of positions: distances at the low capacity against the high one. Blue pairs were drawn together, red pairs pushed apart, compared with the average of all pairs.",
        aboutPublished(atlas, subject, own),
      ),
      panels: panelsOf(atlas, views, { subject, baseline, own }),
    });
  });
}

function aboutPublished({ published }: Atlas, subject: Subject, own: ChosenCodes | undefined): string {
  if (published)
    return "Published: the authors' codes of the same images, and their own maps; ours are turned to lie like these.";
  return own && publishedClassMatrix(subject, own.high.capacityNats)
    ? "Published class matrices are computed from the authors' latents."
    : "";
}

function codesCaption({ published }: Atlas, views: Views, { model, seed, high, low }: ChosenCodes): string {
  const both = [high, ...(low ? [low] : [])];
  const used = both.map((code) => {
    const [ours, theirs] = views.of(code).map((view) => dimensionsInUse(view.code.points).length);
    const known = theirs ?? (published ? undefined : publishedChannelsUsed(model, code.capacityNats));
    const comparison = known === undefined ? "" : ` (published: ${known} of 5)`;
    return `${ours} of ${code.points.dimension}${comparison} at ${code.capacityNats} nats`;
  });
  return `Channels in use of ${model}, seed ${seed}: ${used.join(", ")}.`;
}

interface Compared {
  readonly subject: Subject;
  readonly baseline: ChosenCodes | undefined;
  readonly own: ChosenCodes | undefined;
}

/** The panels of a figure, with the letters of the paper; those of a model that is missing are left out. */
function panelsOf(atlas: Atlas, views: Views, { subject, baseline, own }: Compared): PanelPlan[] {
  const models = [baseline, own].flatMap((codes) => codes ?? []);
  const longest = views.longest(models.map(({ high }) => high));
  const maps = (codes: ChosenCodes | undefined, letters: readonly [string, string]) =>
    ofBoth(codes, letters, "latent map", (code) => mapPanel(views, code, longest));
  const curves = (codes: ChosenCodes | undefined, letters: readonly [string, string]) =>
    ofBoth(codes, letters, "tuning curves", (code) => tuningPanel(views, code));
  const planned = [
    ...maps(baseline, ["A", "B"]),
    ...maps(own, ["C", "D"]),
    ...classPanels(atlas, views, subject, own),
    ...curves(baseline, ["F", "G"]),
    ...curves(own, ["H", "I"]),
    ...capacityPanels(views, baseline, "K"),
    ...capacityPanels(views, own, "L"),
  ];
  return planned.sort((a, b) => a.letter.localeCompare(b.letter));
}

type LetteredPlan = PanelPlan & { readonly letter: string };

const SECOND = "a second capacity of the model";

/** A panel for the high and one for the low capacity of a model. */
function ofBoth(
  codes: ChosenCodes | undefined,
  letters: readonly [high: string, low: string],
  what: string,
  draw: (code: ChosenCodes["high"]) => FigureSpec,
): LetteredPlan[] {
  if (!codes) return [];
  return [codes.high, codes.low].map((code, k) => ({
    letter: letters[k]!,
    title: `${codes.model}, ${what}, ${at(code)}`,
    rows: null,
    ...drawn(SECOND, () => code && draw(code)),
  }));
}

function classPanels(
  { stimuli }: Atlas,
  views: Views,
  subject: Subject,
  own: ChosenCodes | undefined,
): LetteredPlan[] {
  if (!own || !hasClasses(subject)) return [];
  const codes = [own.high, own.low].filter((code) => code !== undefined);
  const all = codes.map((code) => classMatricesOf(views, subject, code));
  return all.map((matrices, k) => ({
    letter: ["E", "J"][k]!,
    title: `${subject}, classes against the Baseline, ${at(codes[k])}`,
    rows: null,
    ...drawn("a Baseline of the same capacity and seed", () =>
      classPanel(subject, matrices, all, stimuli.positions),
    ),
  }));
}

function capacityPanels(views: Views, codes: ChosenCodes | undefined, letter: string): LetteredPlan[] {
  if (!codes) return [];
  const { model, low, high } = codes;
  return [
    {
      letter,
      title: `${model}, C = ${low?.capacityNats} against ${high.capacityNats} nats`,
      rows: null,
      ...drawn(SECOND, () => low && capacityPanel(views, low, high)),
    },
  ];
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
