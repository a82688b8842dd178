import { describe, expect, test } from "vitest";
import { UserError } from "../../src/errors.js";
import { compileProgram } from "../../src/onnx/compile.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { square } from "../../src/tensor/index.js";
import { parameter } from "../tensor/evaluate.js";

const x = parameter("x", [3]);
const program = compileProgram({ y: square(x) });

/** The device, or the complaint that it is not there. Which of the two depends on the machine. */
async function deviceOrMessage(name: "webgpu" | "cuda" | "wasm") {
  try {
    return await nodeDevice(name);
  } catch (error) {
    return error as Error;
  }
}

describe.each([
  ["webgpu", /Vulkan/],
  ["cuda", /NARROWS_CUDA|NVIDIA's driver/],
] as const)("the device %s", (name, remedy) => {
  test("computes, or is refused in one line that says what to install", async () => {
    const result = await deviceOrMessage(name);
    if (result instanceof Error) {
      expect(result).toBeInstanceOf(UserError);
      const message = new RegExp(
        `^--device ${name}: not available here \\(.+\\)\\. .+, or use --device cpu\\.$`,
      );
      expect(result.message).toMatch(message);
      expect(result.message).toMatch(remedy);
      expect(result.message).not.toContain("onnxruntime_src");
    } else {
      const session = await result.open(program);
      const into = { y: new Float32Array(3) };
      await session.run({ x: Float32Array.of(1, -2, 3) }, into);
      await session.release();
      expect(into.y).toEqual(Float32Array.of(1, 4, 9));
    }
  });
});

test("wasm is for browsers", async () => {
  const result = await deviceOrMessage("wasm");
  expect(result).toBeInstanceOf(UserError);
  expect((result as Error).message).toMatch(/^--device wasm: .*browser.*Use --device cpu\.$/);
});

test("the processor has as many threads as asked for, and the same numbers with each", async () => {
  const results: Float32Array[] = [];
  for (const threads of [1, 2]) {
    const device = await nodeDevice("cpu", threads);
    expect(device).toMatchObject({ name: "cpu", threads });
    const session = await device.open(program);
    const into = { y: new Float32Array(3) };
    await session.run({ x: Float32Array.of(1, -2, 3) }, into);
    await session.release();
    results.push(into.y);
  }
  expect(results[0]).toEqual(results[1]);
});
