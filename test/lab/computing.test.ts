import { expect, test } from "vitest";
import type { Message, Request } from "../../site/lab/core/contract.js";
import type { Measured } from "../../site/lab/core/way-trial.js";
import type { ComputeChoice, GpuKind, WayName } from "../../site/lab/core/ways.js";
import { Laboratory } from "../../site/lab/worker/laboratory.js";
import type { SavedTraining } from "../../site/lab/worker/saved.js";
import { type Experiment, FIRST_EXPERIMENT } from "../../src/lab/experiment.js";
import { type FakeWay, fakeHost } from "./fake-host.js";

const FAST_CARD = { own: { milliseconds: 24 }, threads: { milliseconds: 22 }, webgpu: { milliseconds: 4 } };
const small: Experiment = { ...FIRST_EXPERIMENT, dimensions: 3 };
const paper: Experiment = { ...small, network: "paper" };

/** A laboratory on a fake workstation. */
function openLaboratory(ways: Readonly<Record<WayName, FakeWay>> = FAST_CARD, gpu: GpuKind = "card") {
  const messages: Message[] = [];
  const { host, ...fake } = fakeHost(ways, gpu);
  let latest: SavedTraining | undefined;
  const laboratory = new Laboratory({
    send: (message) => void messages.push(message),
    host,
    async save(training) {
      latest = training;
    },
    saved: async () => undefined,
  });
  const of = <Kind extends Message["kind"]>(kind: Kind) =>
    messages.filter((message): message is Extract<Message, { kind: Kind }> => message.kind === kind);
  const handle = (request: Request) => laboratory.handle(request);
  const isPaused = (from: number) => () =>
    messages.slice(from).some((message) => message.kind === "status" && message.status === "paused");
  const steps = async (count: number) => {
    const from = messages.length;
    await handle({ kind: "steps", count });
    await expect.poll(isPaused(from), { timeout: 120_000, interval: 20 }).toBe(true);
  };
  const open = (experiment: Experiment, choice: ComputeChoice = "automatic", measured?: Measured) =>
    handle({ kind: "open", experiment, wasmPaths: "", choice, measured });
  const machine = () => of("machine").at(-1)!.machine;
  const losses = () => of("point").map(({ point: { step, loss } }) => ({ step, loss }));
  const statuses = () => of("status").map(({ status }) => status);
  return { ...fake, handle, of, steps, open, machine, losses, statuses, kept: () => latest };
}

/** What the laboratory says of its training when it is moved once more. */
async function lastOpened(lab: ReturnType<typeof openLaboratory>) {
  await lab.handle({ kind: "compute", choice: "threads" });
  return lab.of("opened").at(-1)!;
}

const failures = (lab: ReturnType<typeof openLaboratory>) => [...lab.of("failed"), ...lab.of("refused")];

test("the small network opens on the page's own code, and neither looks for a card nor measures", async () => {
  const lab = openLaboratory();
  await lab.open(small);
  expect(lab.machine()).toMatchObject({ choice: "automatic", inUse: "own", measured: undefined });
  expect([lab.opened, lab.looks()]).toEqual([["own"], 0]);
  expect(lab.statuses()).not.toContain("measuring");
  // Whoever wants to know is answered.
  await lab.handle({ kind: "look" });
  expect(lab.machine().ways.map(({ blocked }) => blocked)).toEqual([undefined, undefined, undefined]);
});

test("the paper's network is shown, then measured on every way, and trained on the fastest", async () => {
  const lab = openLaboratory();
  await lab.open(paper);
  expect(lab.machine()).toMatchObject({ inUse: "webgpu", says: undefined, isForNow: false });
  expect(lab.machine().measured!.seen.map(({ stepsPerSecond }) => stepsPerSecond)).toEqual([
    1000 / 24,
    1000 / 22,
    250,
  ]);
  expect(lab.statuses()).toEqual(["opening", "measuring", "paused"]);
  // The trial has left the state as it was.
  expect(lab.of("opened").map(({ step }) => step)).toEqual([0, 0]);
  expect(lab.of("stimuli")).toHaveLength(1);
  const again = openLaboratory();
  await again.open(paper, "automatic", lab.machine().measured);
  expect([again.opened, again.machine().inUse]).toEqual([["webgpu"], "webgpu"]);
  expect(again.statuses()).not.toContain("measuring");
});

test("a card that gives other losses is not used, and one sentence says so", async () => {
  const lab = openLaboratory({ ...FAST_CARD, webgpu: { milliseconds: 1, lossFactor: 1.01 } });
  await lab.open(paper);
  const { inUse, says, ways } = lab.machine();
  expect(inUse).toBe("own");
  expect(says).toMatch(/^WebGPU: It is not used here: .*1\.0 %.*\.$/);
  expect(ways[2]!.blocked).toContain("It is not used here");
});

test("a card that cannot be opened is left out of the trial, which then holds for this visit alone", async () => {
  const lab = openLaboratory({
    own: { milliseconds: 24 },
    threads: { milliseconds: 10 },
    webgpu: { milliseconds: 1, isRefused: true },
  });
  await lab.open(paper);
  expect(lab.machine()).toMatchObject({ inUse: "threads", isForNow: true });
  expect(lab.machine().ways[2]!.blocked).toBe(
    "It failed in this visit (no such file): reload the page to try it again.",
  );
});

