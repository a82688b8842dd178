// A process of its own that trains one network with the program that was built in a checkout, and times its steps when
// asked to, a line of JSON for a line of JSON as the peers in Python do. The most memory it holds is that of one training.
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import type { loadConfiguration } from "../../src/configuration/load.js";
import type { ModelSettings } from "../../src/model/model.js";
import type { nodeDevice } from "../../src/onnx/node.js";
import { type Engine, openStepping, type Stepping, timeSteps } from "./engine.js";
import type { StepRequest, StepTask } from "./peer.js";

/** Training as the checkout has it, in its own `dist` and by its own configuration. */
async function open(task: StepTask): Promise<Stepping> {
  const root = resolve(task.checkout);
  const load = (module: string): Promise<unknown> => import(pathToFileURL(join(root, "dist", module)).href);
  const { createModel } = (await load("model/model.js")) as Pick<Engine, "createModel">;
  const { Trainer } = (await load("training/trainer.js")) as Pick<Engine, "Trainer">;
  const device = (await load("onnx/node.js")) as { nodeDevice: typeof nodeDevice };
  const configurations = (await load("configuration/load.js")) as {
    loadConfiguration: typeof loadConfiguration;
  };
  const { model, optimizer, seed } = configurations.loadConfiguration(
    join(root, task.configuration),
    task.overrides,
  ).configuration;
  // The table of networks names none but autoencoders.
  const settings = { model: model as ModelSettings, optimizer, seed };
  return openStepping(
    { createModel, Trainer },
    await device.nodeDevice(task.device ?? "cpu", task.threads),
    settings,
    task,
  );
}

function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function answer(stepping: Stepping, request: StepRequest): Promise<object> {
  const times = await timeSteps(stepping, request, processorMilliseconds);
  return { ...times, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
}

async function main(): Promise<void> {
  const stepping = await open(JSON.parse(process.argv[2]!) as StepTask);
  // The first step compiles the program.
  await stepping.step();
  say({ parameters: stepping.parameters });
  for await (const line of createInterface({ input: process.stdin })) {
    say(await answer(stepping, JSON.parse(line) as StepRequest));
  }
  await stepping.release();
}

main().catch((error: unknown) => {
  say({ error: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
});
