import { z } from "zod";
import { dense } from "../../nn/dense.js";
import { widthSchema } from "../../nn/parameters.js";
import { leakyRelu } from "../../tensor/operations/elementwise.js";
import { reshape } from "../../tensor/operations/layout.js";
import { sizeOf } from "../../tensor/shape.js";
import { named } from "../../tensor/tensor.js";
import { definePart } from "../part.js";
import type { Encoder } from "../parts.js";

/** Settings that a dense encoder and the dense decoder share. */
export const denseSettings = {
  /** Units of each hidden layer, in the order the signal passes them. */
  units: z.array(widthSchema).min(1).default([256]),
  slope: z.number().min(0).max(1).default(0.01),
};

/** Dense layers with leaky rectifiers after each; for images of any kind, and for quick trials. */
export const denseEncoder = definePart(
  "dense",
  denseSettings,
  ({ units, slope }): Encoder => ({
    encode(scope, images) {
      let features = reshape(images, [images.shape[0]!, sizeOf(images.shape.slice(1))]);
      units.forEach((width, index) => {
        features = named(leakyRelu(dense(scope.in(index), features, width), slope), `encoder.${index}`);
      });
      return features;
    },
  }),
);
