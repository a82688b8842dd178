import { expect, test } from "vitest";
import type { Device } from "../../src/onnx/devices.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { type Feeds, Kept, type KeptOutputs } from "../../src/onnx/session.js";
import { sizeOf } from "../../src/tensor/shape.js";
import { evaluateTable } from "../../src/training/evaluate.js";
import { prepareExperiment, requireAutoencoder } from "../../src/training/experiment.js";
import { TrainingFailure, trainLoop } from "../../src/training/loop.js";
import { progressOf } from "../../src/training/schedule.js";
import { freshState, STATE_VECTORS } from "../../src/training/state.js";
import { Trainer } from "../../src/training/trainer.js";
import { tinyConfiguration } from "./tiny.js";

/** A device that keeps outputs as a graphics card does, computed on the processor; it counts what it is given and what it holds. */
async function keepingDevice() {
  const cpu = await nodeDevice("cpu", 1);
  const numbersOf = new WeakMap<Kept, Float32Array>();
  const counts = { uploaded: 0, held: 0 };
  const device: Device = {
    ...cpu,
    keepsOutputs: true,
    async open(program, kept = []) {
      const session = await cpu.open(program);
      const shapes = new Map(Object.entries(program.outputs).map(([name, { shape }]) => [name, shape]));
      const roles = new Map(
        program.inputs.map(({ name, origin }) => [name!, origin.kind === "input" && origin.role.kind]),
      );
      return {
        async run(feeds: Feeds, into) {
          const arrays: Record<string, Float32Array> = {};
          for (const [name, given] of Object.entries(feeds)) {
            if (!(given instanceof Kept)) {
              if (roles.get(name) === "parameter" || roles.get(name) === "state") counts.uploaded++;
              arrays[name] = given;
            } else {
              const numbers = numbersOf.get(given);
              if (!numbers) throw new Error(`${name} was freed before it was used`);
              arrays[name] = numbers;
            }
          }
          const own = Object.fromEntries(
            kept.map((name) => [name, new Float32Array(sizeOf(shapes.get(name)!))]),
          );
          await session.run(arrays, { ...into, ...own });
          const made: [string, Kept][] = Object.entries(own).map(([name, numbers]) => {
            const one: Kept = new Kept(
              { dispose: () => numbersOf.delete(one) && counts.held-- } as never,
              shapes.get(name)!,
            );
            numbersOf.set(one, numbers);
            counts.held++;
            return [name, one];
          });
          return Object.fromEntries(made) satisfies KeptOutputs;
        },
        release: () => session.release(),
      };
    },
  };
  return { device, counts };
}

const configuration = tinyConfiguration();
const experiment = requireAutoencoder(prepareExperiment(configuration), "tiny");
const { seed, optimizer, training } = configuration;
const plan = { stepsPerEpoch: 11, totalSteps: 33 };
const settings = { seed, optimizer, ...training };
const cpu = await nodeDevice("cpu", 1);

/** Everything that a training tells, and its last state. */
async function trained(device: Device, rest: { broken?: boolean; stopAboveRateNats?: number } = {}) {
  const trainer = new Trainer(experiment.model, device, { seed, optimizer });
  const reports: unknown[] = [];
  const states: Record<string, number[]>[] = [];
  const keep = (state: Trainer["state"]) =>
    states.push(Object.fromEntries(STATE_VECTORS.map((name) => [name, [...state[name]]])));
  const ended = await trainLoop(
    trainer,
    experiment.split,
    { ...settings, snapshotEpochs: [0, 1, 3], ...rest },
    device,
    {
      onLog: (line) => reports.push(line),
      onEvaluation: (evaluation) => reports.push(evaluation),
      onSnapshot: keep,
      onCheckpoint: keep,
    },
  ).catch((error: unknown) => error);
  return { trainer, reports, states, ended };
}

test("a state on its device goes the same way as one on the host, to the bit", async () => {
  const { device, counts } = await keepingDevice();
  const here = await trained(cpu);
  const there = await trained(device);
  expect(there.ended).toBe(true);
  expect(there.reports).toEqual(here.reports);
  expect(there.states).toEqual(here.states);
  // Only the first step is given the state by arrays: two vectors of Adam, the parameters as one vector and one by one.
  expect(counts.uploaded).toBe(3 + experiment.layout.specs.length);
  // The present state and that before it, not one for each step.
  expect(counts.held).toBe(2 * (3 + experiment.layout.specs.length));
  await there.trainer.release();
  expect(counts.held).toBe(0);
});

test("a step is taken back, and made again", async () => {
  const { device, counts } = await keepingDevice();
  const trainer = new Trainer(experiment.model, device, { seed, optimizer });
  const rows = Uint32Array.from({ length: training.batchSize }, (_, i) => i);
  const step = () => trainer.step(experiment.split.train, rows, progressOf(trainer.state, plan));
  const first = await step();
  trainer.undo();
  expect(trainer.state.step).toBe(0);
  expect(await step()).toEqual(first);
  await step();
  await trainer.fetchState();
  const before = trainer.state.parameters.slice();
  await step();
  trainer.undo();
  await trainer.fetchState();
  expect(trainer.state.parameters).toEqual(before);
  await trainer.release();
  expect(counts.held).toBe(0);
});

test("a training that fails leaves the state before the bad step in the arrays", async () => {
  const { device } = await keepingDevice();
  const limit = { stopAboveRateNats: 0.05 };
  const here = await trained(cpu, limit);
  const there = await trained(device, limit);
  expect(here.ended).toBeInstanceOf(TrainingFailure);
  expect(there.ended).toEqual(here.ended);
  for (const vector of STATE_VECTORS) expect(there.trainer.state[vector]).toEqual(here.trainer.state[vector]);
});

test("a model that was only loaded is evaluated from the host's arrays", async () => {
  const { device } = await keepingDevice();
  const progress = progressOf(freshState(new Float32Array()), plan);
  const evaluated = (device: Device) =>
    evaluateTable(
      new Trainer(experiment.model, device, { seed, optimizer }),
      experiment.split.validation,
      training,
      progress,
    );
  expect(await evaluated(device)).toEqual(await evaluated(cpu));
});
