import { slot } from "../part.js";
import { echoChannel } from "./echo.js";
import { gaussianChannel } from "./gaussian.js";
import { iafChannel } from "./iaf.js";

export const channels = slot(gaussianChannel, echoChannel, iafChannel);
