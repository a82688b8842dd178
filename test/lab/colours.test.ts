import { expect, test } from "vitest";
import { cellsOf } from "../../site/lab/views/numbers/cells.js";
import { oklab } from "../../site/lab/views/numbers/oklab.js";
import {
  type ColourBy,
  colouringOf,
  pairColours,
  positionColours,
} from "../../site/lab/views/numbers/point-colours.js";

const stimuli = {
  count: 169,
  xU: Uint8Array.from({ length: 169 }, (_, k) => Math.floor(k / 13)),
  xL: Uint8Array.from({ length: 169 }, (_, k) => k % 13),
};
const cells = cellsOf(stimuli);

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
const linear = (share: number) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);

/** What a colour looks like without the cones for red light: Viénot, Brettel and Mollon (1999), in linear sRGB. */
function withoutRed(hex: string): number[] {
  const [red, green, blue] = channels(hex).map(linear) as [number, number, number];
  return [
    0.11238 * red + 0.88762 * green,
    0.11238 * red + 0.88762 * green,
    0.00401 * red - 0.00401 * green + blue,
  ];
}
/** The same without those for green light. */
function withoutGreen(hex: string): number[] {
  const [red, green, blue] = channels(hex).map(linear) as [number, number, number];
  return [
    0.29275 * red + 0.70725 * green,
    0.29275 * red + 0.70725 * green,
    -0.02234 * red + 0.02234 * green + blue,
  ];
}
const perceived = (light: number[]) => light.map((value) => Math.cbrt(Math.max(0, value)));
const apart = (a: number[], b: number[]) =>
  Math.hypot(...perceived(a).map((value, k) => value - perceived(b)[k]!));

test("OKLab: black, white, and a colour of CSS Color 4", () => {
  expect(oklab(0, 0, 0).map(Math.round)).toEqual([0, 0, 0]);
  expect(oklab(1, 0, 0).map(Math.round)).toEqual([255, 255, 255]);
  // The specification's oklab(51.975% -0.1403 0.10768) is the colour #008000.
  expect(oklab(0.51975, -0.1403, 0.10768).map(Math.round)).toEqual([0, 128, 0]);
});

test.each([
  ["without red", withoutRed],
  ["without green", withoutGreen],
])("corners of the scale of pairs, and steps of three columns, differ %s", (_, seen) => {
  const colours = pairColours(13);
  const at = (u: number, l: number) => seen(colours[13 * u + l]!);
  const corners = [at(0, 0), at(0, 12), at(12, 0), at(12, 12)];
  for (const [k, a] of corners.entries())
    for (const b of corners.slice(k + 1)) expect(apart(a, b)).toBeGreaterThan(0.25);
  for (let k = 0; k + 3 < 13; k += 3) {
    for (let other = 0; other < 13; other += 4) {
      expect(apart(at(k, other), at(k + 3, other))).toBeGreaterThan(0.03);
      expect(apart(at(other, k), at(other, k + 3))).toBeGreaterThan(0.03);
    }
  }
});

test.each([true, false])("positions get lighter from one end to the other (dark page: %s)", (isDark) => {
  const light = positionColours(13, isDark).map((hex) => {
    const [red, green, blue] = channels(hex).map(linear) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  for (let k = 1; k < 13; k++) expect(light[k]).toBeGreaterThan(light[k - 1]!);
});

test("each stimulus has the colour of its position, pair or class", () => {
  const colour = (by: ColourBy, k: number) => {
    const { palette, indexOf } = colouringOf(
      by,
      stimuli,
      cells,
      { names: ["a", "b"], of: stimuli.xU.map((x) => Number(x > 6)) },
      false,
    );
    return palette[indexOf[k]!];
  };
  expect(colour("xU", 13 * 4 + 1)).toBe(positionColours(13, false)[4]);
  expect(colour("xL", 13 * 4 + 1)).toBe(positionColours(13, false)[1]);
  expect(colour("both", 13 * 4 + 1)).toBe(pairColours(13)[13 * 4 + 1]);
  expect(colour("class", 0)).not.toBe(colour("class", 168));
  expect(colouringOf("class", stimuli, cells, undefined, false).by).toBe("both");
});
