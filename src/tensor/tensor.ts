import { type Shape, sizeOf } from "./shape.js";
import { shapeError } from "./shape-error.js";

/** Element types that a program computes with; float32 wherever a gradient flows. */
export type DataType = "float32" | "int64" | "bool";

/** Numbers that are part of a program: index tables, shapes, small fixed matrices. */
export interface Constant {
  readonly dataType: "float32" | "int64";
  readonly shape: Shape;
  readonly data: Float32Array | readonly number[] | Int32Array;
}

/** How an operation is written as one ONNX node, as plain data: this folder knows no file format. */
export interface OnnxForm {
  /** ONNX operator, such as `MatMul`. */
  readonly type: string;
  /** Operator set; empty for the standard one. */
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, number | string | readonly number[]>>;
  /** Attributes above that ONNX types as floats although their value may be whole. */
  readonly floatAttributes?: readonly string[];
  /** Constants that follow the tensor operands. */
  readonly constants?: readonly Constant[];
  /** The form to write where the extent of the batch is left open; by default this one, minus the extent. */
  readonly openBatch?: OnnxForm;
}

/**
 * What random numbers are: standard normal; uniform in [0, 1); factors that drop a share of what they multiply; whole numbers
 * from 0 up to, not including, `below`; or such numbers of which no two along the last axis are alike.
 */
export type Distribution =
  | "normal"
  | "uniform"
  | { readonly dropout: number }
  | { readonly below: number }
  | { readonly distinctBelow: number };

/** What fills a program's input at run time. The training loop asks the role, never the name. */
export type InputRole =
  | { readonly kind: "parameter" }
  | { readonly kind: "state" }
  | { readonly kind: "batch"; readonly field: string }
  | { readonly kind: "noise"; readonly distribution: Distribution }
  | { readonly kind: "scalar" };

/** Where a tensor comes from: an operation on other tensors, an input of the program, or a constant. */
type Origin =
  | {
      readonly kind: "operation";
      readonly operation: string;
      readonly operands: readonly Tensor[];
      readonly onnx: OnnxForm;
      /** Gradients with respect to the operands, given the gradient of this tensor; undefined where none flows. */
      readonly pullback: (gradient: Tensor) => readonly (Tensor | undefined)[];
    }
  | {
      /** A tensor computed as `lowered`, whose gradient is written by hand: cheaper than that of its pieces. */
      readonly kind: "composite";
      readonly operation: string;
      readonly operands: readonly Tensor[];
      readonly lowered: Tensor;
      readonly pullback: (gradient: Tensor) => readonly (Tensor | undefined)[];
    }
  | { readonly kind: "input"; readonly role: InputRole }
  | { readonly kind: "constant"; readonly constant: Constant };

/**
 * A symbolic tensor: a shape, a type and where it comes from. It holds no numbers and needs no freeing; numbers
 * appear when a program made of tensors is compiled and run.
 */
export interface Tensor {
  readonly shape: Shape;
  readonly dataType: DataType;
  readonly origin: Origin;
  /** Name in diagnostics and, for inputs, in the program. */
  readonly name: string | undefined;
}

/**
 * A program input of a given role; float32 by default.
 * @param name by which the compiled program asks for it; one of a kind in a program.
 */
export function input(name: string, shape: Shape, role: InputRole, dataType: DataType = "float32"): Tensor {
  return { name, shape, dataType, origin: { kind: "input", role } };
}

/**
 * A float32 constant: a number (scalar, or repeated through a shape), or data in row-major order with its
 * shape.
 * @param value a number, or as many as the shape holds; not copied.
 * @throws ShapeError when the data do not fill the shape.
 */
export function constant(value: number | Float32Array, shape: Shape = []): Tensor {
  if (typeof value !== "number" && value.length !== sizeOf(shape))
    throw shapeError("constant", [{ shape }], `cannot hold ${value.length} numbers`);
  const data = typeof value === "number" ? new Float32Array(sizeOf(shape)).fill(value) : value;
  return {
    name: undefined,
    shape,
    dataType: "float32",
    origin: { kind: "constant", constant: { dataType: "float32", shape, data } },
  };
}

/** The same tensor under a name that diagnostics show; later uses should take the returned one. */
export function named(tensor: Tensor, name: string): Tensor {
  return tensor.name === undefined ? Object.assign(tensor, { name }) : tensor;
}

/** The tensors that a gradient flows to from this one. */
export function gradientOperands(tensor: Tensor): readonly Tensor[] {
  const { origin } = tensor;
  return origin.kind === "operation" || origin.kind === "composite" ? origin.operands : [];
}

/** The tensors that must be computed before this one. */
export function computedFrom(tensor: Tensor): readonly Tensor[] {
  const { origin } = tensor;
  return origin.kind === "operation" ? origin.operands : origin.kind === "composite" ? [origin.lowered] : [];
}

/** Tensors that `targets` rest on, those before these, each once; `before` says what a tensor rests on directly. */
export function topologicalOrder(
  targets: readonly Tensor[],
  before: (tensor: Tensor) => readonly Tensor[],
): Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>();
  // An explicit stack: a deep network must not exhaust the call stack.
  const stack = targets.toReversed().map((tensor) => ({ tensor, expanded: false }));
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.expanded) order.push(top.tensor);
    else if (!seen.has(top.tensor)) {
      seen.add(top.tensor);
      stack.push({ tensor: top.tensor, expanded: true });
      for (const operand of before(top.tensor).toReversed()) {
        if (!seen.has(operand)) stack.push({ tensor: operand, expanded: false });
      }
    }
  }
  return order;
}
