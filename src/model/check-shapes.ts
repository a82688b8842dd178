import { refuse } from "../errors.js";
import { formatShape } from "../tensor/shape.js";
import type { Tensor } from "../tensor/tensor.js";

/**
 * What a part gives, if it has the shape that its interface says (`parts.ts`): a part of one's own may give another, and the
 * operation that stumbles over it later names no part.
 * @param part its kind and type.
 * @param gives its function.
 * @param wanted extents of axes; a letter where any will do.
 * @throws UserError naming the part, its function, the shape that came and the one that is wanted.
 */
export function ofShape(
  part: string,
  gives: string,
  tensor: Tensor,
  wanted: readonly (number | string)[],
): Tensor {
  const shape: readonly number[] | undefined = (tensor as Tensor | undefined)?.shape;
  const fits =
    shape?.length === wanted.length &&
    wanted.every((extent, axis) => typeof extent === "string" || extent === shape[axis]);
  if (fits) return tensor;
  const came = shape ? `a tensor of shape ${formatShape(shape)}` : "no tensor";
  const meant = wanted.length === 0 ? "a scalar" : `[${wanted.join(", ")}]`;
  refuse(
    part,
    `its ${gives} gives ${came}, and ${meant} is wanted`,
    "Correct it in the part (docs/extending.md says what each function gives)",
  );
}
