import { expect, test } from "vitest";
import { crossAxes, parseGridAxis } from "../../src/sweeps/grid.js";

const valuesOf = (text: string) => parseGridAxis(text).values.map(({ value }) => value);
const textsOf = (text: string) => parseGridAxis(text).values.map(({ text }) => text);

test("values are YAML between commas: numbers, words, lists and mappings", () => {
  expect(valuesOf("objective.beta=0.1,1,4")).toEqual([0.1, 1, 4]);
  expect(valuesOf("marginal.type=maf, vamp")).toEqual(["maf", "vamp"]);
  expect(valuesOf("encoder.units=[8],[8, 16]")).toEqual([[8], [8, 16]]);
  expect(valuesOf("model.marginal={type: maf},{type: vamp, components: 5}")).toEqual([
    { type: "maf" },
    { type: "vamp", components: 5 },
  ]);
  expect(textsOf("model.marginal={type: maf},{type: vamp, components: 5}")).toEqual([
    "maf",
    "vamp components 5",
  ]);
});

test("each value sets its key as --set would, and says where it stands", () => {
  const { key, values } = parseGridAxis("objective.beta=0.5");
  expect(key).toBe("objective.beta");
  expect(values[0]!.override).toEqual({
    where: "--grid objective.beta=0.5",
    path: ["objective", "beta"],
    value: 0.5,
  });
});

test("grids are crossed, the last one changing fastest", () => {
  const points = crossAxes([parseGridAxis("a=1,2"), parseGridAxis("b=x,y,z")]);
  expect(points.map((point) => point.map(({ value }) => value.text).join(""))).toEqual([
    "1x",
    "1y",
    "1z",
    "2x",
    "2y",
    "2z",
  ]);
  expect(crossAxes([])).toEqual([[]]);
});

test.each([
  ["objective.beta", /^--grid objective\.beta: expected key=value/],
  ["=1,2", /expected key=value/],
  ["objective..beta=1", /expected key=value/],
  ["objective.beta=", /no value given/],
  ["objective.beta=1,{2", /no valid YAML/],
  ["objective.beta=1,2,1.0", /1 occurs twice/],
])("%s is refused in one line", (text, message) => {
  expect(() => parseGridAxis(text)).toThrow(message);
});

test("one key in two grids is refused, with or without its model", () => {
  const axes = ["objective.beta=1", "model.objective.beta=2"].map(parseGridAxis);
  expect(() => crossAxes(axes)).toThrow(/^--grid model\.objective\.beta: two grids have this key/);
});
