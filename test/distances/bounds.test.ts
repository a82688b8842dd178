import { expect, test } from "vitest";
import { centreRows } from "../../src/distances/centred.js";
import { nearestNeighbours, prepareRows } from "../../src/distances/index.js";
import { pairQuestion, visitPairs } from "../../src/distances/pairs.js";
import { distance } from "../../src/geometry/distance.js";
import type { Points } from "../../src/geometry/points.js";
import type { Device } from "../../src/onnx/devices.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { altered, normalPoints, pointsOf } from "./rows.js";

const cpu = await nodeDevice("cpu", 1);

/** Greatest breach of the bounds, and greatest width, as shares of |x|^2 + |y|^2, over all pairs. */
async function bounded(points: Points, device: Device, width: number) {
  const centred = centreRows(points);
  const question = pairQuestion(
    Int32Array.from({ length: points.count }, (_, i) => i),
    points.count,
  );
  const seen = new Set<number>();
  let [breach, widest] = [0, 0];
  await visitPairs(
    centred,
    question,
    { device, blockSizes: { rows: 8, width } },
    ({ bounds, stride, queries, rows }, slack) => {
      for (let a = 0; a < queries.count; a++) {
        const i = queries.first + a;
        for (let b = queries.first === rows.first ? a + 1 : 0; b < rows.count; b++) {
          const j = rows.first + b;
          seen.add(i * points.count + j);
          const truth = (distance(points, i, j) * centred.scale) ** 2;
          const minimum = bounds[a * stride + b];
          const maximum = minimum + slack[i] + slack[j];
          const size = centred.squaredLengths[i] + centred.squaredLengths[j];
          breach = Math.max(breach, (minimum - truth) / size, (truth - maximum) / size);
          widest = Math.max(widest, (maximum - minimum) / size);
        }
      }
      return true;
    },
  );
  expect(seen.size).toBe((points.count * (points.count - 1)) / 2);
  return { breach, widest };
}

/** A device whose factors are rounded to so many bits behind the point, as tensor cores do. */
function coarse(bits: number): Device {
  const unit = 2 ** bits;
  const rounded = (values: Float32Array) =>
    values.map((value) => {
      const exponent = 2 ** Math.floor(Math.log2(Math.abs(value)));
      return value === 0 ? 0 : (Math.round((value / exponent) * unit) / unit) * exponent;
    });
  return {
    ...cpu,
    async open(program) {
      const session = await cpu.open(program);
      return {
        run: (feeds, into) =>
          session.run(
            Object.fromEntries(
              Object.entries(feeds).map(([name, values]) => [name, rounded(values as Float32Array)]),
            ),
            into,
          ),
        release: () => session.release(),
      };
    },
  };
}

const many = { normal: normalPoints(20, 2000), positive: altered(normalPoints(20, 900), Math.abs) };
// All columns alike: the roundings of a long sum cannot cancel.
const alike = pointsOf(20, 3000, (row) => Math.sqrt(row) / 3);

test("the truth lies within the bounds, and these are narrow (N14)", async () => {
  for (const points of [many.normal, many.positive, alike]) {
    for (const width of [64, 1024]) {
      const { breach, widest } = await bounded(points, cpu, width);
      expect(breach).toBeLessThanOrEqual(0);
      expect(widest).toBeLessThan(width === 64 ? 5e-5 : 3.5e-4);
    }
  }
});

test("a device that rounds the factors has wider bounds, and one that rounds too much is refused (N14)", async () => {
  const { breach, widest } = await bounded(many.normal, coarse(10), 1024);
  expect(breach).toBeLessThanOrEqual(0);
  expect(widest).toBeGreaterThan(1e-3);
  await expect(bounded(many.normal, coarse(7), 1024)).rejects.toThrow(/too coarse to compare distances/);
});

test("progress counts every block up to the last, and a signal ends the work between two", async () => {
  const points = normalPoints(21, 2);
  const reports: number[][] = [];
  const blockSizes = { rows: 7 };
  const rows = await prepareRows(points, { device: cpu });
  await nearestNeighbours(rows, 1, {
    device: cpu,
    blockSizes,
    onProgress: (...progress) => reports.push(progress),
  });
  expect(reports).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
  const controller = new AbortController();
  const begun: number[] = [];
  const stopped = nearestNeighbours(rows, 1, {
    device: cpu,
    blockSizes,
    signal: controller.signal,
    onProgress(done) {
      begun.push(done);
      if (done === 2) controller.abort(new Error("enough"));
    },
  });
  await expect(stopped).rejects.toThrow("enough");
  expect(begun).toEqual([1, 2]);
});

test("a number that is not finite is named by its row and column", async () => {
  const coordinates = new Float32Array(12);
  coordinates[7] = Number.NaN;
  await expect(
    prepareRows({ name: "l3", count: 4, dimension: 3, coordinates }, { device: cpu }),
  ).rejects.toThrow("l3, row 2, column 1 (both counted from 0): NaN is not a finite number");
});
