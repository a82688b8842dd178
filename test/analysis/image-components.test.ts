import { expect, test } from "vitest";
import { groupingOf, imageComponents } from "../../src/analysis/image-components.js";
import type { ImageTable } from "../../src/data/dataset.js";
import { principalComponents, toPoints } from "../../src/geometry/index.js";
import { PhiloxStream } from "../../src/random/stream.js";

/** Images of three independent patterns, the first the strongest. */
function patterns(count: number): ImageTable {
  const stream = new PhiloxStream(0, "test of image components");
  const images = new Float32Array(count * 12);
  for (let row = 0; row < count; row++) {
    const [a, b, c] = Array.from({ length: 3 }, () => stream.uniform());
    for (let pixel = 0; pixel < 12; pixel++)
      images[row * 12 + pixel] = 5 * a! * Number(pixel < 4) + 2 * b! * (pixel % 3) + 0.1 * c! * pixel;
  }
  return { count, imageShape: [3, 4, 1], images, scale: 1, labels: undefined, labelNames: [] };
}

test("scores are those of principal component analysis by eigenvalues (G9)", () => {
  const table = patterns(200);
  const { projection } = principalComponents(toPoints({ shape: [200, 12], data: table.images }, "images"), 2);
  const found = imageComponents(table);
  expect(found.map(({ name, kind }) => [name, kind])).toEqual([
    ["image PC1", "numbers"],
    ["image PC2", "numbers"],
  ]);
  found.forEach(({ values }, component) => {
    values.forEach((value, row) => {
      expect(value).toBeCloseTo(projection.data[row * 2 + component]!, 5);
    });
  });
});

test("labels come first; images that do not differ have no components", () => {
  const table = patterns(20);
  const label = { name: "shade", kind: "numbers" as const, values: new Float64Array(20) };
  expect(groupingOf(table, [label])).toEqual([label]);
  expect(groupingOf(table, [])).toHaveLength(2);
  for (const grey of [0.5, 0.1])
    expect(imageComponents({ ...table, images: new Float32Array(240).fill(grey) })).toEqual([]);
  const oneDirection = table.images.map((_, k) => (k % 12 === 3 ? Math.floor(k / 12) : 1));
  expect(imageComponents({ ...table, images: oneDirection })).toHaveLength(1);
});
