import * as z from "zod";
import { once } from "../../once.js";
import { corridorsCauses } from "../causes.js";
import { CORRIDORS_DEFAULTS, CORRIDORS_SIZES, generateCorridors } from "../corridors.js";
import { BIAS_FORM, BIAS_PATTERN } from "../corridors-bias.js";
import { samplesKey } from "../file-keys.js";
import { asDataset } from "../fingerprint.js";
import { defineSource } from "./source.js";

const [minimum, maximum] = CORRIDORS_SIZES;

/** The options of the Corridors images, in a configuration and on the command line. */
export const corridorsSchema = z.strictObject({
  samples: samplesKey.describe(
    "number of images; 200,000, or the samples per cell of the bias summed over the cells",
  ),
  seed: z.int().min(0).default(CORRIDORS_DEFAULTS.seed),
  bias: z.string().regex(BIAS_PATTERN, BIAS_FORM).optional().describe(BIAS_FORM),
  weights: z
    .array(z.int().min(0))
    .optional()
    .describe(
      "how frequent each pair (xU, xL) is: size x size whole numbers, xU the slow index; in place of bias",
    ),
  size: z
    .int()
    .min(minimum)
    .max(maximum)
    .refine((size) => size % 2 === 1, "the side of a Corridors image is odd")
    .default(CORRIDORS_DEFAULTS.size)
    .describe("side of the image in pixels, odd"),
  sigma: z
    .number()
    .positive()
    .default(CORRIDORS_DEFAULTS.sigma)
    .describe("width of the ragged walls in pixels"),
});

export const corridors = defineSource({
  name: "corridors",
  about: "generated: 13 x 13 binary images of an upper and a lower corridor, labels xU and xL",
  options: corridorsSchema,
  load(options) {
    const causes = once(() => corridorsCauses(options));
    return asDataset("corridors", { ...generateCorridors(options), causes });
  },
});
