import { slot } from "../part.js";
import { convolutionalEncoder } from "./convolutional.js";
import { denseEncoder } from "./dense.js";

export const encoders = slot(convolutionalEncoder, denseEncoder);
