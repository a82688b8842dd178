import type { Scope } from "../../nn/scope.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { ScheduleProgress } from "../parts.js";
import { type HeadPass, targetField } from "../trainable.js";
import type { Head } from "./index.js";

/** What heads made of a batch of codes. */
export interface JudgedHeads {
  /** By the name of the head. */
  readonly passes: Readonly<Record<string, HeadPass>>;
  /** What each adds to the loss, in the heads' order. */
  readonly shares: readonly Tensor[];
}

/** Puts heads on codes [B, D]; each asks the batch for its own targets. */
export function judgeHeads(
  heads: readonly Head[],
  scope: Scope,
  code: Tensor,
  phase: "training" | "evaluation",
): JudgedHeads {
  const judged = heads.map((head) => {
    const own = scope.in("heads").in(head.name);
    const targets = scope.batch(targetField(head), [code.shape[0]!, head.outputs]);
    const pass = head.judge(own, code, targets, phase);
    return { name: head.name, pass, share: head.share(own, pass.loss) };
  });
  return {
    passes: Object.fromEntries(judged.map(({ name, pass }) => [name, pass])),
    shares: judged.map(({ share }) => share),
  };
}

/** The heads' weights at a point of training, by the names of their scalars. */
export function headScalars(heads: readonly Head[], progress: ScheduleProgress): Record<string, number> {
  return Object.fromEntries(heads.map((head) => [`heads.${head.name}.weight`, head.weight(progress)]));
}
