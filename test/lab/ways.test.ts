import { describe, expect, test } from "vitest";
import {
  isHopeless,
  judged,
  lossesApart,
  measuredKey,
  type Timed,
  TOLERANCE,
} from "../../site/lab/core/way-trial.js";
import { gpuKindOf, type HostFacts, waysOf } from "../../site/lab/core/ways.js";

const WORKSTATION: HostFacts = { isIsolated: true, processors: 16, gpu: "card" };
const names = (facts: HostFacts) =>
  waysOf(facts)
    .filter(({ isCandidate }) => isCandidate)
    .map(({ name }) => name);

describe("which ways a page can take", () => {
  test("all of them on a workstation, with at most 8 threads", () => {
    expect(names(WORKSTATION)).toEqual(["own", "threads", "webgpu"]);
    const words = waysOf(WORKSTATION).map((way) => way.words);
    expect(words).toEqual(["this page's own code, 1 thread", "ONNX Runtime, 8 threads", "WebGPU"]);
    expect(waysOf({ ...WORKSTATION, processors: 6 })[1]!.threads).toBe(6);
  });

  test("the page's own code is always possible, whatever is missing", () => {
    const bare = { isIsolated: false, processors: 1, gpu: "none" } as const;
    expect(names(bare)).toEqual(["own"]);
    const [own, ...others] = waysOf(bare);
    expect(own!.blocked).toBeUndefined();
    // A sentence each.
    for (const { blocked } of others) expect(blocked).toMatch(/^[A-Z].*\.$/);
  });

  test("threads need isolation, and on few processors are possible but not tried", () => {
    expect(waysOf({ ...WORKSTATION, isIsolated: false })[1]!.blocked).toContain("isolated");
    const two = waysOf({ ...WORKSTATION, processors: 2 })[1]!;
    expect(two).toMatchObject({ threads: 2, blocked: undefined, isCandidate: false });
    expect(two.note).toContain("slower");
    expect(names({ ...WORKSTATION, processors: 4 })).toContain("threads");
  });

  test("WebGPU is tried on a card alone, possible in software, and says what is missing", () => {
    const gpu = (kind: HostFacts["gpu"]) => waysOf({ ...WORKSTATION, gpu: kind })[2]!;
    expect(gpu("card")).toMatchObject({ blocked: undefined, note: undefined, isCandidate: true });
    expect(gpu("software")).toMatchObject({
      blocked: undefined,
      note: "software adapter: slow",
      isCandidate: false,
    });
    expect(gpu("no adapter").blocked).toContain("no graphics card");
    expect(gpu("none").blocked).toContain("no WebGPU");
    expect(gpu(undefined)).toMatchObject({ isCandidate: false, blocked: expect.stringContaining("Looking") });
  });

  test.each([
    [{ vendor: "google", architecture: "swiftshader" }, "software"],
    [{ description: "llvmpipe (LLVM 15.0.7, 256 bits)" }, "software"],
    [{ description: "Microsoft Basic Render Driver" }, "software"],
    [{ vendor: "nvidia", isFallbackAdapter: true }, "software"],
    [{ vendor: "apple", architecture: "metal-3", isFallbackAdapter: false }, "card"],
    [{}, "card"],
  ])("an adapter that says %j is %s", (info, kind) => {
    expect(gpuKindOf(info)).toBe(kind);
  });
});

describe("which way is the fastest", () => {
  const losses = [30, 29, 28, 27, 26, 25, 24, 23];
  const timed = (way: Timed["way"], step: number, scale = 1): Timed => ({
    way,
    losses: losses.map((loss) => loss * scale),
    milliseconds: Array.from({ length: 6 }, () => step),
  });
  const own = timed("own", 24);

  test("the fastest of those that gain at least a fifth", () => {
    expect(judged(own, [timed("threads", 21), timed("webgpu", 22)]).way).toBe("own");
    expect(judged(own, [timed("threads", 20), timed("webgpu", 22)]).way).toBe("threads");
    expect(judged(own, [timed("threads", 12), timed("webgpu", 3)]).way).toBe("webgpu");
    expect(judged(own, []).way).toBe("own");
  });

  test("one slow step of a busy machine does not decide", () => {
    const disturbed = { ...timed("webgpu", 3), milliseconds: [3, 3, 900, 3, 3, 3] };
    const result = judged(own, [disturbed]);
    expect(result.way).toBe("webgpu");
    expect(result.seen.map(({ stepsPerSecond }) => stepsPerSecond)).toEqual([1000 / 24, 1000 / 3]);
  });

  test("what gives other losses is not used, however fast, and the page says why", () => {
    const wrong = judged(own, [timed("webgpu", 1, 1 + 2 * TOLERANCE)]);
    expect(wrong.way).toBe("own");
    expect(wrong.seen[1]!.problem).toMatch(/^It is not used here: .*0\.20 %.*\.$/);
    expect(judged(own, [timed("webgpu", 1, 1 + TOLERANCE / 2)]).way).toBe("webgpu");
    const broken = { ...timed("webgpu", 1), losses: [30, Number.NaN] };
    expect(judged(own, [broken]).seen[1]!.problem).toContain("not finite");
  });

  test("what could not make the steps is named with its reason, in the order of the ways", () => {
    const { way, seen } = judged(own, [timed("webgpu", 3)], new Map([["threads", "It failed."]]));
    expect(way).toBe("webgpu");
    expect(seen[1]).toEqual({ way: "threads", stepsPerSecond: undefined, problem: "It failed." });
  });

  test("losses are compared step by step, as far as there are any", () => {
    expect(lossesApart([10, 20.02], [10, 20, 30])).toBeCloseTo(1e-3, 12);
    expect(lossesApart([], [10])).toBe(0);
    expect(lossesApart([Number.POSITIVE_INFINITY], [10])).toBe(Number.POSITIVE_INFINITY);
  });

  test("what has already taken twice the time of all of the page's own steps is given up", () => {
    expect(isHopeless([280], own)).toBe(false);
    expect(isHopeless([280, 9], own)).toBe(true);
  });

  test("a choice holds for the versions, the network and the ways of this browser", () => {
    const versions = { narrows: "1", onnxruntime: "2" };
    const key = measuredKey(versions, "paper", waysOf(WORKSTATION));
    expect(measuredKey(versions, "paper", waysOf({ ...WORKSTATION }))).toBe(key);
    const others = [
      measuredKey({ ...versions, narrows: "2" }, "paper", waysOf(WORKSTATION)),
      measuredKey(versions, "small", waysOf(WORKSTATION)),
      measuredKey(versions, "paper", waysOf({ ...WORKSTATION, gpu: "software" })),
      measuredKey(versions, "paper", waysOf({ ...WORKSTATION, processors: 4 })),
    ];
    expect(others).not.toContain(key);
  });
});
