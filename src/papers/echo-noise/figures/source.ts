import type { Tools } from "../../../reproduction/definition.js";
import type { PanelPlan } from "../../../reproduction/figures/paper-figure.js";
import { openRun } from "../../../runs/run.js";
import { loadTrainedRun, type TrainedRun } from "../../../training/trained-run.js";
import type { ImageData } from "../data.js";
import type { EchoResults, ImageResult } from "../measures/index.js";
import type { EchoValues } from "../recipe.js";

/** What figures are drawn from. */
export interface FigureSource extends Tools<EchoValues, ImageData> {
  readonly results: EchoResults;
}

/** A run of the reproduction, loaded. */
export function loadRun({ measuring: { runs, load } }: FigureSource, run: string): TrainedRun {
  return loadTrainedRun(openRun(runs, run), { load });
}

/** A panel for each data set from the first finished run of Echo at beta = 1 on it. */
export async function echoPanels(
  source: FigureSource,
  draw: (
    trained: TrainedRun,
    set: ImageData,
    measures: NonNullable<ImageResult["measures"]>,
  ) => Promise<Pick<PanelPlan, "spec" | "rows">>,
): Promise<PanelPlan[]> {
  const panels: PanelPlan[] = [];
  for (const set of source.choice.data) {
    const [first] = source.results.images
      .filter((one) => one.method === "Echo" && one.data === set.name && one.beta === 1 && one.measures)
      .sort((a, b) => a.seed - b.seed);
    const drawn = first ? await draw(loadRun(source, first.run!), set, first.measures!) : { spec: undefined };
    panels.push({ title: set.title, needs: `Echo on ${set.title} at beta = 1`, ...drawn });
  }
  return panels;
}

/** Of what the captions of such a figure report the differences. */
export function imageConcerns({ choice }: FigureSource): string[] {
  return ["images", ...choice.data.map(({ name }) => name)];
}
