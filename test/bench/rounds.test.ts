import { describe, expect, it } from "vitest";
import { alternate, median } from "../../bench/rounds.js";

describe("rounds", () => {
  it("take turns, every second turn backwards", async () => {
    const order: string[] = [];
    const contender = (name: string, times: number[]) => ({
      name,
      round: async () => {
        order.push(name);
        return times.shift()!;
      },
    });
    const times = await alternate([contender("a", [3, 1, 2]), contender("b", [5, 6, 9])], {
      rounds: 3,
      seconds: 60,
    });
    expect(order.join("")).toBe("abbaab");
    expect(times).toEqual({
      a: { fastest: 1, median: 2, rounds: [3, 1, 2] },
      b: { fastest: 5, median: 6, rounds: [5, 6, 9] },
    });
  });

  it("end early where one contender crawls, but not before each had its turn", async () => {
    const crawling = { name: "slow", round: async () => 1 };
    const times = await alternate([crawling], { rounds: 1000, seconds: 0 });
    expect(times.slow!.rounds.length).toBe(1);
  });

  it("have a median that one slow round does not move", () => {
    expect(median([1, 1000, 2])).toBe(2);
    expect(median([4, 1, 3, 1000])).toBe(3.5);
    expect(() => median([])).toThrow(RangeError);
  });
});
