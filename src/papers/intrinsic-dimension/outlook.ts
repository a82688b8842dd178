/** What a reproduction takes and shows: measured on two cores of an AMD EPYC (docs/speed.md), a thread each. */
import type { NetworkSize, Outlook } from "../../reproduction/definition.js";
import type { DimensionChoice } from "./data.js";
import { measuredEpochs } from "./recipe.js";
import type { PlannedFeatures, PlannedNetwork } from "./runs.js";

/** Measures of a network after one epoch at 2,000 points: all layers, their neighbours, and two sets of images made. */
const EPOCH_SECONDS: Readonly<Record<NetworkSize, number>> = { paper: 12, half: 7, small: 5 };
const POINTS = 2000;
/** Neighbours of more points take longer by this power of their number. */
const POWER = 1.5;
const DRAWING_SECONDS = 15;

/** What it takes to measure and draw all, and what is shown. */
export function outlookOf(
  { recipe, data }: DimensionChoice,
  plan: readonly (PlannedFeatures | PlannedNetwork)[],
): Outlook {
  const { networks, epochs, points } = recipe;
  const measured = plan.filter(({ kind }) => kind === "network").length * measuredEpochs(epochs).length;
  const each = EPOCH_SECONDS[networks] * (points / POINTS) ** POWER;
  const names = data.map(({ title }) => title).join(" and ");
  return {
    secondsAfter: measured * each + DRAWING_SECONDS,
    shows: `Figures 1, 2, 3 and A1 to A4 of networks on ${names}, K = ${recipe.dimensions.join(", ")}, after the epochs ${measuredEpochs(epochs).join(", ")}`,
  };
}
