import fc from "fast-check";
import type { Shape } from "../../src/tensor/index.js";

/** Shapes that broadcast together: each lacks some leading axes of a common one and has 1 in place of some extents. */
export function broadcastableShapes(count: number, longest = 3): fc.Arbitrary<Shape[]> {
  const narrowed = (shape: Shape) =>
    fc
      .tuple(
        fc.nat(shape.length),
        fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
      )
      .map(([missing, ones]) => shape.map((extent, i) => (ones[i] ? 1 : extent)).slice(missing));
  return fc
    .array(fc.integer({ min: 1, max: longest }), { maxLength: 3 })
    .chain((shape) => fc.tuple(...Array.from({ length: count }, () => narrowed(shape))));
}
