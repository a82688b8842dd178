import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.js";
import { encodeSafetensors } from "../../src/files/safetensors-format.js";
import type { NumericArray } from "../../src/numeric-array.js";
import {
  checkpointPath,
  latestCheckpoint,
  listCheckpoints,
  readCheckpoint,
  setAside,
  writeCheckpoint,
} from "../../src/runs/checkpoints.js";
import { temporaryFolder } from "./temporary-folder.js";

const content = (step: number) => ({
  tensors: new Map<string, NumericArray>([
    ["parameters", { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, step) }],
    ["state", { shape: [], data: Float64Array.of(step) }],
  ]),
  metadata: { epoch: "1" },
});

describe("checkpoints", () => {
  it("gives back the newest, and keeps as many as asked", () => {
    const folder = join(temporaryFolder(), "checkpoints");
    for (const step of [9, 10, 123456789, 1234567890]) writeCheckpoint(folder, step, content(step), 3);
    expect(readdirSync(folder).sort()).toEqual([
      "step-00000010.safetensors",
      "step-123456789.safetensors",
      "step-1234567890.safetensors",
    ]);
    expect(latestCheckpoint(folder)).toEqual({
      checkpoint: {
        path: checkpointPath(folder, 1234567890),
        step: 1234567890,
        ...content(1234567890),
      },
      warnings: [],
      passedOver: [],
      misfits: [],
    });
  });

  it("has the same bytes for the same content", () => {
    const folder = temporaryFolder();
    const a = readFileSync(writeCheckpoint(join(folder, "a"), 5, content(5)));
    const b = readFileSync(writeCheckpoint(join(folder, "b"), 5, content(5)));
    expect(a).toEqual(b);
  });

  it("is empty where nothing was written, and passes over foreign and temporary files", () => {
    const folder = temporaryFolder();
    expect(latestCheckpoint(join(folder, "absent"))).toEqual({
      checkpoint: undefined,
      warnings: [],
      passedOver: [],
      misfits: [],
    });
    for (const name of ["step-00000001.safetensors.77.tmp", "best.safetensors", "step-1.safetensors"]) {
      writeFileSync(join(folder, name), "");
    }
    expect(listCheckpoints(folder)).toEqual([]);
  });

  it("falls back to the one before a truncated one, with a warning, and can set it aside", () => {
    const folder = temporaryFolder();
    for (const step of [1, 2]) writeCheckpoint(folder, step, content(step));
    truncateSync(checkpointPath(folder, 2), 200);
    const latest = latestCheckpoint(folder);
    expect(latest.checkpoint?.step).toBe(1);
    expect(latest.warnings).toHaveLength(1);
    expect(latest.warnings[0]).toMatch(/step-00000002\.safetensors: truncated[^\n]*skipped$/);
    setAside(latest.passedOver);
    expect(listCheckpoints(folder).map(({ step }) => step)).toEqual([1]);
    expect(readdirSync(folder)).toContain("step-00000002.safetensors.damaged");
  });

  it("refuses safetensors of another hand", () => {
    const path = join(temporaryFolder(), "step-00000001.safetensors");
    writeFileSync(path, Buffer.concat(encodeSafetensors(content(1).tensors)));
    expect(() => readCheckpoint(path, 1)).toThrow(/not a checkpoint of Narrows/);
  });

  it("notices every damage: a UserError, or what was written", () => {
    const folder = temporaryFolder();
    const whole = new Uint8Array(readFileSync(writeCheckpoint(folder, 7, content(7))));
    const path = join(folder, "damaged");
    const damage = fc.record({
      keep: fc.nat({ max: whole.length }),
      at: fc.nat({ max: whole.length - 1 }),
      bit: fc.nat({ max: 7 }),
    });
    let refused = 0;
    fc.assert(
      fc.property(damage, ({ keep, at, bit }) => {
        for (const bytes of [whole.subarray(0, keep), whole.with(at, whole[at]! ^ (1 << bit))]) {
          writeFileSync(path, bytes);
          try {
            expect(readCheckpoint(path, 7)).toEqual({ path, step: 7, ...content(7) });
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
            refused++;
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(800);
  });

  it("leaves the earlier checkpoint when the next cannot be written", () => {
    const folder = temporaryFolder();
    writeCheckpoint(folder, 1, content(1));
    mkdirSync(checkpointPath(folder, 2));
    expect(() => writeCheckpoint(folder, 2, content(2), 1)).toThrow(UserError);
    expect(readdirSync(folder).sort()).toEqual(["step-00000001.safetensors", "step-00000002.safetensors"]);
  });
});
