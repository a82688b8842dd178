/** Figures 2, 3 and 5: methods in the plane of rate and distortion. */
import type { FigureTable } from "../../../figures/index.js";
import { type PanelPlan, type PaperFigure, paperFigure } from "../../../reproduction/figures/paper-figure.js";
import { drawRateDistortion, matchedPictures } from "../../../run-figures/index.js";
import { openRun } from "../../../runs/run.js";
import { mean } from "../../../statistics.js";
import { type Method, type MethodPoint, measureRuns } from "../../../sweeps/methods.js";
import type { ImageData } from "../data.js";
import type { ImageResult } from "../measures/index.js";
import { curveMethods, METHOD_NAMES } from "../methods.js";
import type { PublishedData } from "../published.js";
import type { FigureSource } from "./source.js";

const NUMBERS: Readonly<Record<PublishedData, number>> = {
  "binary-mnist": 2,
  omniglot: 3,
  "fashion-mnist": 5,
};

/**
 * A figure for each of the paper's data sets of which there is a curve; what stands in for one is a panel of
 * its figure.
 */
export async function curveFigures(source: FigureSource): Promise<(PaperFigure | undefined)[]> {
  const figures: (PaperFigure | undefined)[] = [];
  for (const [published, number] of Object.entries(NUMBERS)) {
    const sets = source.choice.data.filter((one) => one.published === published);
    const panels: PanelPlan[] = [];
    for (const set of sets) panels.push(await curvePanel(source, set));
    const first = panels.find(({ spec }) => spec)?.spec;
    figures.push(
      paperFigure(number, {
        title: "Rate and distortion",
        caption: `${first?.caption} On the test images, in nats per image. The values of beta are ours: the paper's text does not give its own.`,
        panels,
        concerns: ["images", ...sets.map(({ name }) => name)],
      }),
    );
  }
  return figures;
}

async function curvePanel(source: FigureSource, set: ImageData): Promise<PanelPlan> {
  const { title } = set;
  const methods = methodsOf(source, set);
  const needs = `a method on ${title} at two values of beta`;
  if (methods.every(({ points }) => points.length < 2)) return { title, spec: undefined, needs };
  const pictures = await matchedPictures(methods, await source.measuring.device());
  const spec = drawRateDistortion(methods, {
    title: `Rate and distortion, ${title}`,
    colourOrder: METHOD_NAMES,
    convention: set.published === "fashion-mnist" ? "one-is-white" : "one-is-black",
    ...(pictures.length > 0 ? { pictures } : {}),
  });
  return { title, spec, needs, rows: rowsOf(methods) };
}

/** The finished runs of the curves as methods, with what they came to on the test images. */
function methodsOf({ results, choice, measuring: { runs } }: FigureSource, { name }: ImageData): Method[] {
  return curveMethods(choice.recipe).flatMap((method): Method[] => {
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

/** A limit of 0 needs no line. */
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
