import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openMetrics, readMetrics, truncateMetricsAfter } from "../../src/runs/metrics.js";
import { temporaryFolder } from "./temporary-folder.js";

const line = (step: number, rateNats = step / 3) => ({ step, epoch: 0, split: "train", rateNats });

function write(path: string, steps: number[]) {
  const log = openMetrics(path);
  for (const step of steps) log.append(line(step));
  log.sync();
  log.close();
}

describe("metrics.jsonl", () => {
  it("gives back its lines, non-finite numbers as null", () => {
    const path = join(temporaryFolder(), "metrics.jsonl");
    const log = openMetrics(path);
    log.append({ ...line(1), note: "é\n", diverged: true });
    log.append(line(2, Number.NaN));
    log.append(line(3, Number.POSITIVE_INFINITY));
    log.close();
    expect(readFileSync(path, "utf8").split("\n")).toHaveLength(4);
    expect(readMetrics(path)).toEqual({
      lines: [
        { ...line(1), note: "é\n", diverged: true },
        { ...line(2), rateNats: null },
        { ...line(3), rateNats: null },
      ],
      torn: 0,
      damaged: 0,
    });
  });

  it("has no lines where there is no file, and makes none by reading", () => {
    const path = join(temporaryFolder(), "metrics.jsonl");
    expect(readMetrics(path)).toEqual({ lines: [], torn: 0, damaged: 0 });
    expect(truncateMetricsAfter(path, 3)).toEqual({ kept: 0, dropped: 0 });
    expect(existsSync(path)).toBe(false);
  });

  it("reads past a torn last line and a damaged one, and counts them", () => {
    const path = join(temporaryFolder(), "metrics.jsonl");
    write(path, [1]);
    appendFileSync(path, '{"step":"two"}\nnonsense\n\u0000\n');
    write(path, [2]);
    appendFileSync(path, '{"step":3,"epo');
    expect(readMetrics(path)).toEqual({ lines: [line(1), line(2)], torn: 1, damaged: 3 });
  });

  it("does not glue a new line to a torn one", () => {
    const path = join(temporaryFolder(), "metrics.jsonl");
    write(path, [1]);
    appendFileSync(path, '{"step":2,"epo');
    write(path, [2]);
    expect(readMetrics(path)).toEqual({ lines: [line(1), line(2)], torn: 0, damaged: 0 });
  });

  it("makes an interrupted and resumed log equal, byte for byte, to an uninterrupted one", () => {
    const folder = temporaryFolder();
    const steps = Array.from({ length: 12 }, (_, index) => index + 1);
    const [whole, resumed] = [join(folder, "whole"), join(folder, "resumed")];
    write(whole, steps);
    const bytes = readFileSync(whole);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length }), fc.nat({ max: 12 }), (killedAt, checkpoint) => {
        writeFileSync(resumed, bytes.subarray(0, killedAt));
        const reached = readMetrics(resumed).lines.length;
        const from = Math.min(checkpoint, reached);
        truncateMetricsAfter(resumed, from);
        write(resumed, steps.slice(from));
        expect(readFileSync(resumed)).toEqual(bytes);
      }),
    );
    expect(readdirSync(folder).sort()).toEqual(["resumed", "whole"]);
  });

  it("names a folder that is not there", () => {
    expect(() => openMetrics("no/such/metrics.jsonl")).toThrow(/^no\/such\/metrics\.jsonl: no such file/);
  });
});
