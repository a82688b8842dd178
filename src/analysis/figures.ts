import { compareConfigurations } from "../configuration/compare.js";
import type { Dataset } from "../data/dataset.js";
import { UserError } from "../errors.js";
import { capacityCurves } from "../figures/capacity-curves.js";
import { distortionMatrix as drawDistortionMatrix } from "../figures/distortion-matrix.js";
import { withNotes } from "../figures/figure.js";
import type { FigureSpec, PointColours } from "../figures/index.js";
import { latentMap as drawLatentMap } from "../figures/latent-map.js";
import { tuningCurves as drawTuningCurves } from "../figures/tuning-curves.js";
import { distortionMatrix, tuningCurves as measureTuning } from "../geometry/index.js";
import { greyConventionOf } from "../run-figures/runs.js";
import type { AnalysedRun, Analysis } from "./analysis.js";
import { type Axis, classesOfOneImage, type Groups } from "./groups.js";
import type { DataLabel } from "./labels.js";
import { landmarks, pictures } from "./landmarks.js";
import { stacked } from "./stacked.js";

const MAPS_IN_A_ROW = 2;
const MATRICES_IN_A_ROW = 2;

/** The map of each run's code, once for each label; images stand next to their dots. */
export function latentMap(analysis: Analysis, drawn: readonly AnalysedRun[] = analysis.runs): FigureSpec {
  const { stimuli, labels } = analysis;
  const examples = isPictured(stimuli) ? pictures(stimuli, pictured(analysis)) : [];
  const maps = drawn.map((run) => run.map());
  const stress = maps.flatMap(({ stress1 }) => (stress1 === undefined ? [] : [stress1.toFixed(2)]));
  return drawLatentMap(
    {
      panels: drawn.map(({ title }, k) => ({
        title,
        points: maps[k]!.points,
        axes: maps[k]!.axes,
        examples,
      })),
      colours: labels.map(coloursOf),
    },
    {
      title: "Latent map",
      caption: sentences(
        `A dot is the code of one test image${labels.length > 0 ? `, coloured by ${labels.map(({ name }) => name).join(", then by ")}` : ""}.`,
        ...new Set(maps.map(({ about }) => about)),
        stress.length > 0 && `Its stress-1 is ${stress.join(", ")}; 0 keeps every distance.`,
        drawn.length > 1 && "All maps have one scale.",
        examples.length > 0 && "Some images stand next to their dots.",
      ),
      convention: greyConventionOf(analysis.runs[0].trained.experiment.configuration),
      // A row for each run, or of one alone two maps in a row.
      ...(labels.length > 1 ? { columns: drawn.length > 1 ? labels.length : MAPS_IN_A_ROW } : {}),
    },
  );
}

function sentences(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false && part !== "").join(" ");
}

/** The images that stand for all: landmarks of the first run's map, one of each class first. */
export function pictured({ labels, runs }: Analysis): number[] {
  const sorting = labels.find(({ kind }) => kind === "categories");
  return landmarks(runs[0].map().points, sorting?.values);
}

/** Codes that are taken for images have no picture. */
function isPictured({ imageShape: [height, width, channels] }: Dataset): boolean {
  return height * width > 1 && (channels === 1 || channels === 3);
}

function coloursOf({ name, kind, values, names }: DataLabel): PointColours {
  if (kind === "numbers") return { kind: "quantity", name, values };
  const order = [...new Set(values)].sort((a, b) => a - b);
  const nameOf = (value: number) => names?.[value] ?? String(value);
  return { kind: "class", name, values: Array.from(values, nameOf), order: order.map(nameOf) };
}

/**
 * What each channel of each code responds to (rule G6): over the values of each label, or over the plane of two.
 * @throws UserError for images that are all the same, for a code that is constant, and for codes of different numbers of dimensions.
 */
export function tuningCurves(analysis: Analysis): FigureSpec {
  const { runs } = analysis;
  requireOneDimension(runs);
  return stacked(
    groupsOf(analysis, "tuning curves").map(({ axes, labels }) => {
      const [first, second] = axes.map(({ name, kind, classes, values }) => ({
        name,
        values: kind === "categories" ? classes : values,
      }));
      return drawTuningCurves({
        axes: second ? [first!, second] : [first!],
        panels: runs.map(({ title, points }) => ({ title, curves: measureTuning(points, labels).curves })),
      });
    }),
    {
      title: "Tuning curves",
      caption: sentences(
        "Mean activity of every latent channel, rescaled to 0 (the minimum over all channels) to 1 (the maximum).",
        binsOf(analysis),
      ),
    },
  );
}

/** Channels of several codes are drawn on each other. */
function requireOneDimension([first, ...others]: Analysis["runs"]): void {
  const other = others.find(({ points }) => points.dimension !== first.points.dimension);
  if (!other) return;
  throw new UserError({
    where: `${first.name} and ${other.name}`,
    what: `the codes have ${first.points.dimension} and ${other.points.dimension} dimensions`,
    remedy: "Give runs with codes of equally many dimensions",
  });
}

/**
 * How the run of the lowest rate distorts the distances that the run of the highest rate keeps, within and between classes
 * (rule G5).
 * @throws UserError for one run alone, and for data without labels.
 */
