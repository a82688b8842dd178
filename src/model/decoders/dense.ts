import { dense } from "../../nn/dense.js";
import { leakyRelu } from "../../tensor/operations/elementwise.js";
import { named } from "../../tensor/tensor.js";
import { denseSettings } from "../encoders/dense.js";
import { definePart } from "../part.js";
import type { Decoder } from "../parts.js";

/** Dense layers with leaky rectifiers, then one number a pixel. */
export const denseDecoder = definePart(
  "dense",
  denseSettings,
  ({ units, slope }): Decoder => ({
    decode(scope, code, [height, width, channels]) {
      let hidden = code;
      units.forEach((count, index) => {
        hidden = named(leakyRelu(dense(scope.in(index), hidden, count), slope), `decoder.${index}`);
      });
      return named(
        dense(scope.in(units.length), hidden, height * width * channels),
        `decoder.${units.length}`,
      );
    },
  }),
);
