import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.js";
import type { FigureSpec } from "../../src/figures/index.js";
import { nodeDevice } from "../../src/onnx/node.js";
import {
  animateTraversal,
  drawReconstructionGrid,
  drawReconstructions,
  drawSamples,
  drawTraversal,
} from "../../src/run-figures/index.js";
import { decodeCodes, sampleMarginal } from "../../src/training/decode.js";
import { untrainedRun } from "./untrained.js";

const device = await nodeDevice("cpu", 1);
const objective = { type: "capacity", gamma: 300 };
const wide = await untrainedRun("wide", { objective: { ...objective, capacity: 10 } });
const narrow = await untrainedRun("narrow", { objective: { ...objective, capacity: 0.3 } });
const narrowToo = { ...narrow, run: { ...narrow.run, name: "narrow-s1" }, seed: 1 };
const deep = await untrainedRun("deep", { channel: { type: "gaussian", dimensions: 3 } });

/** Pixels of the images that a figure's table gives under a heading: its last column, where the first ones are these. */
function pixels({ table }: FigureSpec, ...head: (string | number)[]): number[] {
  return table.rows
    .filter((row) => head.every((value, k) => row[k] === value))
    .map((row) => row.at(-1) as number);
}

const panelsOf = ({ table }: FigureSpec) => [...new Set(table.rows.map(([panel]) => panel))];

describe("a traversal", () => {
  it("decodes codes that are 0 but in one channel", async () => {
    const figure = await drawTraversal([wide], device, { range: 2, frames: 5 });
    const codes = { shape: [3, 2], data: Float32Array.of(-1, 0, 0, 2, 0, 0) };
    const { data } = await decodeCodes(wide, device, codes);
    const image = (k: number) => Array.from(data.subarray(169 * k, 169 * (k + 1)));
    for (const [k, head] of [["z1", -1] as const, ["z2", 2] as const, ["z1", 0] as const].entries()) {
      const found = pixels(figure, "C = 10 nats", ...head);
      expect(found).toHaveLength(169);
      for (const [i, value] of image(k).entries()) expect(found[i]).toBeCloseTo(value, 5);
    }
    expect(pixels(figure, "C = 10 nats", "z2", 0)).toEqual(pixels(figure, "C = 10 nats", "z1", 0));
  });

  it("shows the channels named, in their order, of every run", async () => {
    const figure = await drawTraversal([wide, narrow], device, { channels: ["z2"], frames: 2 });
    expect(figure.table.rows).toHaveLength(2 * 2 * 169);
    expect(panelsOf(figure)).toEqual(["C = 10 nats", "C = 0.3 nats"]);
    expect(new Set(figure.table.rows.map(([, channel]) => channel))).toEqual(new Set(["z2"]));
    const turned = await drawTraversal([wide], device, { channels: ["z2", "z1"], frames: 2 });
    expect(turned.table.rows[0].slice(0, 3)).toEqual(["C = 10 nats", "z2", -4]);
  });

  it("moves in 50 frames from -4 to 4, five a second", async () => {
    const { frames, framesPerSecond } = await animateTraversal([wide], device);
    expect(framesPerSecond).toBe(5);
    expect(frames).toHaveLength(50);
    const codes = frames.map(({ table }) => table.rows[0].at(-1));
    expect([codes[0], codes[49]]).toEqual([-4, 4]);
  });
});

describe("samples", () => {
  it("are codes of the marginal, decoded", async () => {
    const figure = await drawSamples([wide], device, { count: 3, seed: 7 });
    const codes = await sampleMarginal({ ...wide, seed: 7 }, device, 3);
    const { data } = await decodeCodes(wide, device, codes);
    expect(pixels(figure)).toEqual(Array.from(data));
  });

  it("are 144, of the run's own seed", async () => {
    const own = await drawSamples([narrowToo], device);
    expect(own.table.rows).toHaveLength(144 * 169);
    const one = await drawSamples([narrow], device, { seed: 1 });
    expect(pixels(own)).toEqual(pixels(one));
  });
});

describe("reconstructions", () => {
  it("show the same test images in the grid and under each other, of every run", async () => {
    const grid = await drawReconstructionGrid([wide, narrow], device, { count: 5, seed: 3 });
    const rows = await drawReconstructions([wide, narrow], device, { count: 5, seed: 3 });
    expect(panelsOf(grid)).toEqual(["images", "C = 10 nats", "C = 0.3 nats"]);
    expect(panelsOf(rows)).toEqual(["image", "C = 10 nats", "C = 0.3 nats"]);
    expect(pixels(grid)).toEqual(pixels(rows));
    const { test } = wide.experiment.split;
    const shown = pixels(grid, "images", 0);
    const inTest = Array.from({ length: test.count }, (_, row) =>
      test.images.subarray(169 * row, 169 * (row + 1)),
    );
    expect(inTest.filter((image) => image.every((byte, k) => byte === shown[k]))).not.toHaveLength(0);
    const others = await drawReconstructions([wide], device, { count: 5, seed: 4 });
    expect(pixels(others, "image")).not.toEqual(pixels(rows, "image"));
  });

  it("are named after the runs where capacities do not tell them apart", async () => {
    const figure = await drawReconstructions([narrow, narrowToo], device, { count: 2 });
    expect(panelsOf(figure)).toEqual(["image", "narrow", "narrow-s1"]);
  });
});

describe("figures of runs refuse in one line", () => {
  it.each([
    [
      "an unknown channel",
      () => drawTraversal([wide], device, { channels: ["z1", "z9"] }),
      /^channel z9: wide has the channels z1 to z2\. Name some of them, such as z1,z2\.$/,
    ],
    ["a sweep that stands still", () => drawTraversal([wide], device, { frames: 1 }), /in 1 values/],
    ["a range of nothing", () => animateTraversal([wide], device, { range: 0 }), /does not move/],
    [
      "runs of unequal codes",
      () => drawTraversal([wide, deep], device),
      /^deep: its number of channels \(3\) is not that of wide \(2\)\./,
    ],
    [
      "more images than there are",
      () => drawReconstructionGrid([wide], device, { count: 31 }),
      /^31 images to reconstruct: the test rows of wide hold 30\./,
    ],
  ])("%s", async (_, draw, message) => {
    await expect(draw()).rejects.toThrow(UserError);
    await expect(draw()).rejects.toThrow(message);
  });
});
