import { formatShape, type Shape } from "./shape.js";

/** Operands that do not fit an operation. The message names the operation, the shapes and the line that built it. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** The error of an operation whose operands do not fit; `reason` completes "matMul of [2, 3] and [2, 3]: ". */
export function shapeError(
  operation: string,
  operands: readonly { readonly shape: Shape }[],
  reason: string,
): ShapeError {
  const shapes = operands.map(({ shape }) => formatShape(shape)).join(" and ");
  return new ShapeError(`${operation} of ${shapes}: ${reason} (built at ${callSite()})`);
}

/** The first line of the present stack that lies outside this folder: the line that built the tensor. */
function callSite(): string {
  const frames = new Error().stack?.split("\n").slice(1) ?? [];
  const outside = frames.find(
    (frame) =>
      !/[\\/]tensor[\\/](operations[\\/]\w+|operation|gradient|tensor|shape-error)\.[jt]s/.test(frame),
  );
  return outside?.replace(/^\s*at\s+/, "").replace(/^.*\((.*)\)$/, "$1") ?? "an unknown line";
}
