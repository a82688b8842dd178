import { describe, expect, it } from "vitest";
import { closing } from "../../bench/closing.js";
import { NETWORKS, trainingSettings } from "../../bench/networks.js";
import { openProcess } from "../../bench/peers/process.js";
import { alternate } from "../../bench/rounds.js";
import { contendWithSteps, stepRow, timesOf, timesOverRow } from "../../bench/step-rows.js";
import { openStepping, timeSteps } from "../../bench/stepping/engine.js";
import { readTimes, type StepAnswer } from "../../bench/stepping/peer.js";
import { tableLines } from "../../bench/table.js";
import { createModel } from "../../src/model/model.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { Trainer } from "../../src/training/trainer.js";

describe("training steps of the bench", () => {
  it("are those of the trainer, and learn", async () => {
    const network = NETWORKS[0]!;
    const device = await nodeDevice("cpu", 1);
    const stepping = openStepping({ createModel, Trainer }, device, trainingSettings(network), network);
    expect(stepping.parameters).toBe(349_643);
    const first = await stepping.step();
    let used = 0;
    // A clock that says 6 ms more each time it is asked.
    const times = await timeSteps(stepping, { steps: 3, warmup: 6 }, () => (used += 6));
    await stepping.release();
    expect(times.loss).toBeLessThan(first);
    expect(times.milliseconds).toBeGreaterThan(0);
    expect(times.processorMilliseconds).toBe(2);
  });

  it("count by the fastest round, the median and the processor time", async () => {
    const peer = (answers: StepAnswer[]) => ({ time: async () => answers.shift()!, close: () => {} });
    const calls = { steps: 1, warmup: 0 };
    const ours = contendWithSteps(
      "ours",
      peer([
        { milliseconds: 10, processorMilliseconds: 20, loss: 1, peakMegabytes: 100 },
        { milliseconds: 30, processorMilliseconds: 24, loss: 1, peakMegabytes: 90 },
      ]),
      calls,
    );
    const theirs = contendWithSteps(
      "theirs",
      peer([
        { milliseconds: 40, processorMilliseconds: 44, loss: 1 },
        { milliseconds: 20, processorMilliseconds: 44, loss: 1 },
      ]),
      calls,
    );
    const times = await alternate([ours, theirs], { rounds: 2, seconds: 60 });
    const step = timesOf(ours, times);
    expect(ours.peakMegabytes()).toBe(100);
    expect(stepRow("a.step", "step", step)).toMatchObject({
      key: "a.step.milliseconds",
      value: 10,
      details: { median: 20, processor: 22 },
    });
    const ratio = timesOverRow("a.ratio", "PyTorch", timesOf(theirs, times), step, { limit: 1.8 });
    expect(ratio).toMatchObject({ value: 2, details: { median: 1.5, processor: 2, limit: 1.8 } });
    expect(tableLines([ratio])[0]).toMatch(/2\.00 +x +median 1\.50, processor 2\.00, at least 1\.8$/);
  });

  it("that a peer could not make, or that lead to no number, are errors", () => {
    expect(() => readTimes({ error: "no compiler" })).toThrow(/^no compiler$/);
    expect(() => readTimes({ milliseconds: 3, loss: null })).toThrow(/not finite/);
    expect(readTimes({ milliseconds: 3, loss: 0.5 })).toEqual({ milliseconds: 3, loss: 0.5 });
  });
});

describe("a process that answers line by line", () => {
  const why = { missing: "not there", silent: "said nothing" };
  const node = (program: string) => openProcess([process.execPath, "-e", program], "test", why);

  it("greets and answers", async () => {
    const peer = await node(
      'console.log("1"); require("readline").createInterface(process.stdin).on("line", (l) => console.log(JSON.stringify({ got: JSON.parse(l).x })))',
    );
    if (typeof peer === "string") throw new Error(peer);
    expect(peer.greeting).toBe(1);
    expect(await peer.ask({ x: 7 })).toEqual({ got: 7 });
    peer.close();
  });

  it("that cannot start is told in a line; one that ends too early is an error", async () => {
    expect(await openProcess(["no-such-command-here"], "test", why)).toBe("not there");
    expect(await node("")).toBe("said nothing");
    const peer = await node('console.log("1"); process.stdin.once("data", () => process.exit())');
    if (typeof peer === "string") throw new Error(peer);
    await expect(peer.ask({})).rejects.toThrow("the test process ended");
  });

  it("is closed whether the work succeeds or not", async () => {
    const closed: string[] = [];
    const open = (name: string) => ({ close: () => void closed.push(name) });
    expect(await closing(async (keep) => keep(open("a")) && 3)).toBe(3);
    const failing = closing(async (keep) => {
      keep(open("b"));
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(closed).toEqual(["a", "b"]);
  });
});
