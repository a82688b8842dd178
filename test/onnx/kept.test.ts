import { describe, expect, test } from "vitest";
import { compileProgram } from "../../src/onnx/compile.js";
import { Kept, type OnnxRuntime, openSession } from "../../src/onnx/session.js";
import { add } from "../../src/tensor/index.js";
import { parameter } from "../tensor/evaluate.js";

/** A tensor of the fake runtime: numbers somewhere. */
class FakeTensor {
  readonly type: string;
  readonly data: Float32Array;
  readonly dims: readonly number[];
  readonly location: string;
  isDisposed = false;
  constructor(type: string, data: Float32Array, dims: readonly number[], location = "cpu") {
    this.type = type;
    this.data = data;
    this.dims = dims;
    this.location = location;
  }
  async getData() {
    return this.data;
  }
  get gpuBuffer() {
    return this.data;
  }
  static fromGpuBuffer(
    buffer: Float32Array,
    { dataType, dims }: { dataType: string; dims: readonly number[] },
  ) {
    return new FakeTensor(dataType, buffer, dims, "gpu-buffer");
  }
  dispose() {
    this.isDisposed = true;
  }
}

/** A runtime whose programs add their inputs up, and that remembers what it was given. */
function fakeRuntime(location: string) {
  const runs: Record<string, FakeTensor>[] = [];
  const opened: unknown[] = [];
  const runtime = {
    Tensor: FakeTensor,
    InferenceSession: {
      async create(_: Uint8Array, options: { preferredOutputLocation?: Record<string, string> }) {
        opened.push(options);
        return {
          async run(
            feeds: Record<string, FakeTensor>,
            fetches: readonly string[] | Record<string, FakeTensor>,
          ) {
            runs.push(feeds);
            const [a, b] = Object.values(feeds);
            const sum = () => a!.data.map((value, i) => value + b!.data[i]!);
            if (!Array.isArray(fetches)) {
              for (const into of Object.values(fetches as Record<string, FakeTensor>)) into.data.set(sum());
              return {};
            }
            const kept = options.preferredOutputLocation ?? {};
            return Object.fromEntries(
              fetches.map((name: string) => [
                name,
                new FakeTensor("float32", sum(), [2], name in kept ? location : "cpu"),
              ]),
            );
          },
          async release() {},
        };
      },
    },
  };
  return { runs, opened, runtime: runtime as unknown as OnnxRuntime };
}

const x = parameter("x", [2]);
const sum = add(x, parameter("y", [2]));
const program = compileProgram({ "x.next": sum, shown: add(sum, 0) });
const y = Float32Array.of(1, 2);

describe("an output that is kept", () => {
  test("goes back in as it is, is not read, and is freed by who asked for it", async () => {
    const { runs, opened, runtime } = fakeRuntime("gpu-buffer");
    const session = await openSession(runtime, program, { executionProviders: [] }, "filled", ["x.next"]);
    expect(opened).toEqual([{ executionProviders: [], preferredOutputLocation: { "x.next": "gpu-buffer" } }]);
    const into = { shown: new Float32Array(2) };
    const first = await session.run({ x: Float32Array.of(10, 20), y }, into);
    expect(into.shown).toEqual(Float32Array.of(11, 22));
    expect(Object.keys(first)).toEqual(["x.next"]);
    await session.run({ x: first["x.next"]!, y }, into);
    // The very tensor that the runtime gave, not a copy of it; and the array's tensor is made once.
    expect(runs[1]!.x).toBe(first["x.next"]!.tensor);
    expect(runs[1]!.y).toBe(runs[0]!.y);
    expect(into.shown).toEqual(Float32Array.of(12, 24));
    first["x.next"]!.free();
    expect((first["x.next"]!.tensor as unknown as FakeTensor).isDisposed).toBe(true);
  });

  test("that comes back elsewhere is an error, not a copy each step", async () => {
    const { runtime } = fakeRuntime("cpu");
    const session = await openSession(runtime, program, {}, "filled", ["x.next"]);
    await expect(session.run({ x: y, y }, { shown: new Float32Array(2) })).rejects.toThrow(
      "x.next was to stay on the device and came back as cpu",
    );
  });

  test("is read under the shape of the input, as an array is", async () => {
    const { runs, runtime } = fakeRuntime("gpu-buffer");
    const session = await openSession(runtime, program, {}, "filled", ["x.next"]);
    const kept = new Kept(new FakeTensor("float32", y, [2, 1], "gpu-buffer") as never, [2, 1]);
    await session.run({ x: kept, y }, { shown: new Float32Array(2) });
    expect(runs[0]!.x).toMatchObject({ dims: [2], location: "gpu-buffer" });
    expect(runs[0]!.x!.data).toBe(y);
  });

  test("does not fit into an input of another size", async () => {
    const { runtime } = fakeRuntime("gpu-buffer");
    const session = await openSession(runtime, program, {}, "returned", ["x.next"]);
    const kept = new Kept(new FakeTensor("float32", y, [3], "gpu-buffer") as never, [3]);
    await expect(session.run({ x: kept, y }, { shown: new Float32Array(2) })).rejects.toThrow(
      "x of [2] was given [3] on the device",
    );
  });
});

test("without any, arrays are filled as ever", async () => {
  const { opened, runtime } = fakeRuntime("gpu-buffer");
  const session = await openSession(runtime, program, {}, "filled");
  const into = { "x.next": new Float32Array(2), shown: new Float32Array(2) };
  expect(await session.run({ x: y, y }, into)).toEqual({});
  expect(opened).toEqual([{}]);
  expect(into["x.next"]).toEqual(Float32Array.of(2, 4));
});
