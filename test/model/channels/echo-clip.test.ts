import { describe, expect, it } from "vitest";
import { echoChannel } from "../../../src/model/channels/echo.js";
import { echoClipFactor } from "../../../src/model/channels/echo-clip.js";

/** Published constants where there are some (M = 1, d = 99: 0.8359), solutions of the same equation elsewhere (spec 1.3). */
const KNOWN = [
  [1, 99, 0.8358656],
  [10, 99, 0.8175234],
  [1, 64, 0.7622029],
  [1, 63, 0.7590818],
  [1, 69, 0.7766438],
  [1, 9, 0.1666871],
  [1, 24, 0.5],
  [1, 49, 0.7045221],
  [1, 199, 0.9118177],
  [1, 499, 0.9622185],
  [1, 999, 0.9803067],
] as const;

describe("clip factor of Echo noise", () => {
  it.each(KNOWN)("magnitude %d, %d terms: %d", (magnitude, terms, expected) => {
    const factor = echoClipFactor({ terms, magnitude });
    expect(Math.abs(factor - expected)).toBeLessThan(1e-6);
    expect(Math.abs(((magnitude * factor ** terms) / (1 - factor)) * 2 ** 23 - 1)).toBeLessThan(1e-9);
  });

  it("grows with the terms, and the limit on the rate falls", () => {
    const factors = [5, 20, 80, 320].map((terms) => echoClipFactor({ terms, magnitude: 1 }));
    expect([...factors].sort((a, b) => a - b)).toEqual(factors);
    const lowest = (dimensions: number, terms: number) =>
      echoChannel.make({ type: "echo", dimensions, terms }).minRateNats;
    expect(lowest(32, 99)).toBeCloseTo(5.737, 3);
    expect(lowest(10, 64)).toBeCloseTo(2.715, 3);
  });

  it.each([
    [0, 1],
    [1.5, 1],
    [9, 0],
    [9, Number.POSITIVE_INFINITY],
  ])("refuses %d terms of magnitude %d", (terms, magnitude) => {
    expect(() => echoClipFactor({ terms, magnitude })).toThrow(RangeError);
  });
});
