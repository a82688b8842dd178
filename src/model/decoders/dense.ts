import { dense } from "../../nn/dense.js";
import { named } from "../../tensor/tensor.js";
import { denseLayers, denseSettings } from "../encoders/dense.js";
import { definePart } from "../part.js";

/** Dense layers with leaky rectifiers, then one number per pixel. */
export const denseDecoder = definePart({
  kind: "decoder",
  type: "dense",
  about: "fully connected layers with leaky rectifiers, then one number per pixel",
  settings: denseSettings,
  make: ({ units, slope }) => ({
    decode(scope, code, [height, width, channels]) {
      const hidden = denseLayers(scope, code, units, "decoder", { slope });
      const pixels = dense(scope.in(units.length), hidden, height * width * channels);
      return named(pixels, `decoder.${units.length}`);
    },
  }),
});
