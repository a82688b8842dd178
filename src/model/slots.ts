import { UserError } from "../errors.js";
import type { OwnPart } from "../own-part.js";
import { echoChannel } from "./channels/echo.js";
import { gaussianChannel } from "./channels/gaussian.js";
import { iafChannel } from "./channels/iaf.js";
import { convolutionalDecoder } from "./decoders/convolutional.js";
import { denseDecoder } from "./decoders/dense.js";
import { stackDecoder } from "./decoders/stack.js";
import { convolutionalEncoder } from "./encoders/convolutional.js";
import { denseEncoder } from "./encoders/dense.js";
import { bernoulli } from "./likelihoods/bernoulli.js";
import { squaredError } from "./likelihoods/squared-error.js";
import { mafMarginal } from "./marginals/maf.js";
import { standardNormal } from "./marginals/standard-normal.js";
import { vampMarginal } from "./marginals/vamp.js";
import { betaObjective } from "./objectives/beta.js";
import { capacityObjective } from "./objectives/capacity.js";
import { checkOwnMetrics, type OwnMetric } from "./own-metric.js";
import { type Part, type PartKind, type Slot, slot } from "./part.js";
import { mmdRegularizer } from "./regularizers/mmd.js";
import { totalCorrelationRegularizer } from "./regularizers/total-correlation.js";

/** The parts that models can be made of, slot by slot, and what is measured of them besides. */
export type PartSet = { readonly [Kind in PartKind]: Slot<Kind> } & {
  readonly metrics: readonly OwnMetric[];
};

/** The parts of Narrows: adding one is adding a file and naming it here. */
export const NARROWS_PARTS: PartSet = {
  encoder: slot(convolutionalEncoder, denseEncoder),
  channel: slot(gaussianChannel, echoChannel, iafChannel),
  marginal: slot(standardNormal, mafMarginal, vampMarginal),
  decoder: slot(convolutionalDecoder, denseDecoder, stackDecoder),
  likelihood: slot(squaredError, bernoulli),
  objective: slot(capacityObjective, betaObjective),
  regularizer: slot(mmdRegularizer, totalCorrelationRegularizer),
  metrics: [],
};

/**
 * The parts of Narrows and those of models among some of one's own.
 * @param own what `loadParts` gives, or parts that `definePart` and `defineMetric` made; others are ignored.
 * @throws UserError where two parts of a kind have one type, or a metric has a name that another number has.
 */
export function partsWith(own: readonly OwnPart[]): PartSet {
  if (own.length === 0) return NARROWS_PARTS;
  const metrics = own.filter((part): part is OwnMetric => part.kind === "metric");
  checkOwnMetrics(metrics);
  const widened = <Kind extends PartKind>({ kind, choices }: Slot<Kind>): Slot<Kind> => {
    const added = own.filter((part): part is Part<Kind> => part.kind === kind);
    return slot(...choices, ...added.map((part, k) => distinct(part, [...choices, ...added.slice(0, k)])));
  };
  return {
    encoder: widened(NARROWS_PARTS.encoder),
    channel: widened(NARROWS_PARTS.channel),
    marginal: widened(NARROWS_PARTS.marginal),
    decoder: widened(NARROWS_PARTS.decoder),
    likelihood: widened(NARROWS_PARTS.likelihood),
    objective: widened(NARROWS_PARTS.objective),
    regularizer: widened(NARROWS_PARTS.regularizer),
    metrics,
  };
}

function distinct<Kind extends PartKind>(part: Part<Kind>, others: readonly Part<Kind>[]): Part<Kind> {
  if (!others.some(({ type }) => type === part.type)) return part;
  throw new UserError({
    where: `${part.kind} ${part.type}`,
    what: `there is a ${part.kind} of this type already`,
    remedy: "Give yours another type, such as one with your name in front",
  });
}
