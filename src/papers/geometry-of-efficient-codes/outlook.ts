/** What a reproduction takes and shows: measured on two cores of an AMD EPYC (docs/speed.md), a thread each. */
import type { Outlook } from "../../reproduction/definition.js";
import type { GeometryValues } from "./recipe.js";
import type { PlannedFrozen, PlannedModel } from "./runs.js";

/** To encode the stimuli by a model, and to compare its code with the others. */
const MODEL_SECONDS = 1;
const DRAWING_SECONDS = 40;

/** What it takes to measure and draw all, and what is shown. */
export function outlookOf(
  { recipe: { only, frozen, capacities } }: { readonly recipe: GeometryValues },
  plan: readonly (PlannedFrozen | PlannedModel)[],
): Outlook {
  const models = plan.filter(({ kind }) => kind === "model").length;
  const without = frozen ? "" : " without 6A and 6D";
  return {
    secondsAfter: models * MODEL_SECONDS + DRAWING_SECONDS,
    shows: `Figures 1 to 11${without} of ${only.join(", ")} at ${capacities.join(", ")} nats`,
  };
}
