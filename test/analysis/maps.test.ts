import { describe, expect, it } from "vitest";
import { codeMap } from "../../src/analysis/code-map.js";
import { landmarks, pictures } from "../../src/analysis/landmarks.js";
import { chooseStimuli } from "../../src/analysis/stimuli.js";
import { toPoints } from "../../src/geometry/index.js";
import { dataWith } from "./small-runs.js";

/** Points on a square lattice of 20 x 20. */
const lattice = {
  shape: [400, 2],
  data: Float64Array.from({ length: 800 }, (_, k) =>
    k % 2 === 0 ? Math.floor(k / 2) % 20 : Math.floor(k / 40),
  ),
};

describe("the map of a code", () => {
  it("is the code itself in two dimensions, and a strip in one", () => {
    const plane = codeMap(toPoints(lattice), 0);
    expect(plane.points.data).toEqual(lattice.data);
    expect(plane.about).toContain("two dimensions");
    const line = codeMap(
      toPoints({ shape: [50], data: Float64Array.from({ length: 50 }, (_, k) => 3 * k) }),
      0,
    );
    expect(line.points.shape).toEqual([50, 2]);
    const [across, up] = [0, 1].map((axis) => line.points.data.filter((_, k) => k % 2 === axis));
    expect(Array.from(across!)).toEqual(Array.from({ length: 50 }, (_, k) => 3 * k));
    expect(Math.max(...up!)).toBeLessThan(0.25 * 147);
    expect(new Set(up!).size).toBe(50);
  });

  it("of many dimensions keeps distances by metric MDS, and says how well", () => {
    // A plane that lies askew in 32 dimensions: two dimensions keep every distance.
    const data = Float64Array.from({ length: 60 * 32 }, (_, k) => {
      const [point, axis] = [Math.floor(k / 32), k % 32];
      return Math.sin(point) * Math.cos(axis) + Math.cos(2 * point) * Math.sin(3 * axis);
    });
    const points = toPoints({ shape: [60, 32], data });
    const { points: map, about, stress1 } = codeMap(points, 0);
    const distance = (values: ArrayLike<number>, width: number) =>
      Math.hypot(...Array.from({ length: width }, (_, d) => values[d]! - values[17 * width + d]!));
    expect(distance(map.data, 2)).toBeCloseTo(distance(data, 32), 6);
    expect(about).toContain("32 dimensions");
    expect(stress1).toBeLessThan(1e-6);
  });
});

describe("landmarks", () => {
  it("spread over a map without classes, from its middle", () => {
    const chosen = landmarks(lattice);
    expect(chosen).toHaveLength(13);
    const at = (point: number) => [lattice.data[2 * point]!, lattice.data[2 * point + 1]!];
    for (const place of at(chosen[0]!)) expect(Math.abs(place - 9.5)).toBeLessThanOrEqual(1);
    const corners = chosen.filter((point) => at(point).every((place) => place === 0 || place === 19));
    expect(corners).toHaveLength(4);
    for (const [k, a] of chosen.entries())
      for (const b of chosen.slice(0, k))
        expect(Math.hypot(at(a)[0]! - at(b)[0]!, at(a)[1]! - at(b)[1]!)).toBeGreaterThan(4);
  });

  it("show every class of a few, typical of it", () => {
    const classOf = Array.from({ length: 400 }, (_, k) => Math.floor(k / 100));
    const chosen = landmarks(lattice, classOf);
    expect(new Set(chosen.slice(0, 4).map((point) => classOf[point]))).toEqual(new Set([0, 1, 2, 3]));
    // A class is a band of five rows: its landmark is none of its corners.
    for (const point of chosen.slice(0, 4)) expect(lattice.data[2 * point]! % 19).not.toBe(0);
  });

  it("are fewer where points coincide", () => {
    expect(landmarks({ shape: [30, 2], data: new Float64Array(60) })).toHaveLength(1);
  });

  it("are pictured in the channels and the range of the data", () => {
    const table = dataWith({ a: (k) => k % 2 }, { imageShape: [2, 3, 3] });
    const [picture] = pictures(table, [5]);
    expect(picture!.index).toBe(5);
    expect(picture!.image.shape).toEqual([2, 3, 3]);
    expect(picture!.image.data[1]).toBeCloseTo(table.images[5 * 18 + 1]! / 255, 6);
  });
});

describe("the images that codes are measured on", () => {
  it("are the first, and one of every combination of labels that comes later", () => {
    const table = dataWith({ a: (k) => (k < 390 ? 0 : k - 389) });
    expect(Array.from(chooseStimuli(table, undefined, 50).labels!)).toEqual([
      ...Array<number>(50).fill(0),
      ...Array.from({ length: 10 }, (_, k) => k + 1),
    ]);
  });

  it("are the first alone where every image has a label of its own, or none", () => {
    const own = dataWith({ a: (k) => k }, { count: 1400 });
    expect(chooseStimuli(own, undefined, 50).count).toBe(50);
    expect(chooseStimuli(dataWith({}), undefined, 50).count).toBe(50);
  });
});
