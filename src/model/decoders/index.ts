import { slot } from "../part.js";
import { convolutionalDecoder } from "./convolutional.js";
import { denseDecoder } from "./dense.js";
import { stackDecoder } from "./stack.js";

export const decoders = slot(convolutionalDecoder, denseDecoder, stackDecoder);
