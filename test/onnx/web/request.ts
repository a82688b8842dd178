import { type WebOptions, webDevice } from "../../../src/web.js";
import { type ModelTraining, trainModel } from "./model-training.js";
import { type Trained, train } from "./training.js";

/** What a page is asked to train, and where. */
export interface PageRequest {
  readonly device: "wasm" | "webgpu";
  readonly threads: number;
  readonly engine?: NonNullable<WebOptions["engine"]>;
  readonly place: "page" | "worker";
  readonly steps: number;
  readonly model: ModelTraining;
}

/** What became of a program of its own, and of a model with the trainer. */
export interface Answer {
  readonly program: Trained;
  readonly modelLosses: readonly number[];
}

export async function trainHere({
  device: name,
  threads,
  engine,
  steps,
  model,
}: PageRequest): Promise<Answer> {
  const device = await webDevice(name, { wasmPaths: "runtime", threads, ...(engine && { engine }) });
  return { program: await train(device, steps), modelLosses: await trainModel(device, model, steps) };
}
