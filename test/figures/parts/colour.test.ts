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
import { CATEGORY_COLOURS } from "../../../src/figures/theme.js";

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

/** What people without cones for middle or long waves see. Source: Machado, Oliveira and Fernandes (2009), severity 1. */
const SEEN = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
};

/** L*, a*, b* (D65) of a colour as it is seen. */
function labOf(colour: string, seen: readonly number[]): number[] {
  const linear = channels(colour).map((part) => ((part / 255 + 0.055) / 1.055) ** 2.4);
  const times = (matrix: readonly number[], of: readonly number[]) =>
    [0, 3, 6].map((row) => matrix[row] * of[0] + matrix[row + 1] * of[1] + matrix[row + 2] * of[2]);
  const rgb = times(seen, linear).map((part) => Math.min(Math.max(part, 0), 1));
  const xyz = times([0.4125, 0.3576, 0.1804, 0.2127, 0.7152, 0.0722, 0.0193, 0.1192, 0.9503], rgb);
  const [x, y, z] = xyz.map((part, k) => Math.cbrt(part / [0.9505, 1, 1.089][k]));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe.each(Object.entries(SEEN))("ten categories, %s", (_name, seen) => {
  it("are all told apart: a difference of 15 is seen at a glance", () => {
    const colours = CATEGORY_COLOURS.map((colour) => labOf(colour, seen));
    for (const [k, one] of colours.entries()) {
      for (const other of colours.slice(k + 1)) {
        expect(Math.hypot(...one.map((part, axis) => part - other[axis]))).toBeGreaterThan(15);
      }
    }
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