export function capacityDistortion(analysis: Analysis): FigureSpec {
  const { runs } = analysis;
  if (runs.length < 2) {
    throw new UserError({
      where: runs[0].name,
      what: "a capacity distortion compares two runs",
      remedy: "Name a run of low and a run of high capacity",
    });
  }
  const [high, low] = [byRate(runs)[0]!, byRate(runs).at(-1)!];
  const compared = `${low.title} against ${high.title}`;
  const groups = groupsOf(analysis, "distances between classes");
  const [{ axes, names }] = groups;
  const [outer, inner] = axes as [Axis, Axis?];
  const isWhole = inner && names.length === outer.classes.length * inner.classes.length;
  const figure = drawDistortionMatrix(
    {
      panels: groups.map(({ title, labels, names }) => ({
        title: groups.length === 1 ? compared : title,
        matrix: distortionMatrix(low.points, high.points, labels).matrix,
        labels: names,
      })),
    },
    {
      title: "Capacity distortion",
      caption: sentences(
        `${compared}: the relative change of the distance between the codes of every pair of classes, minus the mean over all pairs. Blue pairs come closer than others, red pairs stay apart.`,
        binsOf(analysis),
      ),
      limits: "own",
      columns: MATRICES_IN_A_ROW,
      ...(groups.length > 1
        ? {}
        : { axisTitle: inner ? `${outer.name}, and ${inner.name} within` : outer.name }),
      ...(isWhole ? { blocks: { size: inner.classes.length, name: outer.name, names: outer.classes } } : {}),
    },
  );
  return withNotes(figure, groups.flatMap(ownCellNote));
}

const NAMES_IN_A_NOTE = 6;

/** What the cell of a class with itself is where one image alone is of it: the pair of the image with itself (rule G4). */
function ownCellNote(groups: Groups): string[] {
  const found = classesOfOneImage(groups);
  if (found.length === 0) return [];
  const shown = found.slice(0, NAMES_IN_A_NOTE).join("; ");
  const more = found.length > NAMES_IN_A_NOTE ? `; and ${found.length - NAMES_IN_A_NOTE} more` : "";
  return [
    `${found.length} of ${groups.names.length} classes of ${groups.title} have one image only (${shown}${more}): the cell of such a class with itself says nothing, as it compares the image with itself`,
  ];
}

/**
 * Distortion against capacity, the mean over seeds; runs that differ in more than objective, seed and name are series of their own.
 * @throws UserError where no run has a capacity.
 */
export function capacityError({ runs }: Analysis): FigureSpec {
  const aimed = runs.filter(({ capacityNats }) => capacityNats !== undefined);
  const others = runs.filter((run) => !aimed.includes(run)).map(({ name }) => name);
  if (aimed.length === 0) {
    throw new UserError({
      where: runs[0].name,
      what: "its objective has no target capacity",
      remedy: "Draw rate-distortion, which takes the rate that was reached",
    });
  }
  const names = seriesNames(aimed);
  const series = [...new Set(names)].map((name) => {
    const own = aimed.filter((_, k) => names[k] === name);
    const points = [...new Set(own.map(({ capacityNats }) => capacityNats!))].map((capacityNats) => {
      const alike = own.filter((run) => run.capacityNats === capacityNats);
      const published = alike.find((run) => run.published)?.published?.squaredErrorPerPixel;
      const values = alike.map(({ evaluation }) => evaluation.squaredErrorPerPixel);
      return { capacityNats, values, ...(published === undefined ? {} : { published }) };
    });
    return { name, points };
  });
  const figure = capacityCurves(
    { series },
    {
      title: "Distortion against capacity",
      quantity: "distortion (MSE per pixel)",
      column: "squaredErrorPerPixel",
    },
  );
  return withNotes(
    figure,
    others.length === 0 ? [] : [`left out, as their objective has no target capacity: ${others.join(", ")}`],
  );
}

/** The settings on which runs differ, such as `dimensions = 2`, but for objective, seed and name. */
function seriesNames(runs: readonly AnalysedRun[]): string[] {
  const [first, ...others] = runs.map(({ trained: { experiment } }) => {
    const { name: _, seed: __, model, ...settings } = experiment.configuration;
    return { ...settings, model: { ...model, objective: undefined } };
  });
  const differences = [[], ...others.map((other) => compareConfigurations(first!, other))];
  const keys = new Map(differences.flat().map(({ key, before }) => [key, before]));
  return differences.map(
    (own) =>
      [...keys]
        .map(([key, common]) => {
          const found = own.find((one) => one.key === key);
          return `${key.split(".").at(-1)} = ${JSON.stringify(found ? found.after : common) ?? "not set"}`;
        })
        .join(", ") || "runs",
  );
}

/** Runs from the highest rate down. */
export function byRate(runs: Analysis["runs"]): AnalysedRun[] {
  return [...runs].sort((a, b) => b.evaluation.rateNats - a.evaluation.rateNats);
}

function groupsOf({ groups, stimuli }: Analysis, what: string): readonly [Groups, ...Groups[]] {
  const [first, ...rest] = groups;
  if (first) return [first, ...rest];
  throw new UserError({
    where: stimuli.name,
    what: `${what} need a label that varies, or images that differ`,
    remedy: "Draw latent-map, training-curves, reconstructions, samples or traversal, which need no labels",
  });
}

/** Says what images are sorted by where they have no labels, and which quantities were sorted into bins. */
function binsOf({ groups, labels }: Analysis): string {
  const binned = groups.flatMap(({ axes }) => axes.filter(({ bins }) => bins !== undefined));
  const names = binned.map(({ name, bins }) => `${name} (${bins} bins)`);
  return sentences(
    labels.length > 0
      ? ""
      : "The data have no labels: images are sorted by their first principal components (PC1, PC2).",
    names.length > 0 ? `Values are sorted into bins of about equally many images: ${names.join(", ")}.` : "",
  );
}

/** The figures that `narrows figure` draws from analysed runs, by name. */
export const ANALYSIS_FIGURES = {
  "latent-map": latentMap,
  "tuning-curves": tuningCurves,
  "capacity-distortion": capacityDistortion,
  "capacity-error": capacityError,
} as const satisfies Record<string, (analysis: Analysis) => FigureSpec>;
