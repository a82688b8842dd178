import { formatShape, type Shape } from "./shape.js";
import type { DataType, OnnxForm, Tensor } from "./tensor.js";

/** Operands that do not fit an operation. The message names the operation, the shapes and the line that built it. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** What an operation says of itself, all in one place. `Attributes` are its fixed settings (axes, sizes, slopes). */
export interface OperationDefinition<Attributes> {
  readonly name: string;
  /** Shape of the result; throws by calling `misfit(reason)` where the operands do not fit. */
  shape(operands: readonly Tensor[], attributes: Attributes, misfit: (reason: string) => never): Shape;
  /** Element type of the result; that of the first operand unless told. */
  readonly dataType?: DataType;
  onnx(operands: readonly Tensor[], attributes: Attributes): OnnxForm;
  /**
   * Gradients with respect to the operands, as tensors built from the same operations; undefined where none flows.
   * Left out for an operation through which no gradient flows.
   */
  gradient?(context: GradientContext<Attributes>): readonly (Tensor | undefined)[];
}

/** What a gradient rule may use. */
export interface GradientContext<Attributes> {
  readonly operands: readonly Tensor[];
  readonly attributes: Attributes;
  /** The operation's own result. */
  readonly output: Tensor;
  /** Gradient of the scalar with respect to the result; same shape as the result. */
  readonly gradient: Tensor;
}

/** Makes the function that applies an operation: checks the shapes and records the node. */
export function defineOperation<Attributes = undefined>(
  definition: OperationDefinition<Attributes>,
): (operands: readonly Tensor[], attributes: Attributes) => Tensor {
  return (operands, attributes) => {
    const misfit = (reason: string): never => {
      const shapes = operands.map((operand) => formatShape(operand.shape)).join(" and ");
      throw new ShapeError(`${definition.name} of ${shapes}: ${reason} (built at ${callSite()})`);
    };
    const output: Tensor = {
      name: undefined,
      shape: definition.shape(operands, attributes, misfit),
      dataType: definition.dataType ?? operands[0]?.dataType ?? "float32",
      origin: {
        kind: "operation",
        operation: definition.name,
        operands,
        onnx: definition.onnx(operands, attributes),
        pullback: (gradient) =>
          definition.gradient?.({ operands, attributes, output, gradient }) ?? operands.map(() => undefined),
      },
    };
    return output;
  };
}

/**
 * An operation written with others, whose gradient is declared instead of derived. `lowered` computes the result;
 * `pullback` gives the gradients with respect to `operands`.
 */
export function composite(
  operation: string,
  operands: readonly Tensor[],
  lowered: Tensor,
  pullback: (gradient: Tensor) => readonly (Tensor | undefined)[],
): Tensor {
  const { shape, dataType } = lowered;
  return {
    name: undefined,
    shape,
    dataType,
    origin: { kind: "composite", operation, operands, lowered, pullback },
  };
}

/** The first line of the present stack that lies outside this folder: the line that built the tensor. */
function callSite(): string {
  const frames = new Error().stack?.split("\n").slice(1) ?? [];
  const outside = frames.find(
    (frame) => !/[\\/]tensor[\\/](operation|operations[\\/]\w+|gradient)\.[jt]s/.test(frame),
  );
  return outside?.replace(/^\s*at\s+/, "").replace(/^.*\((.*)\)$/, "$1") ?? "an unknown line";
}
