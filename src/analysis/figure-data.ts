import type { FigureData } from "../figures/own-figure.js";
import type { Analysis } from "./analysis.js";

/** What a figure of one's own is drawn from: the codes, labels and measures of an analysis as plain data. */
export function figureDataOf({ labels, runs }: Analysis): FigureData {
  return {
    labels: labels.map(({ name, values }) => ({ name, values })),
    runs: runs.map(({ name, title, trained, points, evaluation }) => ({
      name,
      title,
      configuration: trained.experiment.configuration,
      codes: Array.from({ length: points.count }, (_, row) =>
        points.coordinates.subarray(row * points.dimension, (row + 1) * points.dimension),
      ),
      measured: Object.fromEntries(
        Object.entries(evaluation).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
      ),
    })),
  };
}
