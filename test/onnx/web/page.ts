import { add } from "../../../src/tensor/index.js";
import { defineOperation } from "../../../src/tensor/operation.js";
import { compileProgram, input, webDevice } from "../../../src/web.js";
import { type Answer, type PageRequest, trainHere } from "./request.js";

// The page that the test opens: it trains on the device it is asked for, by itself or in a worker.

declare global {
  var trainOnPage: (request: PageRequest) => Promise<Answer>;
  /** Of an operation that only the runtime knows. */
  var cosinesOnPage: (values: readonly number[]) => Promise<number[]>;
  /** What a page hears when WebGPU's device is destroyed. */
  var lossOnPage: () => Promise<string>;
}

globalThis.cosinesOnPage = async (values) => {
  const cosine = defineOperation<undefined>({
    name: "cosine",
    shape: ([x]) => x!.shape,
    onnx: () => ({ type: "Cos" }),
  });
  const x = input("x", [values.length], { kind: "scalar" });
  const device = await webDevice("wasm", { wasmPaths: "runtime" });
  const session = await device.open(compileProgram({ y: cosine([x], undefined) }));
  const y = new Float32Array(values.length);
  await session.run({ x: Float32Array.from(values) }, { y });
  await session.release();
  return [...y];
};

globalThis.lossOnPage = async () => {
  const { prototype } = (globalThis as unknown as { GPUAdapter: { prototype: Adapter } }).GPUAdapter;
  const { requestDevice } = prototype;
  let made: { destroy(): void } | undefined;
  prototype.requestDevice = async function (...given) {
    made = await requestDevice.apply(this, given);
    return made;
  };
  return new Promise<string>((resolve, reject) => {
    const open = async () => {
      const device = await webDevice("webgpu", { wasmPaths: "runtime", onLost: resolve });
      const x = input("x", [2], { kind: "scalar" });
      await device.open(compileProgram({ y: add(x, 1) }));
      made!.destroy();
    };
    open().catch(reject);
  });
};
interface Adapter {
  requestDevice(...given: unknown[]): Promise<{ destroy(): void }>;
}

globalThis.trainOnPage = (request) =>
  request.place === "worker" ? trainInWorker(request) : trainHere(request);

function trainInWorker(request: PageRequest): Promise<Answer> {
  const worker = new Worker("worker.js", { type: "module" });
  return new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
