import * as vega from "vega";
import { describe, expect, it } from "vitest";
import {
  BLUE_WHITE_RED,
  colourAt,
  manyColours,
  readableOn,
  toHex,
  VIRIDIS,
} from "../../../src/figures/parts/colour-map.js";
import {
  distortionLimits,
  divergingScale,
  sequentialScale,
} from "../../../src/figures/parts/colour-scale.js";

const POSITIONS = Array.from({ length: 101 }, (_, k) => k / 100);

/** Vega's own scheme or scale as red, green and blue. */
function channels(colour: string): number[] {
  const hex = colour.startsWith("#")
    ? [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    : undefined;
  return hex ?? (colour.match(/\d+/g) ?? []).map(Number);
}

describe("colour maps", () => {
  it("viridis is viridis", () => {
    const scheme = vega.scheme("viridis") as (position: number) => string;
    const ours = colourAt(VIRIDIS);
    for (const position of POSITIONS) {
      channels(scheme(position)).forEach((part, k) => {
        expect(Math.abs(part - ours(position)[k])).toBeLessThan(6);
      });
    }
  });

  it("bwr passes from blue through white to red, and clamps", () => {
    const at = colourAt(BLUE_WHITE_RED);
    expect([-1, 0, 0.25, 0.5, 0.75, 1, 2].map((position) => toHex(at(position)))).toEqual([
      "#0000ff",
      "#0000ff",
      "#8080ff",
      "#ffffff",
      "#ff8080",
      "#ff0000",
      "#ff0000",
    ]);
    expect(toHex(at(Number.NaN))).toBe("#969696");
  });

  it("gives as many different colours as classes", () => {
    for (const count of [11, 25, 60]) expect(new Set(manyColours(count)).size).toBe(count);
  });

  it("writes black on light and white on dark", () => {
    expect(readableOn([255, 255, 255])).toBe("#000000");
    expect(readableOn([0, 0, 255])).toBe("#ffffff");
  });
});

describe("colour scales", () => {
  it("distortion limits reach half a unit beyond the values and beyond zero", () => {
    expect(distortionLimits([[0.2, 0.4]])).toEqual([-0.5, 0.9]);
    expect(
      distortionLimits([
        [-1, 0.4],
        [2, Number.NaN],
      ]),
    ).toEqual([-1.5, 2.5]);
    expect(distortionLimits([])).toEqual([-0.5, 0.5]);
  });

  it("zero is white, and equal distances from zero are equally strong", () => {
    const { colourOf } = divergingScale([-0.6, 2]);
    expect(toHex(colourOf(0))).toBe("#ffffff");
    const [red, green, blue] = colourOf(0.6);
    expect(colourOf(-0.6)).toEqual([blue, green, red]);
    expect(toHex(colourOf(2))).toBe("#ff0000");
    expect(toHex(colourOf(-0.5))).toBe("#bfbfff");
  });

  it.each([
    ["diverging", divergingScale([-0.6, 2])],
    ["sequential", sequentialScale([-1, 3], VIRIDIS)],
  ])("a %s scale has the same colours in Vega as in our own pixels", (_name, scale) => {
    const build = vega.scale("linear") as unknown as () => {
      domain(values: number[]): { range(colours: string[]): (value: number) => string };
    };
    const drawn = build().domain(scale.vega.domain).range(scale.vega.range);
    const [low, high] = scale.limits;
    for (const position of POSITIONS) {
      const value = low + position * (high - low);
      channels(drawn(value)).forEach((part, k) => {
        expect(Math.abs(part - scale.colourOf(value)[k])).toBeLessThanOrEqual(1);
      });
    }
  });
});
