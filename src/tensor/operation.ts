import type { Shape } from "./shape.js";
import { shapeError } from "./shape-error.js";
import type { DataType, OnnxForm, Tensor } from "./tensor.js";

/** What an operation says of itself, all in one place. `Attributes` are its fixed settings (axes, sizes, slopes). */
export interface OperationDefinition<Attributes> {
  readonly name: string;
  /** Shape of the result; throws by calling `misfit(reason)` where the operands do not fit. */
  shape(operands: readonly Tensor[], attributes: Attributes, misfit: (reason: string) => never): Shape;
  /** Element type of the result; that of the first operand by default. */
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

/**
 * Makes the function that applies an operation: it checks the shapes and records the node.
 * @param definition its shapes, its node of ONNX and its gradient.
 * @throws ShapeError, when that function is called, where operands do not fit.
 */
export function defineOperation<Attributes = undefined>(
  definition: OperationDefinition<Attributes>,
): (operands: readonly Tensor[], attributes: Attributes) => Tensor {
  return (operands, attributes) => {
    const misfit = (reason: string): never => {
      throw shapeError(definition.name, operands, reason);
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
 * An operation written with others, whose gradient is declared instead of derived: where a cheaper one is
 * known than that of the pieces.
 * @param operation its name, for messages.
 * @param operands what gradients flow to.
 * @param lowered computes the result.
 * @param pullback gives the gradients with respect to `operands`, each of its shape, from that of the result;
 * undefined where none flows.
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
