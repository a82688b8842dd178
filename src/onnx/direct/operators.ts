import type { OnnxForm } from "../../tensor/tensor.js";
import { ELEMENTWISE } from "./elementwise.js";
import { LAYOUT } from "./layout.js";
import type { Operator } from "./place.js";
import { PRODUCT } from "./product.js";
import { REDUCE } from "./reduce.js";

const OPERATORS: Readonly<Record<string, Operator>> = { ...ELEMENTWISE, ...LAYOUT, ...PRODUCT, ...REDUCE };

/** How an operation of a program is made ready; undefined for one that is not known here. */
export function operatorOf({ type, domain }: OnnxForm): Operator | undefined {
  return domain === undefined ? OPERATORS[type] : undefined;
}

/** Whether an operation has the numbers of its operand, in their order. */
export function isReshape({ type }: OnnxForm): boolean {
  return type === "Reshape";
}
