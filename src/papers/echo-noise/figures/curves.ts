/** Figures 2, 3 and 5: methods in the plane of rate and distortion. */
import type { FigureTable } from "../../../figures/index.js";
import type { Panel, PaperFigure } from "../../../reproduction/figures/paper-figure.js";
import { drawRateDistortion, matchedPictures } from "../../../run-figures/index.js";
import { openRun } from "../../../runs/run.js";
import { mean } from "../../../statistics.js";
import { type Method, type MethodPoint, measureRuns } from "../../../sweeps/methods.js";
import type { ImageData } from "../data.js";
import type { PublishedData } from "../published.js";
import { curveMethods } from "../recipe.js";
import type { ImageResult } from "../results.js";
import { type FigureSource, letterOf } from "./source.js";

const NUMBERS: Readonly<Record<PublishedData, number>> = {
  "binary-mnist": 2,
  omniglot: 3,
  "fashion-mnist": 5,
};

/** A figure for each of the paper's data sets of which there is a curve; what stands in for one is a panel of its figure. */
export async function curveFigures(source: FigureSource): Promise<PaperFigure[]> {
  const figures: PaperFigure[] = [];
  for (const [published, number] of Object.entries(NUMBERS)) {
    const panels: Panel[] = [];
    for (const set of source.data.filter((one) => one.published === published)) {
      const panel = await curvePanel(source, set, letterOf(panels.length));
      if (panel) panels.push(panel);
    }
    const [first] = panels;
    if (!first) continue;
    figures.push({
      number,
      title: "Rate and distortion",
      caption: `${first.spec.caption} On the test images, in nats per image. The values of beta are ours: the paper's are not told in its text.`,
      panels,
    });
  }
  return figures;
}

async function curvePanel(source: FigureSource, set: ImageData, letter: string): Promise<Panel | undefined> {
  const methods = methodsOf(source, set);
  if (methods.every(({ points }) => points.length < 2)) return undefined;
  const pictures = await matchedPictures(methods, source.device);
  const spec = drawRateDistortion(methods, {
    title: `Rate and distortion, ${set.title}`,
    convention: set.published === "fashion-mnist" ? "one-is-white" : "one-is-black",
    ...(pictures.length > 0 ? { pictures } : {}),
  });
  return { letter, title: set.title, spec, rows: rowsOf(methods) };
}

/** The finished runs of the curves as methods, with what they came to on the test images. */
function methodsOf({ results, recipe, runs }: FigureSource, { name }: ImageData): Method[] {
  return curveMethods(recipe).flatMap((method): Method[] => {
    const own = results.images.filter((one) => one.method === method && one.data === name && one.measures);
    const betas = [...new Set(own.map(({ beta }) => beta))].sort((a, b) => b - a);
    if (betas.length === 0) return [];
    return [
      {
        name: method,
        points: betas.map((beta) =>
          pointOf(
            own.filter((one) => one.beta === beta),
            beta,
            runs,
          ),
        ),
        lowRateLimitNats: limitOf(own),
      },
    ];
  });
}

/** A limit of 0 is none worth a line. */
function limitOf([first]: readonly ImageResult[]): number | undefined {
  const limit = first?.measures?.leastRateNats ?? 0;
  return limit > 0 ? limit : undefined;
}

function pointOf(results: readonly ImageResult[], beta: number, runs: string): MethodPoint {
  const measured = measureRuns(results.map(({ run }) => openRun(runs, run!))).map((one, k) => {
    const { rateNats, distortion, negativeElboNats } = results[k]!.measures!;
    return { ...one, trade: { ...one.trade, rateNats, distortion, negativeElboNats } };
  });
  const [first, ...others] = measured;
  return { label: `beta = ${beta}`, runs: [first!, ...others] };
}

function rowsOf(methods: readonly Method[]): FigureTable {
  return {
    columns: ["method", "beta", "rate, nats", "distortion, nats", "-ELBO, nats", "seeds"],
    rows: methods.flatMap(({ name, points }) =>
      points.map(({ label, runs }) => {
        const rate = mean(runs.map(({ trade }) => trade.rateNats));
        const distortion = mean(runs.map(({ trade }) => trade.distortion));
        return [name, Number(label.replace("beta = ", "")), rate, distortion, rate + distortion, runs.length];
      }),
    ),
  };
}
