import { compileProgram } from "../src/onnx/compile.js";
import { nodeDevice } from "../src/onnx/node.js";
import { matMul } from "../src/tensor/operations/matmul.js";
import { input } from "../src/tensor/tensor.js";

const EXTENT = 1024;

/** Floating-point operations of the product: two for each multiply-add. */
export const PRODUCT_FLOP = 2 * EXTENT ** 3;

/** A 1024 x 1024 x 1024 matrix product in the runtime, the machine's practical ceiling, one product a call. */
export async function openMatrixProduct(
  threads: number,
): Promise<{ multiply(): Promise<void>; release(): Promise<void> }> {
  const square = (name: string) => input(name, [EXTENT, EXTENT], { kind: "state" });
  const device = await nodeDevice("cpu", threads);
  const session = await device.open(compileProgram({ product: matMul(square("a"), square("b")) }));
  // Neither zeros nor anything that grows towards infinity: some processors are slower with denormal numbers.
  const filled = () => Float32Array.from({ length: EXTENT ** 2 }, (_, i) => (i % 7) / 7);
  const feeds = { a: filled(), b: filled() };
  const into = { product: new Float32Array(EXTENT ** 2) };
  return { multiply: async () => void (await session.run(feeds, into)), release: () => session.release() };
}
