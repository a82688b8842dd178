import { describe, expect, test } from "vitest";
import { informationImbalance, pickedPoints, twoNnFit } from "../../src/geometry/index.js";
import { distinctRows, nearestNeighbours } from "../../src/geometry/neighbours/index.js";
import type { Points } from "../../src/geometry/points.js";
import { type KnownSpaces, measureSpaces } from "../../src/layer-geometry/spaces.js";
import type { Device } from "../../src/onnx/devices.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { sheet } from "../distances/rows.js";

const cpu = await nodeDevice("cpu", 1);
const blockSizes = { rows: 32, width: 40, landmarks: 12 };

/** A device that counts how often rows were projected on a basis: once whenever some are prepared. */
function counting(): Device & { readonly projected: () => number } {
  let projected = 0;
  return {
    ...cpu,
    projected: () => projected,
    async open(program) {
      if ("projected" in program.outputs) projected += 1;
      return cpu.open(program);
    },
  };
}

/** A space that counts how often it was asked for its numbers. */
function counted(points: Points, of?: object) {
  let asked = 0;
  return {
    name: points.name,
    of,
    asked: () => asked,
    async rows() {
      asked += 1;
      return points;
    },
  };
}

const sheets = [0, 1, 2, 3].map((seed) => sheet(150, 90, 2 + seed, 0, seed));
const places = [...sheets.keys()];
const everyArrow = places.flatMap((from) => places.map((to) => ({ from, to })));

describe("a space that stands in several comparisons", () => {
  test("is prepared once, and asked for its numbers twice at most", async () => {
    const device = counting();
    const spaces = sheets.map((points) => counted(points));
    const { spaces: measured, imbalances } = await measureSpaces(spaces, everyArrow, { device, blockSizes });
    expect(device.projected()).toBe(4);
    // The last one has all its sources when it is looked at.
    expect(spaces.map(({ asked }) => asked())).toEqual([2, 2, 2, 1]);
    for (const [at, { from, to }] of everyArrow.entries()) {
      if (from === to) expect(imbalances[at]!.rankSum).toBe(150);
      else
        expect(imbalances[at]!.rankSum).toBe(informationImbalance(sheets[from]!, sheets[to]!).aToB.rankSum);
    }
    for (const [place, { dimension }] of measured.entries()) {
      expect(dimension!.fit.dimension).toBe(twoNnFit(nearestNeighbours(sheets[place]!, 2)).dimension);
    }
  });

  test("is prepared once where samples repeat: those that do not are picked from what was prepared", async () => {
    const device = counting();
    const [points] = sheets as [Points];
    const repeated = { ...points, coordinates: points.coordinates.slice() };
    repeated.coordinates.copyWithin(20 * 90, 0, 10 * 90);
    const { spaces } = await measureSpaces([counted(repeated)], [{ from: 0, to: 0 }], { device, blockSizes });
    expect(device.projected()).toBe(1);
    expect(spaces[0]!.duplicates).toBe(10);
    const distinct = pickedPoints(repeated, distinctRows(repeated).rows);
    expect(spaces[0]!.dimension!.fit.dimension).toBe(twoNnFit(nearestNeighbours(distinct, 2)).dimension);
  });

  test("is known in the next measurement, if it says what it is of", async () => {
    const device = counting();
    const known: KnownSpaces = new WeakMap();
    const [images, first, second] = sheets as [Points, Points, Points];
    const table = {};
    const measure = (layer: Points, input = counted(images, table)) => {
      const arrows = [
        { from: 0, to: 1 },
        { from: 1, to: 0 },
      ];
      return measureSpaces([input, counted(layer)], arrows, { device, blockSizes, known });
    };
    await measure(first);
    const again = counted(images, table);
    const { spaces, imbalances } = await measure(second, again);
    expect(device.projected()).toBe(3);
    expect(again.asked()).toBe(1);
    expect(spaces[0]!.dimension!.fit.dimension).toBe(twoNnFit(nearestNeighbours(images, 2)).dimension);
    const { aToB, bToA } = informationImbalance(images, second);
    expect(imbalances.map((one) => one!.rankSum)).toEqual([aToB.rankSum, bToA.rankSum]);
  });
});
