/** A figure of ours: what a longer training gains, next to the published numbers. */
import { overSteps } from "../../../figures/over-steps.js";
import { type PaperFigure, paperFigure } from "../../../reproduction/figures/paper-figure.js";
import { soundRunMetrics } from "../../../runs/newest.js";
import { openRun } from "../../../runs/run.js";
import type { ImageData } from "../data.js";
import { METHOD_NAMES } from "../methods.js";
import { publishedTrade } from "../published.js";
import { type FigureSource, imageConcerns } from "./source.js";

/** Steps of the published trainings: 200 epochs of 50,000 images in batches of 100. */
const PUBLISHED_STEPS = 100_000;

/** -ELBO of the models of Table 1 over their training steps, a panel for each data set; undefined where none is trained. */
export function lengthFigure(source: FigureSource): PaperFigure | undefined {
  return paperFigure("S1", {
    title: "-ELBO over the steps of the training",
    caption: `Not in the paper. Models of Table 1 at each evaluation of their training, on the validation images (for small data these are the test images), at the learning rate of that step; rightmost the published value of the test images after ${PUBLISHED_STEPS.toLocaleString("en")} steps. Where a curve points at its published value, the gap to it is one of length.`,
    panels: source.choice.data.map((set) => ({
      title: set.title,
      spec: panelOf(source, set),
      needs: `a method on ${set.title} at beta = 1`,
    })),
    concerns: imageConcerns(source),
  });
}

function panelOf({ results, measuring: { runs } }: FigureSource, set: ImageData) {
  const curves = METHOD_NAMES.flatMap((name) => {
    const own = results.images.filter(
      (one) => one.method === name && one.data === set.name && one.beta === 1 && one.measures,
    );
    const points = byStep(own.map(({ run }) => elbosOf(runs, run!)));
    const last = points.at(-1)?.x;
    if (last === undefined) return [];
    const value = publishedTrade(name, set.published).negativeElboNats;
    const ends = last < PUBLISHED_STEPS ? [last, PUBLISHED_STEPS] : [PUBLISHED_STEPS];
    return [{ name, points, published: ends.map((x) => ({ x, value })) }];
  });
  if (curves.length === 0) return undefined;
  return overSteps(
    { curves },
    {
      title: `-ELBO over training steps, ${set.title}`,
      quantity: "-ELBO (nats per image)",
      column: "negativeElboNats",
      legendTitle: "method",
      colourOrder: METHOD_NAMES,
    },
  );
}

/** -ELBO on the validation images at each evaluation of a run. */
function elbosOf(runs: string, name: string): { readonly step: number; readonly nats: number }[] {
  return soundRunMetrics(openRun(runs, name)).flatMap(({ split, step, negativeElboNats: nats }) =>
    split === "validation" && typeof nats === "number" ? [{ step, nats }] : [],
  );
}

/** The values of all runs at each step, rising. */
function byStep(runs: readonly (readonly { readonly step: number; readonly nats: number }[])[]) {
  const steps = new Set(runs.flatMap((run) => run.map(({ step }) => step)));
  return [...steps]
    .sort((a, b) => a - b)
    .map((x) => ({
      x,
      values: runs.flatMap((run) => run.filter(({ step }) => step === x).map(({ nats }) => nats)),
    }));
}
