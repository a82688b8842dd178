import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placePictures } from "../../../src/figures/parts/place-pictures.js";

const page = { width: 400, height: 400, picture: { width: 37, height: 37 }, dots: [] };
const side = page.picture.width;
const coordinate = fc.integer({ min: 40, max: 360 });
const point = fc.record({ x: coordinate, y: coordinate });
const covers = (picture: { x: number; y: number }, dot: { x: number; y: number }) =>
  Math.max(Math.abs(picture.x - dot.x), Math.abs(picture.y - dot.y)) < side / 2;

describe("placePictures", () => {
  it("keeps pictures on the page and off each other", () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 25 }), (points) => {
        const places = placePictures(points, page);
        for (const [i, a] of places.entries()) {
          expect(Math.min(a.x, a.y)).toBeGreaterThanOrEqual(side / 2 - 1e-9);
          expect(Math.max(a.x, a.y)).toBeLessThanOrEqual(400 - side / 2 + 1e-9);
          for (const b of places.slice(i + 1)) {
            expect(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThanOrEqual(side);
          }
        }
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it("covers no dot where the margin is as wide as a picture, however small the clusters", () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 30, maxLength: 300 }), (dots) => {
        const places = placePictures(dots.slice(0, 20), { ...page, dots });
        expect(places.filter((place) => dots.some((dot) => covers(place, dot)))).toEqual([]);
      }),
      { numRuns: 20, seed: 7 },
    );
  });

  it("stands beside its point where there is room", () => {
    const dot = { x: 200, y: 200 };
    const [place] = placePictures([dot], { ...page, dots: [dot] });
    expect(covers(place!, dot)).toBe(false);
    expect(Math.hypot(place!.x - dot.x, place!.y - dot.y)).toBeLessThan(2 * side);
  });

  it("overlaps on a page that is too small for all pictures", () => {
    const points = Array.from({ length: 12 }, (_, k) => ({ x: 5 * k, y: 30 }));
    const places = placePictures(points, { ...page, width: 100, height: 60 });
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(12);
  });
});
