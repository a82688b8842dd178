export {
  executePlan,
  type PlanEntry,
  type PlanListener,
  type PlanOptions,
  type PlanOutcome,
  surveyPlan,
} from "./execute.js";
export { type Plan, type PlannedRun, plannedSteps } from "./plan.js";
