import { compileProgram } from "../onnx/compile.js";
import type { Device } from "../onnx/devices.js";
import { add, input, matMul, type Tensor } from "../tensor/index.js";
import type { Layout } from "./layout.js";

/** Blocks multiplied on a device. */
export interface Products {
  /** Relative error of one product of two numbers beyond float32's own: 0, or what the device's rounding of factors costs. */
  readonly productError: number;
  /** Writes the product of a left and a right block, [left, right], into `into`. */
  multiply(left: Parts, right: Parts, into: Float32Array): Promise<void>;
  release(): Promise<void>;
}

/** The parts of a block under the names by which the program reads them. */
export type Parts = Readonly<Record<string, Float32Array>>;

/** A block's parts as the program reads them. */
export function namedParts(side: "left" | "right", parts: readonly Float32Array[]): Parts {
  return Object.fromEntries(parts.map((part, index) => [side + index, part]));
}

/**
 * The sum of the products of each left part with its right part, opened on a device. The right side comes turned over already:
 * to turn it in the product takes the processor twice as long.
 * @throws Error when the device multiplies too coarsely to distinguish distances.
 */
export async function openProducts(device: Device, { left, right, width, parts }: Layout): Promise<Products> {
  const product = Array.from({ length: parts }, (_, index) =>
    matMul(
      input(`left${index}`, [left, width], { kind: "state" }),
      input(`right${index}`, [width, right], { kind: "state" }),
    ),
  ).reduce((sum: Tensor, term) => add(sum, term));
  const session = await device.open(compileProgram({ product }, device.limits));
  const multiply = async (lefts: Parts, rights: Parts, into: Float32Array) => {
    await session.run({ ...lefts, ...rights }, { product: into });
  };
  try {
    const zeros = (size: number) => Array.from({ length: parts }, () => new Float32Array(size * width));
    const [a, b, result] = [zeros(left), zeros(right), new Float32Array(left * right)];
    a[0][0] = PROBE;
    b[0][0] = PROBE;
    await multiply(namedParts("left", a), namedParts("right", b), result);
    return {
      productError: errorOf(result[0], device),
      multiply,
      release: () => session.release(),
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** A number of float32 that loses digits where factors are rounded to 10 bits, as tensor cores do, and many where to fewer. */
const PROBE = 1 + 2 ** -8 + 2 ** -12 + 2 ** -20;
const FLOAT32_ERROR = 2 ** -23;
/** Of a product of two factors rounded to 10 bits behind the point; and a little more. */
const COARSE_ERROR = 1.01 * 2 ** -10;

function errorOf(square: number, { name }: Device): number {
  const error = Math.abs(square - PROBE * PROBE);
  if (error <= FLOAT32_ERROR) return 0;
  if (error <= COARSE_ERROR) return COARSE_ERROR;
  throw new Error(
    `the device ${name} multiplies ${PROBE} by itself to ${square}: too coarse to compare distances; use another device`,
  );
}
