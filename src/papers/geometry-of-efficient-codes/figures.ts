import { selectRows } from "../../data/select.js";
import { UserError } from "../../errors.js";
import { distortionMatrix as drawDistortionMatrix } from "../../figures/distortion-matrix.js";
import type { FigureSpec } from "../../figures/figure.js";
import { latentMap as drawLatentMap } from "../../figures/latent-map.js";
import { rateDistortionSummary } from "../../figures/rate-distortion-summary.js";
import { tuningCurves as drawTuningCurves } from "../../figures/tuning-curves.js";
import { distortionMatrix } from "../../geometry/index.js";
import type { Device } from "../../onnx/devices.js";
import { drawTrainingCurves, type Runs, reconstructionsOf } from "../../run-figures/index.js";
import { embed, type RunAnalysis } from "./analysis.js";
import { BASELINE_MSE } from "./published.js";
import { landmarks, stimuliAt } from "./stimuli.js";
import { stimulusImage } from "./stimulus-image.js";

/** Draws one figure from the analyses of one or several runs of the same data. */
export type RunFigure = (
  analyses: readonly [RunAnalysis, ...RunAnalysis[]],
  device: Device,
) => Promise<FigureSpec> | FigureSpec;

/** Side of a map where several stand beside each other. */
const MAP_SIDE = 380;
const PICTURED_RECONSTRUCTIONS = 8;

/** The latent map of each run, with pictured landmarks; colour tells xU - xL, as the paper orders its stimuli. */
export const latentMap: RunFigure = (analyses) => {
  const [{ stimuli }] = analyses;
  const pictured = stimuliAt(stimuli, landmarks(stimuli));
  return drawLatentMap(
    {
      panels: analyses.map((analysis) => ({
        title: titleOf(analysis),
        points: embed(analysis),
        examples: pictured.map((index) => ({ index, image: stimulusImage(analysis.stimuli.images, index) })),
      })),
      colours: { kind: "quantity", name: "xU - xL", values: stimuli.positions.map(([xU, xL]) => xU - xL) },
    },
    { side: MAP_SIDE },
  );
};

/** Tuning curves of every channel, a row of maps for each run. */
export const tuningCurves: RunFigure = (analyses) =>
  drawTuningCurves({
    panels: analyses.map((analysis) => ({ title: titleOf(analysis), curves: analysis.tuning.curves })),
  });

/** How the lowest capacity distorts the distances of the highest, between all pairs of positions (rule G5). */
export const capacityDistortion: RunFigure = (analyses) => {
  const [first] = analyses;
  if (analyses.length < 2) {
    throw new UserError({
      where: first.name,
      what: "a capacity distortion compares two runs",
      remedy: "Name a run of low and a run of high capacity",
    });
  }
  const byCapacity = [...analyses].sort((a, b) => rateOf(b) - rateOf(a));
  const high = byCapacity[0]!;
  const low = byCapacity.at(-1)!;
  const { matrix } = distortionMatrix(low.points, high.points, low.positionLabels);
  const labels = low.positionLabels.classes;
  const columns = low.tuning.axes[1]!.length;
  return drawDistortionMatrix(
    {
      panels: [
        {
          title: `${titleOf(low)} against ${titleOf(high)}`,
          matrix,
          labels: labels.map((position) => position.join()),
        },
      ],
    },
    {
      title: "Capacity distortion",
      blocks: { size: columns, name: "xU" },
      axisTitle: "position (xU, and xL within)",
      caption:
        "How the squeeze changed the distance of every pair of positions, against its own average: blue pairs were drawn together, red pairs pushed apart.",
    },
  );
};

/** Some stimuli, and under each what the runs made of it. */
export const reconstructions: RunFigure = (analyses, device) => {
  const [{ stimuli }] = analyses;
  const rows = stimuliAt(stimuli, landmarks(stimuli)).slice(0, PICTURED_RECONSTRUCTIONS);
  return reconstructionsOf(runsOf(analyses), device, selectRows(stimuli.images, rows));
};

/** Distortion and rate of every run over its training. */
export const trainingCurves: RunFigure = (analyses) => drawTrainingCurves(runsOf(analyses));

/** Distortion against capacity, runs that differ in the seed alone taken together, the published values beside. */
export const capacityError: RunFigure = (analyses) => {
  const capacities = [...new Set(analyses.map(({ capacityNats }) => capacityNats))];
  const points = capacities.flatMap((capacityNats) => {
    if (capacityNats === undefined) return [];
    const alike = analyses.filter((analysis) => analysis.capacityNats === capacityNats);
    return [
      {
        series: "Baseline",
        capacityNats,
        distortion: alike.map(({ evaluation }) => evaluation.squaredErrorPerPixel),
      },
    ];
  });
  const published = BASELINE_MSE.filter(({ capacityNats }) => capacities.includes(capacityNats));
  return rateDistortionSummary({
    points,
    published: published.map((point) => ({ series: "Baseline", ...point })),
  });
};

/** The figures that `narrows figure` draws from analysed runs, by name. */
export const runFigures = {
  "latent-map": latentMap,
  "tuning-curves": tuningCurves,
  "capacity-distortion": capacityDistortion,
  "capacity-error": capacityError,
} as const satisfies Record<string, RunFigure>;

/** What a run is called on a figure: its capacity where it has one. */
export function titleOf({ name, capacityNats }: RunAnalysis): string {
  return capacityNats === undefined ? name : `C = ${capacityNats} nats`;
}

function runsOf([first, ...others]: readonly [RunAnalysis, ...RunAnalysis[]]): Runs {
  return [first.trained, ...others.map(({ trained }) => trained)];
}

function rateOf({ evaluation }: RunAnalysis): number {
  return evaluation.rateNats;
}
