import { expect, test } from "vitest";
import { cellMeans, cellsOf, neighbourCell } from "../../site/lab/views/numbers/cells.js";
import { drawOrder } from "../../site/lab/views/numbers/draw-order.js";
import { extentOf, nextExtent } from "../../site/lab/views/numbers/extent.js";
import { Glide } from "../../site/lab/views/numbers/glide.js";
import { nearestPoint } from "../../site/lab/views/numbers/nearest.js";
import { type MapView, pointOfStimulus, projectFrame } from "../../site/lab/views/numbers/projection.js";
import { widestDimensions } from "../../site/lab/views/numbers/widest-dimensions.js";
import { toPoints } from "../../src/geometry/index.js";
import { principalComponents } from "../../src/geometry/pca.js";
import { PhiloxStream } from "../../src/random/stream.js";

const SIDE = 13;
const EACH = 2;
const COUNT = SIDE * SIDE * EACH;
const stimuli = {
  count: COUNT,
  xU: Uint8Array.from({ length: COUNT }, (_, k) => Math.floor(k / EACH / SIDE)),
  xL: Uint8Array.from({ length: COUNT }, (_, k) => Math.floor(k / EACH) % SIDE),
};
const cells = cellsOf(stimuli);
const noise = new PhiloxStream(0, "lab map test").fillNormal(new Float64Array(3 * COUNT));

/** A grid in the plane of the second and third dimension of three, nearly flat, turned by an angle. */
function grid(angle: number, scale = 1) {
  const means = new Float32Array(3 * COUNT);
  for (let k = 0; k < COUNT; k++) {
    const [u, l] = [scale * (stimuli.xU[k] - 6), 0.6 * scale * (stimuli.xL[k] - 6)];
    means[3 * k] = 0.01 * noise[3 * k];
    means[3 * k + 1] = u * Math.cos(angle) - l * Math.sin(angle);
    means[3 * k + 2] = u * Math.sin(angle) + l * Math.cos(angle);
  }
  return {
    step: 0,
    dimensions: 3,
    means,
    samples: means.map((value, k) => value + 0.1 * noise[k]),
    dimensionRateNats: undefined,
  };
}

test("cells: side, members and means", () => {
  expect(cells.side).toBe(13);
  expect([...cells.sizes]).toEqual(Array(169).fill(EACH));
  expect(cells.firstOf[168]).toBe(COUNT - EACH);
  const uppers = cellMeans(Float32Array.from(stimuli.xU), 1, cells);
  expect(uppers[13 * 7 + 2]).toBe(7);
  const gap = cellsOf({ count: 1, xU: Uint8Array.of(1), xL: Uint8Array.of(0) });
  expect([...gap.firstOf]).toEqual([-1, -1, 0, -1]);
  expect(cellMeans(Float32Array.of(5), 1, gap)[0]).toBeNaN();
});

test("arrow keys lead to neighbours, and stay within the grid", () => {
  expect(neighbourCell(20, 13, "ArrowRight")).toBe(21);
  expect(neighbourCell(20, 13, "ArrowDown")).toBe(33);
  expect(neighbourCell(12, 13, "ArrowRight")).toBe(12);
  expect(neighbourCell(5, 13, "ArrowUp")).toBe(5);
  expect(neighbourCell(5, 13, "a")).toBeUndefined();
});

test("two dimensions are as they are; a dimension that is not there is 0", () => {
  const frame = grid(0.3);
  const seen = projectFrame(frame, { kind: "dimensions", x: 2, y: 7 }, cells, new Float32Array(338).fill(1))!;
  expect(seen.points[2 * 40]).toBe(frame.means[3 * 40 + 2]);
  expect(seen.points[2 * 40 + 1]).toBe(0);
  expect(seen.samples![2 * 40]).toBe(frame.samples[3 * 40 + 2]);
});

test("PCA is that of the library, and holds the variance it says", () => {
  const frame = grid(0.3);
  const seen = projectFrame(frame, { kind: "pca" }, cells)!;
  const { projection, explainedVarianceRatio } = principalComponents(
    toPoints({ shape: [COUNT, 3], data: frame.means }),
    2,
  );
  for (const [k, value] of seen.points.entries()) expect(value).toBeCloseTo(projection.data[k], 4);
  expect(seen.varianceShare).toBeCloseTo(explainedVarianceRatio[0] + explainedVarianceRatio[1], 10);
});

