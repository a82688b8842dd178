/** An encoder: fully connected layers with hyperbolic tangents. */
import { definePart, dense, reshape, sizeOf, tanh, z } from "narrows/parts";

export default definePart({
  kind: "encoder",
  type: "tanh",
  about: "fully connected layers with hyperbolic tangents",
  settings: {
    units: z.array(z.int().positive()).min(1).default([64, 64]).describe("units of each layer"),
  },
  make: ({ units }) => ({
    encode(scope, images) {
      const [batch, ...imageShape] = images.shape;
      const pixels = reshape(images, [batch!, sizeOf(imageShape)]);
      return units.reduce((x, width, layer) => tanh(dense(scope.in(layer), x, width)), pixels);
    },
  }),
});
