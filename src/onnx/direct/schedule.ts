import { getOrMake } from "../../collections.js";
import { sizeOf } from "../../tensor/shape.js";
import { computedFrom, type OnnxForm, type Tensor, topologicalOrder } from "../../tensor/tensor.js";
import type { ProgramOutputs } from "../compile.js";
import { MemoryPlan } from "./memory-plan.js";
import { isReshape, operatorOf } from "./operators.js";
import { type Place, rowMajor } from "./place.js";
import { narrowSize } from "./product.js";

/** An operation and where its numbers lie. */
export interface Scheduled {
  readonly form: OnnxForm;
  readonly inputs: readonly Place[];
  readonly output: Place;
}

/** A program as operations on one memory. */
export interface Schedule {
  /** Operations on constants alone, to be done once. */
  readonly once: readonly Scheduled[];
  readonly steps: readonly Scheduled[];
  readonly constants: readonly { readonly place: Place; readonly data: ArrayLike<number> }[];
  readonly placeOf: (tensor: Tensor) => Place;
  /** Numbers in the memory. */
  readonly size: number;
  /** Most numbers of a product of few columns. */
  readonly narrow: number;
}

/** A tensor that is computed, as opposed to one that has another's numbers. */
interface Computed {
  readonly tensor: Tensor;
  readonly form: OnnxForm;
  readonly operands: readonly Tensor[];
}

/**
 * The order of a program's operations and the place of every tensor: constants, inputs and outputs keep theirs, others give it up when the last that
 * reads them has. What is turned for products alone is never made: they read it with strides. What is computed twice is computed once.
 * @returns undefined where an operation is not known here.
 */
export function schedule(outputs: ProgramOutputs): Schedule | undefined {
  const all = topologicalOrder(Object.values(outputs), reads);
  const sources = sourcesOf(all);
  const source = (tensor: Tensor) => sources.get(tensor)!;
  const computed = all.flatMap((tensor): Computed[] => {
    const { origin } = tensor;
    if (origin.kind !== "operation" || source(tensor) !== tensor) return [];
    return [{ tensor, form: origin.onnx, operands: origin.operands }];
  });
  if (computed.some(({ form }) => !operatorOf(form))) return undefined;
  const fixed = fixedTensors(all);
  const kept = new Set(Object.values(outputs).map(source));
  const isLasting = (tensor: Tensor) =>
    kept.has(tensor) || fixed.has(tensor) || tensor.origin.kind !== "operation";
  const plan = new MemoryPlan();
  const places = new Map<Tensor, number>();
  const take = (tensor: Tensor) => places.set(tensor, plan.take(sizeOf(tensor.shape)));
  // First what stays, so that what comes and goes lies together.
  for (const tensor of all) if (source(tensor) === tensor && isLasting(tensor)) take(tensor);
  const lastReader = new Map<Tensor, Tensor>();
  for (const { tensor } of computed) for (const read of reads(tensor)) lastReader.set(source(read), tensor);
  for (const { tensor } of computed) {
    if (!isLasting(tensor)) take(tensor);
    for (const read of new Set(reads(tensor).map(source)))
      if (!isLasting(read) && lastReader.get(read) === tensor)
        plan.release(places.get(read)!, sizeOf(read.shape));
  }
  const placeOf = (tensor: Tensor): Place => {
    const { shape } = tensor;
    return { at: places.get(source(tensor))!, shape, strides: rowMajor(shape) };
  };
  const scheduled = computed.map(({ tensor, form, operands }) => {
    const placeRead = isProduct(tensor) ? (one: Tensor) => turnedPlace(placeOf(turned(one)), one) : placeOf;
    return { isFixed: fixed.has(tensor), form, inputs: operands.map(placeRead), output: placeOf(tensor) };
  });
  const products = computed.filter(({ tensor }) => isProduct(tensor));
  return {
    once: scheduled.filter(({ isFixed }) => isFixed),
    steps: scheduled.filter(({ isFixed }) => !isFixed),
    constants: all.flatMap((tensor) => {
      const { origin } = tensor;
      return origin.kind === "constant" ? [{ place: placeOf(tensor), data: origin.constant.data }] : [];
    }),
    placeOf,
    size: plan.size,
    narrow: Math.max(0, ...products.map(({ tensor }) => narrowSize(tensor))),
  };
}

/** What must have been computed before a tensor: of what is turned for a product, that which is turned. */
function reads(tensor: Tensor): readonly Tensor[] {
  return isProduct(tensor) ? computedFrom(tensor).map(turned) : computedFrom(tensor);
}

/** For each tensor the one that has its numbers, in the same order: itself, or what it is a reshape, or a repetition, of. */
function sourcesOf(all: readonly Tensor[]): ReadonlyMap<Tensor, Tensor> {
  const sources = new Map<Tensor, Tensor>();
  const known = new Map<string, Tensor>();
  const ids = new Map<Tensor, number>();
  for (const tensor of all) {
    const { origin } = tensor;
    let source = tensor;
    if (origin.kind === "composite") source = sources.get(origin.lowered)!;
    else if (origin.kind === "operation" && isReshape(origin.onnx))
      source = sources.get(origin.operands[0]!)!;
    else if (origin.kind === "operation" && !isProduct(tensor) && !origin.onnx.constants) {
      const { onnx, operands } = origin;
      const read = operands.map((one) => `${ids.get(sources.get(one)!)} ${one.shape}`);
      source = getOrMake(
        known,
        `${onnx.type} ${JSON.stringify(onnx.attributes)} of ${read.join("; ")}`,
        () => tensor,
      );
    }
    sources.set(tensor, source);
    ids.set(tensor, ids.size);
  }
  return sources;
}

function isProduct({ origin }: Tensor): boolean {
  return origin.kind === "operation" && origin.onnx.type === "MatMul";
}

/** What a tensor was before it was turned; the tensor itself where it was not. */
function turned(tensor: Tensor): Tensor {
  const { origin } = tensor;
  if (origin.kind === "composite") return turned(origin.lowered);
  return origin.kind === "operation" && origin.onnx.type === "Transpose" ? origin.operands[0]! : tensor;
}

/** A place as it is read after it has been turned. */
function turnedPlace(place: Place, tensor: Tensor): Place {
  const { origin } = tensor;
  if (origin.kind === "composite") return turnedPlace(place, origin.lowered);
  if (origin.kind !== "operation" || origin.onnx.type !== "Transpose") return place;
  const order = origin.onnx.attributes!.perm as readonly number[];
  return { at: place.at, shape: tensor.shape, strides: order.map((axis) => place.strides[axis]!) };
}

/** Tensors that rest on constants alone. */
function fixedTensors(all: readonly Tensor[]): ReadonlySet<Tensor> {
  const fixed = new Set<Tensor>();
  for (const tensor of all)
    if (tensor.origin.kind !== "input" && reads(tensor).every((one) => fixed.has(one))) fixed.add(tensor);
  return fixed;
}
