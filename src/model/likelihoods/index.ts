import { slot } from "../part.js";
import { bernoulli } from "./bernoulli.js";
import { squaredError } from "./squared-error.js";

export const likelihoods = slot(squaredError, bernoulli);
