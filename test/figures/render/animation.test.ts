import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeApng } from "fast-png";
import { decode as decodeGif, decodeFrames as decodeGifFrames } from "modern-gif";
import { afterAll, describe, expect, it } from "vitest";
import { renderAnimation, writeAnimation } from "../../../src/figures/render/animation.js";
import { apng } from "../../../src/figures/render/apng.js";
import { rasterise, svgToPng } from "../../../src/figures/render/png.js";
import { renderSvg } from "../../../src/figures/render/svg.js";
import { moving } from "../examples/traversal.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-animation-"));
afterAll(() => rmSync(folder, { recursive: true }));

const drawn = await Promise.all(
  moving.frames.map(async (frame) => rasterise(await renderSvg(frame), 1).pixels),
);
const { width, height } = rasterise(await renderSvg(moving.frames[0]), 1);

/** The greatest difference of any channel of any pixel. */
function difference(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  expect(found.length).toBe(wanted.length);
  let high = 0;
  for (let k = 0; k < found.length; k++) high = Math.max(high, Math.abs(found[k] - wanted[k]));
  return high;
}

describe("an animated PNG", () => {
  it("holds every frame as drawn, each for a fifth of a second, for ever", async () => {
    const file = await renderAnimation(moving, "apng", { pixelsPerUnit: 1 });
    const found = decodeApng(file);
    expect([found.width, found.height, found.numberOfPlays]).toEqual([width, height, 0]);
    expect(found.frames).toHaveLength(9);
    for (const [k, frame] of found.frames.entries()) {
      expect(frame.delayNumber / frame.delayDenominator).toBe(0.2);
      expect(difference(frame.data, drawn[k])).toBe(0);
    }
  });

  it("shows other viewers its first frame", async () => {
    const file = await renderAnimation(moving, "apng", { pixelsPerUnit: 1 });
    const picture = `data:image/png;base64,${Buffer.from(file).toString("base64")}`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image href="${picture}" width="${width}" height="${height}"/></svg>`;
    expect(difference(rasterise(svg, 1).pixels, drawn[0])).toBe(0);
  });

  it("refuses frames of unequal size", () => {
    const svg = (side: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="8"/>`;
    expect(() => apng([svgToPng(svg(8), 1), svgToPng(svg(9), 1)], 200)).toThrow(/frame 1/);
  });
});

describe("a GIF", () => {
  it("holds every frame, near to as drawn, each for a fifth of a second, for ever", async () => {
    const file = new Uint8Array(await renderAnimation(moving, "gif", { pixelsPerUnit: 1 }));
    const { looped, loopCount } = decodeGif(file);
    expect({ looped, loopCount }).toEqual({ looped: true, loopCount: 0 });
    const frames = decodeGifFrames(file);
    expect(frames).toHaveLength(9);
    for (const [k, frame] of frames.entries()) {
      expect([frame.width, frame.height, frame.delay]).toEqual([width, height, 200]);
      expect(difference(frame.data, drawn[k])).toBeLessThan(16);
    }
  });
});

it("gives the same bytes again, twice as many pixels by default, and tells how far it is", async () => {
  const reports: string[] = [];
  const onFrame = (done: number, of: number) => reports.push(`${done}/${of}`);
  const path = join(folder, "sweep.apng");
  await writeAnimation(path, moving, "apng", { onFrame });
  expect(reports).toEqual(Array.from({ length: 9 }, (_, k) => `${k + 1}/9`));
  const written = readFileSync(path);
  expect(decodeApng(written).width).toBe(2 * width);
  expect(Buffer.compare(written, await renderAnimation(moving, "apng"))).toBe(0);
});

it("leaves nothing behind where frames differ in size", async () => {
  const path = join(folder, "uneven.apng");
  const [first] = moving.frames;
  const wide = { ...first, spec: { ...first.spec, padding: 40 } };
  const uneven = { ...moving, frames: [first, wide] };
  await expect(writeAnimation(path, uneven, "apng")).rejects.toThrow(/frame 1 of traversal/);
  expect(existsSync(path)).toBe(false);
});
