import { dense } from "../../nn/dense.js";
import { mapOfImages } from "../../tensor/operations/feature-map.js";
import { sizeOf } from "../../tensor/shape.js";
import { named } from "../../tensor/tensor.js";
import { stackSettings, stackWindows } from "../encoders/convolutional.js";
import { definePart } from "../part.js";
import { decodeMap } from "./map-layers.js";

/**
 * The mirror image of the convolutional encoder: a dense layer onto the innermost map, then transposed convolutions
 * back through the same windows, so that the output has the image's size whatever it is. `layers` are listed from the
 * image inwards, as for the encoder.
 */
export const convolutionalDecoder = definePart({
  kind: "decoder",
  type: "convolutional",
  about: "the mirror image of a convolutional encoder",
  settings: stackSettings,
  make: ({ layers, slope, normalise }) => ({
    decode(scope, code, [height, width, channels]) {
      const windows = stackWindows(layers, [height, width]);
      const innermost = layers.at(-1)!.channels;
      const positions = sizeOf(windows.at(-1)!.coarse);
      const spread = named(dense(scope.in("input"), code, positions * innermost), "decoder.input");
      const steps = layers.map((_, index) => ({
        outputs: index === 0 ? channels : layers[index - 1]!.channels,
        window: windows[index]!,
        transposed: true,
      }));
      const innermostMap = mapOfImages(spread, windows.at(-1)!.coarse);
      return decodeMap(scope, innermostMap, steps.reverse(), { first: 0, slope, normalise });
    },
  }),
});
