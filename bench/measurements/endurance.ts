import { createModel } from "../../src/model/model.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { Trainer } from "../../src/training/trainer.js";
import type { Outcome } from "../measurement.js";
import { type Network, trainingSettings } from "../networks.js";
import { median } from "../rounds.js";
import { openStepping } from "../stepping/engine.js";

const STEPS = 10_000;
const PART = 1000;
const MEGABYTE = 2 ** 20;

/** Whether 10,000 steps stay equally fast, and the process equally large. */
export async function measureEndurance(network: Network, threads: number): Promise<Outcome> {
  const device = await nodeDevice("cpu", threads);
  const stepping = openStepping({ createModel, Trainer }, device, trainingSettings(network), network);
  const times: number[] = [];
  let residentAfterFirstPart = 0;
  for (let i = 0; i < STEPS; i++) {
    const begun = performance.now();
    await stepping.step();
    times.push(performance.now() - begun);
    if (i === PART - 1) residentAfterFirstPart = process.memoryUsage.rss();
  }
  const grown = (process.memoryUsage.rss() - residentAfterFirstPart) / MEGABYTE;
  await stepping.release();
  const first = median(times.slice(0, PART));
  const last = median(times.slice(-PART));
  return {
    measurements: [
      {
        key: "endurance.lastOverFirst",
        label: "step 9001 to 10,000 over step 1 to 1000",
        value: last / first,
        unit: "x",
        better: "lower",
        details: { firstMilliseconds: first, lastMilliseconds: last, threads },
      },
      {
        key: "endurance.grownMegabytes",
        label: "memory grown over 9000 steps",
        value: grown,
        unit: "MB",
        better: "lower",
      },
    ],
  };
}
