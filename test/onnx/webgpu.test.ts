import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { TINY } from "../training/tiny.js";
import { ON_WEBGPU, SOFTWARE_VULKAN } from "./swiftshader.js";

const DIST = pathToFileURL(join(import.meta.dirname, "../../dist/")).href;

/** A convolution, whose weights programs take under another shape than checkpoints do; two checkpoints. */
const CONVOLUTIONAL = {
  ...TINY,
  model: {
    ...TINY.model,
    encoder: { type: "convolutional", layers: [{ channels: 3, kernel: 4, stride: 3, padding: 1 }] },
  },
  training: { ...TINY.training, epochs: undefined, steps: 3, checkpointEverySteps: 2 },
};

/** What a process of its own with that driver prints as JSON; its code has `load(module)` of the built program. */
function inProcess(code: string): unknown {
  const script = `const load = (module) => import(${JSON.stringify(DIST)} + module);\n${code}`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    env: { ...process.env, ...SOFTWARE_VULKAN },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
}

describe.runIf(SOFTWARE_VULKAN)(ON_WEBGPU, () => {
  test("operators that it lacks or gets wrong give the processor's numbers, and what it lacks is refused by name", () => {
    const results = inProcess(`
      const { compileProgram } = await load("onnx/compile.js");
      const { input } = await load("tensor/tensor.js");
      const { nodeDevice } = await load("onnx/node.js");
      const { add, logSoftmax, logSumExp, sign } = await load("tensor/index.js");
      const x = input("x", [3, 3], { kind: "scalar" });
      const outputs = { sign: sign(x), softmax: logSoftmax(x), sum: logSumExp(x), more: add(logSumExp(x), 1) };
      const numbers = {};
      for (const name of ["cpu", "webgpu"]) {
        const device = await nodeDevice(name, 1);
        const session = await device.open(compileProgram(outputs, device.limits));
        const into = { sign: new Float32Array(9), softmax: new Float32Array(9), sum: new Float32Array(3), more: new Float32Array(3) };
        await session.run({ x: Float32Array.of(100, 100, 99, -200, -200, -201, 0, -0, 1) }, into);
        numbers[name] = Object.fromEntries(Object.entries(into).map(([key, array]) => [key, [...array]]));
      }
      const device = await nodeDevice("webgpu");
      const refusal = await device.open(compileProgram(outputs)).catch(({ message }) => message);
      console.log(JSON.stringify({ ...numbers, refusal }));
    `) as { cpu: Record<string, number[]>; webgpu: Record<string, number[]>; refusal: string };
    for (const [name, expected] of Object.entries(results.cpu)) {
      results.webgpu[name]!.forEach((value, i) => {
        expect(Math.abs(value - expected[i]!), `${name} ${i}`).toBeLessThan(
          1e-5 * (1 + Math.abs(expected[i]!)),
        );
      });
    }
    expect(results.refusal).toBe(
      "--device webgpu: ONNX Runtime would compute a part of this model on the processor, since it has no kernel for Sign (1), LogSoftmax (1) there. Use --device cpu.",
    );
  });

  test("a training goes the processor's way with its state on the device, and what is saved is the state", () => {
    const { cpu, webgpu } = inProcess(`
      const { configurationSchema } = await load("configuration/schema.js");
      const { prepareExperiment } = await load("training/experiment.js");
      const { Trainer } = await load("training/trainer.js");
      const { trainLoop } = await load("training/loop.js");
      const { nodeDevice } = await load("onnx/node.js");
      const configuration = configurationSchema.parse(${JSON.stringify(CONVOLUTIONAL)});
      const { seed, optimizer, training } = configuration;
      const experiment = prepareExperiment(configuration);
      const told = {};
      for (const name of ["cpu", "webgpu"]) {
        const device = await nodeDevice(name, 1);
        const trainer = new Trainer(experiment.model, device, { seed, optimizer });
        const [losses, saved] = [[], []];
        await trainLoop(trainer, experiment.split, { seed, optimizer, ...training }, device, {
          onStep: (state, plan, { loss }) => losses.push(loss),
          onEvaluation: ({ loss }) => losses.push(loss),
          onCheckpoint: ({ parameters, gradientSum }) => saved.push(...parameters, ...gradientSum),
        });
        await trainer.release();
        told[name] = { keeps: device.keepsOutputs, losses, saved };
      }
      console.log(JSON.stringify(told));
    `) as Record<"cpu" | "webgpu", { keeps: boolean; losses: number[]; saved: number[] }>;
    expect([cpu.keeps, webgpu.keeps]).toEqual([false, true]);
    // Three steps and one evaluation; two checkpoints of two vectors.
    expect(webgpu.losses).toHaveLength(4);
    expect(webgpu.saved).toHaveLength(cpu.saved.length);
    webgpu.losses.forEach((loss, i) => {
      expect(Math.abs(loss / cpu.losses[i]! - 1), `loss ${i}`).toBeLessThan(1e-3);
    });
    const largest = Math.max(...webgpu.saved.map((value, i) => Math.abs(value - cpu.saved[i]!)));
    expect(largest).toBeLessThan(1e-3);
    expect(new Set(webgpu.saved).size).toBeGreaterThan(1000);
  });
});
