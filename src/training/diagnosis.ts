import type { Trainable } from "../model/trainable.js";
import type { OptimizerSettings } from "../nn/optimizer-schema.js";
import type { Device } from "../onnx/devices.js";
import { runOnce } from "../onnx/run-once.js";
import type { Buffers } from "../onnx/session.js";
import { sizeOf } from "../tensor/shape.js";
import { computedFrom, type Tensor, topologicalOrder } from "../tensor/tensor.js";
import { trainingProgram } from "./programs.js";

/**
 * The first tensor of a training step, in the order of computation, that holds a number which is not finite, as a name
 * for people; undefined where all are finite. The step is run once more with every tensor as an output.
 */
export async function firstNonFinite(
  model: Trainable,
  optimizer: OptimizerSettings,
  batchSize: number,
  feeds: Buffers,
  device: Device,
): Promise<string | undefined> {
  const outputs = trainingProgram(model, optimizer, batchSize);
  const order = topologicalOrder(Object.values(outputs), computedFrom);
  const given = order.filter(({ origin, name }) => origin.kind === "input" && hasNonFinite(feeds[name!]));
  // A parameter is also part of the vector of all: its own name says more.
  const bad = given.find(({ origin }) => origin.kind === "input" && origin.role.kind !== "state") ?? given[0];
  if (bad) return bad.name;
  const computed = order.filter(
    ({ origin, dataType }) => origin.kind === "operation" && dataType === "float32",
  );
  const program = Object.fromEntries(computed.map((tensor, i) => [`tensor ${i}`, tensor]));
  const results = computed.map((tensor) => new Float32Array(sizeOf(tensor.shape)));
  const into = Object.fromEntries(results.map((array, i) => [`tensor ${i}`, array]));
  await runOnce(device, program, feeds, into);
  const first = results.findIndex(hasNonFinite);
  return first < 0 ? undefined : describe(computed[first]!, order);
}

/** Whether an array holds NaN or an infinity. */
export function hasNonFinite(values: Float32Array): boolean {
  return values.some((value) => !Number.isFinite(value));
}

/** A tensor's name, or its operation and the named tensor nearest before it. */
function describe(tensor: Tensor, order: readonly Tensor[]): string {
  const isAlias = ({ origin }: Tensor) => origin.kind === "composite" && origin.lowered === tensor;
  const name = tensor.name ?? order.find((other) => other.name && isAlias(other))?.name;
  if (name) return name;
  const operation = tensor.origin.kind === "operation" ? tensor.origin.operation : tensor.origin.kind;
  const before = nearestNamed(tensor);
  return before ? `${operation} of ${before}` : operation;
}

function nearestNamed(tensor: Tensor): string | undefined {
  let front: readonly Tensor[] = computedFrom(tensor);
  while (front.length > 0) {
    const found = front.find(({ name }) => name !== undefined);
    if (found) return found.name;
    front = front.flatMap(computedFrom);
  }
  return undefined;
}
