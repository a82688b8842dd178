import { createModel } from "../../src/model/model.js";
import { type WebOptions, webDevice } from "../../src/onnx/web.js";
import { Trainer } from "../../src/training/trainer.js";
import type { NetworkSource, TrainingSettings } from "../networks.js";
import { openStepping, type Stepping, type StepTimes, timeSteps } from "./engine.js";
import type { StepRequest } from "./peer.js";

// The page that the bench opens: it trains one network on wasm, and times its steps when asked to.

export type PageTask = Pick<NetworkSource, "imageShape" | "batchSize"> & {
  readonly threads: number;
  readonly engine: NonNullable<WebOptions["engine"]>;
  readonly settings: TrainingSettings;
};

declare global {
  /** Milliseconds until the first step was made. */
  var openSteps: (task: PageTask) => Promise<number>;
  var timeOpenSteps: (request: StepRequest) => Promise<StepTimes>;
}

let stepping: Stepping;

globalThis.openSteps = async ({ settings, threads, engine, ...sizes }) => {
  const begun = performance.now();
  const device = await webDevice("wasm", { wasmPaths: "runtime", threads, engine });
  stepping = openStepping({ createModel, Trainer }, device, settings, sizes);
  // The first step compiles the program.
  await stepping.step();
  return performance.now() - begun;
};

globalThis.timeOpenSteps = (request) => timeSteps(stepping, request);
