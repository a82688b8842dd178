import { processName, whereabouts } from "../files/process-identity.js";
import { surveyPlan } from "../plans/execute.js";
import type { Engine, Trained } from "./engine.js";
import type { PlanFolder } from "./plan-folder.js";

/**
 * This machine, which has no queue: what is trained is seen in the folders of the runs.
 * @param train Trains what is left of the plan.
 */
export function localEngine(train: () => Promise<Trained>): Engine {
  return {
    submit: async () => ({ trained: await train() }),
    queue: async () => [],
    ended: async () => new Map(),
    cancel,
  };
}

/** Asks the processes of this machine that train runs of a plan to save and end. */
async function cancel({ plan, root }: PlanFolder): Promise<string[]> {
  const owners = surveyPlan(plan, root).flatMap(({ planned, heldBy }) =>
    heldBy ? [{ name: planned.name, owner: heldBy }] : [],
  );
  if (owners.length === 0) return ["no run of this plan is in training"];
  return owners.map(({ name, owner }) => {
    if (whereabouts(owner) !== "alive") return `${name}: ${processName(owner)} trains it: stop it there`;
    process.kill(owner.pid, "SIGTERM");
    return `${name}: asked ${processName(owner)} to save and end`;
  });
}
