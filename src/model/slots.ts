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
import { slot } from "./part.js";
import { mmdRegularizer } from "./regularizers/mmd.js";
import { totalCorrelationRegularizer } from "./regularizers/total-correlation.js";

// The slots of a model, and the parts that each admits.
export const channels = slot(gaussianChannel, echoChannel, iafChannel);
export const marginals = slot(standardNormal, mafMarginal, vampMarginal);
export const encoders = slot(convolutionalEncoder, denseEncoder);
export const decoders = slot(convolutionalDecoder, denseDecoder, stackDecoder);
export const likelihoods = slot(squaredError, bernoulli);
export const objectives = slot(capacityObjective, betaObjective);
export const regularizers = slot(mmdRegularizer, totalCorrelationRegularizer);
