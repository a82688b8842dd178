/** Figure 1, D and E: how well frequent and rare stimuli, and those that matter to a task, are kept at each rate. */
import { capacityCurves } from "../../../figures/capacity-curves.js";
import type { FigureSpec } from "../../../figures/index.js";
import { type PanelPlan, type PaperFigure, paperFigure } from "../../../reproduction/figures/paper-figure.js";
import { bySeed } from "../../../reproduction/tables/cells.js";
import type { Position } from "../classes.js";
import {
  boundaryGroups,
  errorOf,
  frequencyGroups,
  type StimulusErrors,
  type StimulusGroup,
} from "../measures/fidelity.js";
import type { ModelName } from "../recipe.js";

const BIASED = ["E1M1", "E1M2"] as const;
const TASKED = ["E2M1", "E2M2", "E2M3", "E2M4"] as const;

/** What the paper sketches, measured on our models; undefined where none of these was trained. */
export function fidelityFigure(
  errors: readonly StimulusErrors[],
  positions: readonly Position[],
): PaperFigure | undefined {
  const panel = (letter: string, model: ModelName, groups: readonly StimulusGroup[]): PanelPlan => ({
    letter,
    title: `${model}, ${groups.map(({ name }) => name).join(" and ")}`,
    spec: curvesOf(errors, positions, model, groups),
    needs: model,
  });
  return paperFigure(1, {
    title: "What a code keeps of which stimuli",
    caption:
      "The paper has a sketch here; these are our models. Squared error per pixel over the stimuli of a group, in the model and in the Baseline of the same capacities; dots are means over seeds, bars the 95 % interval of the mean. D: stimuli that the model's data hold often and rarely. E: stimuli near the boundary of the model's task (with one corridor one column to the side they would be in another class), and all others.",
    panels: [
      ...BIASED.map((model, k) => panel(`D${k + 1}`, model, frequencyGroups(model, positions))),
      ...TASKED.map((model, k) => panel(`E${k + 1}`, model, boundaryGroups(model))),
    ],
  });
}

/** A curve for each group in the model, and in the Baseline at the capacities that the model has. */
function curvesOf(
  errors: readonly StimulusErrors[],
  positions: readonly Position[],
  model: ModelName,
  groups: readonly StimulusGroup[],
): FigureSpec | undefined {
  const own = errors.filter((one) => one.model === model);
  if (own.length === 0) return undefined;
  const capacities = new Set(own.map(({ capacityNats }) => capacityNats));
  const baseline = errors.filter(
    ({ model, capacityNats }) => model === "Baseline" && capacities.has(capacityNats),
  );
  const series = [own, baseline].flatMap((runs, k) =>
    groups.map((group) => ({
      name: k === 0 ? `${model}, ${group.name}` : `Baseline, ${group.name}`,
      points: bySeed(runs, ({ capacityNats }) => String(capacityNats))
        .map((alike) => ({
          capacityNats: alike[0]!.capacityNats,
          values: alike.flatMap((one) => errorOf(one, group, positions) ?? []),
        }))
        .sort((a, b) => a.capacityNats - b.capacityNats),
    })),
  );
  return capacityCurves(
    { series: series.filter(({ points }) => points.length > 0) },
    {
      title: `Error of ${model} by group of stimuli`,
      quantity: "MSE per pixel",
      column: "squaredErrorPerPixel",
      width: 300,
      height: 240,
    },
  );
}
