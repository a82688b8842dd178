import type { Scope } from "../../nn/scope.js";
import { mean } from "../../tensor/operations/reduce.js";
import { named, type Tensor } from "../../tensor/tensor.js";
import type { ScheduleProgress } from "../parts.js";
import { targetField } from "../trainable.js";
import type { Head, HeadPass } from "./index.js";

/** What heads make of codes [B, D], by the name of the head; each asks the batch for its own targets. */
export function judgeHeads(
  heads: readonly Head[],
  scope: Scope,
  code: Tensor,
  phase: "training" | "evaluation",
): Record<string, HeadPass> {
  const judged = heads.map((head) => {
    const targets = scope.batch(targetField(head), [code.shape[0]!, head.outputs]);
    return [head.name, head.judge(scopeOf(head, scope), code, targets, phase)] as const;
  });
  return Object.fromEntries(judged);
}

/** The mean loss of each head over a batch, by its name, and what each adds to the whole loss, in the heads' order. */
export function weighHeads(
  heads: readonly Head[],
  scope: Scope,
  passes: Readonly<Record<string, Pick<HeadPass, "losses">>>,
): { readonly losses: Readonly<Record<string, Tensor>>; readonly shares: readonly Tensor[] } {
  const losses = heads.map(({ name }) => named(mean(passes[name]!.losses), `${name}.loss`));
  return {
    losses: Object.fromEntries(heads.map(({ name }, i) => [name, losses[i]!])),
    shares: heads.map((head, i) => head.share(scopeOf(head, scope), losses[i]!)),
  };
}

/** The heads' weights at a point of training, by the names of their scalars. */
export function headScalars(heads: readonly Head[], progress: ScheduleProgress): Record<string, number> {
  return Object.fromEntries(heads.map((head) => [`heads.${head.name}.weight`, head.weight(progress)]));
}

function scopeOf({ name }: Head, scope: Scope): Scope {
  return scope.in("heads").in(name);
}