test.each<MapView>([{ kind: "pca" }, { kind: "mds" }])(
  "$kind keeps its orientation while the code turns and shrinks",
  (view) => {
    let onto = projectFrame(grid(0), view, cells)!.cells;
    const first = onto;
    for (let turn = 1; turn <= 40; turn++)
      onto = projectFrame(grid((turn * Math.PI) / 20, 1 - turn / 80), view, cells, onto, onto)!.cells;
    // A full turn later, and half as large: each cell lies in the same direction from the middle.
    for (let k = 0; k < first.length; k++) expect(onto[k]).toBeCloseTo(first[k] / 2, 1);
  },
);

test("MDS shows one point per cell, and keeps the distances of a flat code", () => {
  const frame = grid(1);
  const seen = projectFrame(frame, { kind: "mds" }, cells)!;
  expect(seen.points).toHaveLength(2 * 169);
  expect(seen.samples).toBeUndefined();
  expect(seen.stress1).toBeLessThan(0.01);
  const [a, b] = [0, 168].map((cell) => seen.points.subarray(2 * cell, 2 * cell + 2));
  expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeCloseTo(Math.hypot(12, 7.2), 1);
  expect(pointOfStimulus(seen, cells, 2 * 30 + 1)).toBe(30);
});

test("codes that are one point, of one dimension, or not finite", () => {
  const still = { ...grid(0), means: new Float32Array(3 * COUNT) };
  for (const kind of ["pca", "mds"] as const)
    expect(projectFrame(still, { kind }, cells)!.points.every((value) => value === 0)).toBe(true);
  const line = {
    ...grid(0),
    dimensions: 1,
    means: Float32Array.from(stimuli.xU),
    samples: Float32Array.from(stimuli.xU),
  };
  const seen = projectFrame(line, { kind: "pca" }, cells)!;
  expect(seen.points[1]).toBe(0);
  expect(Math.abs(seen.points[0])).toBeCloseTo(6, 5);
  const broken = grid(0);
  broken.means[4] = Number.NaN;
  expect(projectFrame(broken, { kind: "pca" }, cells)).toBeUndefined();
});

test("points glide evenly, from where they are seen when a frame comes early, and jump where motion is unwanted", () => {
  const glide = new Glide(Float32Array.of(0, 0));
  expect(glide.advance(0)).toBe(false);
  // Frames that are 200 ms apart: the journey takes as long.
  for (let k = 1; k <= 30; k++) glide.aim(Float32Array.of(0, 0), 200 * k);
  glide.aim(Float32Array.of(10, -10), 6200);
  expect(glide.advance(6250)).toBe(true);
  expect(glide.now[0]).toBeCloseTo(2.5, 1);
  glide.aim(Float32Array.of(0, 0), 6300);
  glide.advance(6301);
  expect(glide.now[0]).toBeGreaterThan(2);
  glide.advance(7000);
  expect([...glide.now]).toEqual([0, 0]);
  expect(glide.advance(7016)).toBe(false);
  glide.aim(Float32Array.of(3, 4), 8000, true);
  expect(glide.advance(8000)).toBe(false);
  expect([...glide.now]).toEqual([3, 4]);
});

test("the map grows within a tenth of a second, shrinks over seconds, and arrives", () => {
  const wanted = extentOf(Float32Array.of(1, -2), undefined, Float32Array.of(0.5));
  expect(wanted).toBeGreaterThan(2);
  const after = (from: number, milliseconds: number) => {
    let extent = from;
    for (let t = 0; t < milliseconds; t += 16) extent = nextExtent(extent, wanted, 16);
    return extent;
  };
  expect(after(1, 200)).toBeGreaterThan(0.9 * wanted);
  expect(after(10, 200)).toBeGreaterThan(0.9 * 10);
  expect(after(10, 30_000)).toBe(wanted);
  expect(extentOf(Float32Array.of(0, 0))).toBeGreaterThan(0);
});

test("the nearest point within reach", () => {
  const points = Float32Array.of(0, 0, 1, 0, 1, 1);
  expect(nearestPoint(points, 0.9, 0.2, 0.5)).toBe(1);
  expect(nearestPoint(points, 4, 4, 0.5)).toBeUndefined();
});

test("every point is drawn once in its colour, and no class all at the end", () => {
  const batches = drawOrder(100, ["#111111", "#222222"], (k) => Number(k >= 50));
  expect(batches.flatMap(({ points }) => points).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 100 }, (_, k) => k),
  );
  expect(batches.every(({ colour, points }) => points.every((k) => (colour === "#222222") === k >= 50))).toBe(
    true,
  );
  expect(batches.slice(0, 2).map(({ colour }) => colour)).toEqual(["#111111", "#222222"]);
});

test("the two dimensions that vary most", () => {
  expect(widestDimensions(grid(0.4))).toEqual([1, 2]);
  expect(widestDimensions({ means: Float32Array.of(1, 2, 3), dimensions: 1 })).toEqual([0, 0]);
});
