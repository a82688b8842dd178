import { slot } from "../part.js";
import { gaussianChannel } from "./gaussian.js";

export const channels = slot(gaussianChannel);
