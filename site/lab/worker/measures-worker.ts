import type { Frequencies } from "../../../src/lab/experiment.js";
import type { BoundCurve, CodeMeasures } from "../core/contract.js";
import { boundsOf } from "../measures/bound-of.js";
import { type MeasureTask, measureCode } from "../measures/code-measures.js";

/** From the page: what is to be measured; the answer has the same id. */
export type MeasureRequest =
  | { readonly id: number; readonly kind: "code"; readonly task: MeasureTask }
  | { readonly id: number; readonly kind: "bound"; readonly frequencies: Frequencies };

export type MeasureAnswer =
  | { readonly id: number; readonly kind: "code"; readonly measures: CodeMeasures }
  | { readonly id: number; readonly kind: "bound"; readonly bound: BoundCurve }
  | { readonly id: number; readonly kind: "refused"; readonly what: string };

/** The worker that measures: neither the page nor the training waits for it. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

/** Bounds come one better than the other, several for one question. */
function* answersTo(request: MeasureRequest): Generator<MeasureAnswer> {
  const { id } = request;
  if (request.kind === "code") yield { id, kind: "code", measures: measureCode(request.task) };
  else for (const bound of boundsOf(request.frequencies)) yield { id, kind: "bound", bound };
}

scope.onmessage = ({ data }: MessageEvent<MeasureRequest>) => {
  try {
    for (const answer of answersTo(data)) scope.postMessage(answer);
  } catch (error) {
    scope.postMessage({
      id: data.id,
      kind: "refused",
      what: error instanceof Error ? error.message : String(error),
    } satisfies MeasureAnswer);
  }
};