test("another way in mid-training continues from the same state, and gives the same losses", async () => {
  const plain = openLaboratory();
  await plain.open(small, "own");
  await plain.steps(100);
  const lab = openLaboratory();
  await lab.open(small, "own");
  await lab.steps(30);
  for (const choice of ["threads", "webgpu", "own"] as const) {
    await lab.handle({ kind: "compute", choice });
    expect(lab.machine()).toMatchObject({ choice, inUse: choice });
    await lab.steps(choice === "own" ? 10 : 30);
  }
  const expected = plain.losses();
  expect(lab.losses().map(({ step }) => step)).toEqual([50, 100]);
  lab.losses().forEach(({ loss }, k) => {
    expect(Math.abs(loss / expected[k]!.loss - 1)).toBeLessThan(1e-5);
  });
  expect(failures(lab)).toEqual([]);
});

test.each<WayName>(["threads", "webgpu"])(
  "when %s stops in training, the page's own code loses nothing",
  async (way) => {
    const plain = openLaboratory();
    await plain.open(small, "own");
    await plain.steps(100);
    const lab = openLaboratory();
    await lab.open(small, way);
    await lab.steps(40);
    lab.broken.add(way);
    // In between, somebody looks at an image.
    await Promise.all([lab.steps(60), lab.handle({ kind: "decode", id: 1, codes: new Float32Array(3) })]);
    // A card takes the steps since its last copy with it: they are made again.
    const { step } = lab.kept()!.state;
    if (step < 100) await lab.steps(100 - step);
    const { inUse, choice, says, ways } = lab.machine();
    expect([inUse, choice]).toEqual(["own", "automatic"]);
    expect(says).toBe(
      `${ways.find(({ name }) => name === way)!.words} stopped working (the card is gone): this page's own code continues from step 40.`,
    );
    expect(lab.of("decoded")).toHaveLength(1);
    const expected = plain.losses();
    expect(lab.losses().map(({ step }) => step)).toEqual([50, 100]);
    lab.losses().forEach(({ loss }, k) => {
      expect(Math.abs(loss / expected[k]!.loss - 1)).toBeLessThan(1e-5);
    });
    expect(failures(lab)).toEqual([]);
  },
);

test("a device that is taken away in mid-training is left at once, and the training runs on", async () => {
  const plain = openLaboratory();
  await plain.open(small, "own");
  const lab = openLaboratory();
  await lab.open(small, "webgpu");
  await lab.handle({ kind: "train" });
  await expect.poll(() => lab.of("frame").length, { timeout: 60_000 }).toBeGreaterThan(3);
  lab.lose.get("webgpu")!("the driver was restarted");
  await expect.poll(() => lab.machine().inUse, { timeout: 60_000 }).toBe("own");
  const { length } = lab.of("frame");
  await expect.poll(() => lab.of("frame").length, { timeout: 60_000 }).toBeGreaterThan(length + 3);
  await lab.handle({ kind: "pause" });
  expect(lab.machine().says).toContain("(the driver was restarted)");
  expect(lab.of("status").at(-1)!.status).toBe("paused");
  await lab.steps(100);
  // The steps that the card took with it were made again, and are the same.
  const { history } = await lastOpened(lab);
  await plain.steps(history.at(-1)!.step);
  const expected = plain.losses();
  expect(history.map(({ step }) => step)).toEqual(expected.map(({ step }) => step));
  history.forEach(({ loss }, k) => {
    expect(Math.abs(loss / expected[k]!.loss - 1)).toBeLessThan(1e-4);
  });
  expect(failures(lab)).toEqual([]);
});

test("what was chosen and is not possible in this browser is kept, and one sentence says what computes", async () => {
  const lab = openLaboratory(FAST_CARD, "no adapter");
  await lab.open(small, "webgpu");
  expect(lab.machine()).toMatchObject({ choice: "webgpu", inUse: "own" });
  expect(lab.machine().says).toMatch(/^WebGPU is not possible here, .* no graphics card that it can use\.$/);
});

test("settings that cannot be trained are refused in one line and stay, with the training before them, until they are changed", async () => {
  const lab = openLaboratory();
  await lab.open(small);
  await lab.steps(50);
  // One stimulus alone, and a task that every image of it answers alike.
  const weights = Array.from({ length: 169 }, (_, cell) => (cell === 0 ? 1 : 0));
  const impossible = { ...small, seed: 1, frequencies: { kind: "drawn", weights }, task: "xU < 6" } as const;
  await lab.handle({ kind: "change", experiment: impossible });
  expect(lab.of("refused").map(({ what }) => what)).toEqual([
    expect.stringMatching(/^These settings cannot be trained \(.*\)\. What is shown is the training before/),
  ]);
  // The page is sent no other settings than the visitor's.
  expect(lab.of("opened")).toHaveLength(1);
  expect(lab.of("status").at(-1)!.status).toBe("paused");
  await lab.handle({ kind: "train" });
  expect(lab.of("refused")).toHaveLength(2);
  expect(lab.of("status").at(-1)).toMatchObject({ status: "paused", step: 50 });
  await lab.handle({ kind: "change", experiment: small });
  const isBuilt = () => lab.of("opened").length === 2;
  await expect.poll(isBuilt, { timeout: 20_000 }).toBe(true);
  expect(lab.of("opened").at(-1)).toMatchObject({ step: 50, experiment: small });
  // After all that was asked before.
  await lab.handle({ kind: "pause" });
  await lab.steps(50);
  expect(lab.losses().at(-1)!.step).toBe(100);
  expect(lab.of("failed")).toEqual([]);
});
