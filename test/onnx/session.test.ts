import { describe, expect, test } from "vitest";
import { compileProgram } from "../../src/onnx/compile.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { add, multiply, reshape } from "../../src/tensor/index.js";
import { parameter } from "../tensor/evaluate.js";

const x = parameter("x", [2, 2]);
const scale = parameter("scale", []);
const program = compileProgram({ scaled: multiply(x, scale), flat: add(reshape(x, [4]), 1) });
const device = await nodeDevice("cpu", 1);
const session = await device.open(program);

test("results are written into the arrays given, run after run", async () => {
  const feeds = { x: Float32Array.of(1, 2, 3, 4), scale: Float32Array.of(2) };
  const into = { scaled: new Float32Array(4), flat: new Float32Array(4) };
  await session.run(feeds, into);
  expect(into).toEqual({ scaled: Float32Array.of(2, 4, 6, 8), flat: Float32Array.of(2, 3, 4, 5) });
  feeds.x.fill(1);
  feeds.scale[0] = -1;
  await session.run(feeds, into);
  expect(into).toEqual({ scaled: Float32Array.of(-1, -1, -1, -1), flat: Float32Array.of(2, 2, 2, 2) });
});

test("results go into views of one piece of memory, as a flat vector of parameters has them", async () => {
  const memory = new Float32Array(10);
  const into = { scaled: memory.subarray(1, 5), flat: memory.subarray(5, 9) };
  await session.run({ x: Float32Array.of(1, 2, 3, 4), scale: Float32Array.of(2) }, into);
  expect(memory).toEqual(Float32Array.of(0, 2, 4, 6, 8, 2, 3, 4, 5, 0));
});

test("one array may stand in places of unequal shape", async () => {
  const numbers = Float32Array.of(1, 2, 3, 4);
  const y = parameter("y", [4]);
  const both = await device.open(compileProgram({ sum: add(reshape(x, [4]), y) }));
  const into = { sum: new Float32Array(4) };
  await both.run({ x: numbers, y: numbers }, into);
  await both.release();
  expect(into.sum).toEqual(Float32Array.of(2, 4, 6, 8));
});

describe("an array that does not fit is named", () => {
  const feeds = { x: new Float32Array(4), scale: new Float32Array(1) };
  const into = { scaled: new Float32Array(4), flat: new Float32Array(4) };

  test("none was given", async () => {
    await expect(session.run({ x: feeds.x }, into)).rejects.toThrow("no numbers were given for scale");
    await expect(session.run(feeds, { flat: into.flat })).rejects.toThrow("no numbers were given for scaled");
  });

  test("another length", async () => {
    const message = "x of [2, 2] needs 4 numbers, got 5";
    await expect(session.run({ ...feeds, x: new Float32Array(5) }, into)).rejects.toThrow(message);
    const short = { ...into, flat: new Float32Array(3) };
    await expect(session.run(feeds, short)).rejects.toThrow("flat of [4] needs 4 numbers, got 3");
    // Known already, but as something of another size.
    await expect(session.run({ x: feeds.x, scale: feeds.x }, into)).rejects.toThrow(
      "scale of [] needs 1 numbers",
    );
  });
});
