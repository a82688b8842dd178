import { describe, expect, it } from "vitest";
import { HELP, readOptions } from "../../bench/options.js";
import { UserError } from "../../src/errors.js";

describe("options of the bench", () => {
  it("are all parts that take no long time, 1 and 2 threads", () => {
    const { parts, threads, rounds, checkout } = readOptions([])!;
    expect(parts).toContain("dimension");
    expect(parts).not.toContain("distances");
    expect({ threads, rounds, checkout }).toEqual({ threads: [1, 2], rounds: 40, checkout: undefined });
    expect(readOptions(["--long"])!.parts).toContain("distances");
  });

  it("choose parts and threads", () => {
    const { parts, threads } = readOptions(["--only", "echo,distances", "--threads", "2"])!;
    expect([...parts]).toEqual(["echo", "distances"]);
    expect(threads).toEqual([2]);
    for (const part of readOptions(["--long"])!.parts) expect(HELP).toContain(`\n  ${part} `);
    expect(readOptions(["--help"])).toBeUndefined();
  });

  it.each([
    [["--only", "corridor"], /no part corridor. Choose from corridors, echo/],
    [["--threads", "1,none"], /got none/],
    [["--rounds", "0"], /at least 1/],
    [["--against-checkout", "no-such-folder"], /npm run build/],
  ])("that cannot be followed are refused: %j", (args, message) => {
    expect(() => readOptions(args)).toThrow(UserError);
    expect(() => readOptions(args)).toThrow(message);
  });
});
