import { expect, test } from "vitest";
import { agreement, compareLosses } from "../../bench/agreement.js";
import type { StepPeer } from "../../bench/stepping/peer.js";

test("the largest difference of losses is a share of the reference's, and NaN is the largest", () => {
  expect(compareLosses([1, 2.002, 3], [1, 2, 3])).toEqual({
    steps: 3,
    largest: expect.closeTo(1e-3, 6),
    at: 2,
  });
  expect(compareLosses([1, Number.NaN, 9], [1, 2, 3])).toMatchObject({ largest: Number.NaN, at: 2 });
  expect(compareLosses([-2], [-1])).toMatchObject({ largest: 1, at: 1 });
});

test("both make as many steps as asked for, some at a time, until the time is up", async () => {
  const asked: number[] = [];
  const peer = (factor: number): StepPeer => {
    let made = 0;
    return {
      async time({ steps }) {
        if (factor === 1) asked.push(steps);
        const losses = Array.from({ length: steps }, () => ++made * factor);
        return { milliseconds: 1, loss: made, losses };
      },
      close() {},
    };
  };
  expect(await agreement(peer(1.5), peer(1), { steps: 23, seconds: 60 })).toEqual({
    steps: 23,
    largest: 0.5,
    at: 1,
  });
  expect(asked).toEqual([10, 10, 3]);
  expect(await agreement(peer(1), peer(1), { steps: 23, seconds: 0 })).toMatchObject({ steps: 0 });
  const silent: StepPeer = { time: async () => ({ milliseconds: 1, loss: 1 }), close() {} };
  await expect(agreement(silent, peer(1), { steps: 1, seconds: 60 })).rejects.toThrow("tells no losses");
});
