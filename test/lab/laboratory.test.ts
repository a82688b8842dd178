import { expect, test } from "vitest";
import type { Message, Request } from "../../site/lab/core/contract.js";
import { prepare } from "../../site/lab/training/prepared.js";
import { Laboratory } from "../../site/lab/worker/laboratory.js";
import type { SavedTraining } from "../../site/lab/worker/saved.js";
import { type Experiment, FIRST_EXPERIMENT } from "../../src/lab/experiment.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { trainLoop } from "../../src/training/loop.js";
import { Trainer } from "../../src/training/trainer.js";

/** A laboratory on Node's processor, with what it has said and what it keeps. */
function openLaboratory(kept?: SavedTraining) {
  const messages: Message[] = [];
  const store: { latest: SavedTraining | undefined } = { latest: kept };
  const laboratory = new Laboratory({
    send: (message) => void messages.push(message),
    host: {
      facts: () => ({ isIsolated: false, processors: 2, gpu: "none" }),
      lookForGpu: async () => "none",
      openWay: () => nodeDevice("cpu", 1),
      now: () => performance.now(),
    },
    async save(training) {
      store.latest = structuredClone(training);
    },
    saved: async () => store.latest,
  });
  const of = <Kind extends Message["kind"]>(kind: Kind) =>
    messages.filter((message): message is Extract<Message, { kind: Kind }> => message.kind === kind);
  const handle = (request: Request) => laboratory.handle(request);
  /** Trains so many steps and waits for their end. */
  const steps = async (count: number) => {
    const from = messages.length;
    await handle({ kind: "steps", count });
    const isOver = () =>
      messages.slice(from).some((message) => message.kind === "status" && message.status === "paused");
    await expect.poll(isOver, { timeout: 60_000, interval: 20 }).toBe(true);
  };
  const open = (experiment?: Experiment) =>
    handle({ kind: "open", experiment, wasmPaths: "", choice: "automatic", measured: undefined });
  return { handle, of, steps, open, store };
}

const small: Experiment = { ...FIRST_EXPERIMENT, dimensions: 3 };

test("what it trains is what the library trains with the same configuration", async () => {
  const lab = openLaboratory();
  await lab.open(small);
  await lab.steps(100);
  const device = await nodeDevice("cpu", 1);
  const { model, configuration, train, validation } = prepare(small);
  const trainer = new Trainer(model, device, {
    seed: configuration.seed,
    optimizer: configuration.optimizer,
  });
  const lines: { step: number; loss: number }[] = [];
  const settings = {
    ...configuration.training,
    seed: configuration.seed,
    optimizer: configuration.optimizer,
  };
  await trainLoop(trainer, { train, validation }, { ...settings, steps: 100 }, device, {
    onLog: ({ step, loss }) => void lines.push({ step, loss }),
  });
  await trainer.release();
  expect(lab.of("point").map(({ point: { step, loss } }) => ({ step, loss }))).toEqual(lines);
  expect(lines.map(({ step }) => step)).toEqual([50, 100]);
});

test("another target is aimed at at once, and steps in portions are the steps of one training", async () => {
  const lab = openLaboratory();
  await lab.open(small);
  await lab.steps(60);
  await lab.steps(40);
  expect(lab.of("point").at(-1)!.point.step).toBe(100);
  await lab.handle({ kind: "change", experiment: { ...small, limit: { kind: "capacity", nats: 0.5 } } });
  await lab.steps(50);
  // The target rises over the first 300 steps.
  expect(lab.of("point").at(-1)!.point).toMatchObject({ step: 150, targetRateNats: 0.25 });
});

test("weights stay where they can: with a task, other frequencies, another limit; not with another network", async () => {
  const lab = openLaboratory();
  await lab.open(small);
  await lab.steps(50);
  const framesBefore = lab.of("frame").at(-1)!.frame;
  await lab.handle({
    kind: "change",
    experiment: { ...small, task: "E2M1", frequencies: { kind: "lower" } },
  });
  const isRebuilt = () => lab.of("opened").length === 2;
  await expect.poll(isRebuilt, { timeout: 20_000 }).toBe(true);
  expect(lab.of("opened")[1]).toMatchObject({ step: 50, experiment: { task: "E2M1" } });
  const after = lab.of("frame").at(-1)!.frame;
  expect(after.means).toEqual(framesBefore.means);
  await lab.steps(1);
  await lab.handle({ kind: "change", experiment: { ...small, dimensions: 2 } });
  expect(lab.of("opened").at(-1)).toMatchObject({ step: 0, history: [], path: [] });
  expect(lab.of("frame").at(-1)!.frame.means).toHaveLength(2 * 507);
});

test("a training that is built for other settings stays one that can be paused", async () => {
  const lab = openLaboratory();
  await lab.open(small);
  await lab.handle({ kind: "train" });
  await lab.handle({ kind: "change", experiment: { ...small, dimensions: 2 } });
  const statuses = () => lab.of("status").map(({ status }) => status);
  // What the page shows from the first "training" on is a button to pause.
  expect(new Set(statuses().slice(statuses().indexOf("training")))).toEqual(new Set(["training"]));
  await lab.handle({ kind: "pause" });
  expect(statuses().at(-1)).toBe("paused");
  expect(lab.of("opened").at(-1)!.experiment.dimensions).toBe(2);
});

test("a page that is closed in training goes on where it was", async () => {
  const first = openLaboratory();
  await first.open(small);
  await first.steps(70);
  const kept = first.store.latest!;
  expect(kept.state.step).toBe(70);
  await first.steps(30);
  const second = openLaboratory({ ...kept, wasTraining: false });
  await second.open();
  expect(second.of("opened")[0]).toMatchObject({ step: 70, experiment: small });
  await second.steps(30);
  expect(second.of("point").at(-1)).toEqual(first.of("point").at(-1));
  // Another link begins another training.
  const third = openLaboratory(kept);
  await third.open({ ...small, seed: 1 });
  expect(third.of("opened")[0]).toMatchObject({ step: 0, experiment: { seed: 1 } });
});

test("codes are decoded while it trains, and a point of the plane lies where the evaluation says", async () => {
  const lab = openLaboratory();
  await lab.open(small);
  await lab.handle({ kind: "train" });
  await lab.handle({ kind: "decode", id: 5, codes: new Float32Array(6) });
  await lab.handle({ kind: "decode", id: 6, codes: new Float32Array(3).fill(1) });
  await lab.handle({ kind: "pause" });
  const [two, one] = lab.of("decoded");
  expect([two!.id, one!.id]).toEqual([5, 6]);
  expect([two!.images.length, one!.images.length]).toEqual([338, 169]);
  expect(two!.images.subarray(0, 169)).toEqual(two!.images.subarray(169));
  const { point } = lab.of("plane").at(-1)!;
  expect(point.positionDistortion).toBeGreaterThan(0);
  expect(point.positionDistortion).toBeLessThan(0.3);
  expect(lab.of("failed")).toEqual([]);
  expect(lab.of("status").at(-1)!.status).toBe("paused");
});
