import { webDevice } from "../../../src/web.js";
import { type Trained, train } from "./training.js";

// The page that the test opens: it trains on the device it is asked for.

export interface PageRequest {
  readonly device: "wasm" | "webgpu";
  readonly threads: number;
  readonly steps: number;
}

declare global {
  var trainOnPage: (request: PageRequest) => Promise<Trained>;
}

globalThis.trainOnPage = async ({ device, threads, steps }) =>
  train(await webDevice(device, { wasmPaths: "runtime", threads }), steps);
