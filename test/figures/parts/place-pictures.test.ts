import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placePictures } from "../../../src/figures/parts/place-pictures.js";

const page = { width: 400, height: 400, picture: { width: 37, height: 37 }, distance: 34 };
const side = page.picture.width;
const point = fc.record({ x: fc.integer({ min: 60, max: 340 }), y: fc.integer({ min: 60, max: 340 }) });

describe("placePictures", () => {
  it("keeps pictures on the page and off each other", () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 20 }), (points) => {
        const places = placePictures(points, page);
        for (const [i, a] of places.entries()) {
          expect(Math.min(a.x, a.y)).toBeGreaterThanOrEqual(side / 2 - 1e-9);
          expect(Math.max(a.x, a.y)).toBeLessThanOrEqual(400 - side / 2 + 1e-9);
          for (const b of places.slice(i + 1)) {
            // Frames may touch by a pixel or two where twenty pictures crowd around one spot.
            expect(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThan(side * 0.9);
          }
        }
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it("leaves a lone point uncovered", () => {
    const [place] = placePictures([{ x: 200, y: 200 }], page);
    expect(Math.max(Math.abs(place.x - 200), Math.abs(place.y - 200))).toBeGreaterThan(side / 2);
  });
});
