import { kernel } from "../../kernels/kernel.js";
import { PROGRAM_FUSED_MODULE } from "../../kernels/program-fused-module.js";
import { PROGRAM_MODULE } from "../../kernels/program-module.js";
import { formatShape, sizeOf } from "../../tensor/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { CompiledProgram } from "../compile.js";
import { type Buffers, type Feeds, Kept, type Session } from "../session.js";
import { operatorOf } from "./operators.js";
import { type Action, FLOAT_BYTES, type Machine, SCRATCH } from "./place.js";
import { type Scheduled, schedule } from "./schedule.js";

const openFused = kernel(PROGRAM_FUSED_MODULE);
const openPlain = kernel(PROGRAM_MODULE);

/** An array, and the numbers of the memory that it is copied to or from. */
interface Slot {
  readonly name: string;
  readonly tensor: Tensor;
  readonly numbers: Float32Array;
}

/**
 * Opens a program that is run here, on one thread, by inner loops of WebAssembly: no runtime is loaded, and nothing but the program's inputs and
 * outputs is copied. Where the engine has it, a product and its sum are one instruction, rounded once, as on a processor in Node.
 * @returns undefined where an operation is not known here, or the engine's WebAssembly has no vector instructions.
 */
export function openDirectly({ inputs, outputs }: CompiledProgram): Session | undefined {
  const plan = schedule(outputs);
  if (!plan) return undefined;
  const [scratch, narrow] = [plan.size, plan.size + SCRATCH];
  const bytes = FLOAT_BYTES * (narrow + plan.narrow + SCRATCH);
  const opened = openFused(bytes) ?? openPlain(bytes);
  if (!opened) return undefined;
  const numbers = new Float32Array(opened.memory);
  const machine: Machine = { numbers, kernels: opened.functions, scratch, narrow };
  const action = ({ form, inputs: read, output }: Scheduled): Action =>
    operatorOf(form)!(read, output, form, machine);
  for (const { place, data } of plan.constants) numbers.set(data, place.at);
  for (const once of plan.once) action(once)();
  const steps = plan.steps.map(action);
  const slot = (name: string, tensor: Tensor): Slot => {
    const { at } = plan.placeOf(tensor);
    return { name, tensor, numbers: numbers.subarray(at, at + sizeOf(tensor.shape)) };
  };
  const given = inputs.map((tensor) => slot(tensor.name!, tensor));
  const asked = Object.entries(outputs).map(([name, tensor]) => slot(name, tensor));
  return {
    async run(feeds, into) {
      for (const one of given) one.numbers.set(arrayFor(one, feeds));
      for (const one of asked) arrayFor(one, into);
      for (const step of steps) step();
      for (const one of asked) arrayFor(one, into).set(one.numbers);
      return {};
    },
    release: async () => undefined,
  };
}

/** The array for an input or output. @throws Error when there is none, or one of another length. */
function arrayFor({ name, tensor: { shape }, numbers }: Slot, arrays: Feeds | Buffers): Float32Array {
  const array = arrays[name];
  if (!array) throw new Error(`no numbers were given for ${name}`);
  if (array instanceof Kept) throw new Error(`${name} was kept on another device`);
  if (array.length !== numbers.length)
    throw new Error(`${name} of ${formatShape(shape)} needs ${numbers.length} numbers, got ${array.length}`);
  return array;
}
