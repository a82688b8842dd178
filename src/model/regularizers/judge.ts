import type { Scope } from "../../nn/scope.js";
import { add } from "../../tensor/operations/elementwise.js";
import { named, type Tensor } from "../../tensor/tensor.js";
import { ofShape } from "../check-shapes.js";
import type { PartSettings, Slot } from "../part.js";
import type { Regularizer } from "../parts.js";
import type { AuxiliaryNetwork, Measures } from "../trainable.js";

/** The regularizers of a model, and what they mean for its training. */
export interface Regularity {
  readonly parts: readonly { readonly name: string; readonly part: Regularizer }[];
  readonly adversary: AuxiliaryNetwork | undefined;
}

/** Folder of the regularizers' names in a model's scope. */
const SCOPE = "regularizers";

/** The regularizers of some settings. At most one may have an adversary: the schema sees to that. */
export function regularity(settings: readonly PartSettings[], slot: Slot<"regularizer">): Regularity {
  const parts = settings.map((one) => ({ name: one.type, part: slot.make(one) }));
  const opposed = parts.find(({ part }) => part.adversary);
  const adversary = opposed?.part.adversary;
  const owns = (parameter: string) => parameter.startsWith(`${SCOPE}.${opposed!.name}.`);
  return { parts, adversary: adversary && { ...adversary, owns } };
}

/** What the regularizers add to a batch's loss, and the loss of the network that is trained together with the model. */
export function judgeRegularity(
  { parts }: Regularity,
  scope: Scope,
  code: Tensor,
): {
  readonly shares: readonly Tensor[];
  readonly adversaryLoss: Tensor | undefined;
  readonly metrics: Pick<Measures<Tensor>, "penalty" | "adversaryLoss">;
} {
  const within = (name: string) => scope.in(SCOPE).in(name);
  const shares = parts.map(({ name, part }) =>
    named(ofShape(`regularizer ${name}`, "penalty", part.penalty(within(name), code), []), `${name}.penalty`),
  );
  const [first, ...rest] = shares;
  const opposed = parts.find(({ part }) => part.adversary);
  const adversaryLoss =
    opposed &&
    ofShape(
      `regularizer ${opposed.name}`,
      "adversary, as its loss,",
      opposed.part.adversary!.loss(within(opposed.name), code),
      [],
    );
  return {
    shares,
    adversaryLoss,
    metrics: {
      ...(first && { penalty: rest.reduce((sum, share) => add(sum, share), first) }),
      ...(adversaryLoss && { adversaryLoss }),
    },
  };
}
