import { describe, expect, it } from "vitest";
import { yamlLayer } from "../../src/configuration/yaml.js";
import { messageOf } from "./files.js";

/** What a file says under `a`, read as PyYAML reads it. */
const python = (value: string) => yamlLayer("their.yaml", `a: ${value}\n`, () => true).values.a;
const layer = (text: string) => yamlLayer("their.yaml", text, () => true);

describe("plain values as PyYAML reads them", () => {
  // Asked of PyYAML 6.0.4, safe_load and FullLoader alike.
  it.each<[string, unknown]>([
    ["75_000", 75000],
    ["1e-4", "1e-4"],
    ["1.0e-4", 0.0001],
    ["1.0e+4", 10000],
    ["1.0e4", "1.0e4"],
    ["1e+4", "1e+4"],
    ["1.5E+3", 1500],
    [".5", 0.5],
    ["5.", 5],
    ["-.5", "-.5"],
    ["+.5", "+.5"],
    ["-1.5", -1.5],
    ["._5", "._5"],
    ["0o17", "0o17"],
    ["017", 15],
    ["-017", -15],
    ["08", "08"],
    ["0x1F", 31],
    ["-0x1f", -31],
    ["0b101", 5],
    ["0b1_01", 5],
    ["1:30", 90],
    ["1:30:05", 5405],
    ["1:30.5", 90.5],
    ["-1:30", -90],
    ["1:60", "1:60"],
    ["190:20:30.15", 685230.15],
    ["yes", true],
    ["Yes", true],
    ["YES", true],
    ["no", false],
    ["on", true],
    ["On", true],
    ["off", false],
    ["OFF", false],
    ["y", "y"],
    ["n", "n"],
    ["Y", "Y"],
    ["N", "N"],
    ["true", true],
    ["True", true],
    ["TRUE", true],
    ["tRue", "tRue"],
    ["false", false],
    ["~", null],
    ["null", null],
    ["Null", null],
    ["NULL", null],
    ["nUll", "nUll"],
    [".inf", Number.POSITIVE_INFINITY],
    ["-.inf", Number.NEGATIVE_INFINITY],
    ["+.inf", Number.POSITIVE_INFINITY],
    [".Inf", Number.POSITIVE_INFINITY],
    [".INF", Number.POSITIVE_INFINITY],
    [".nan", Number.NaN],
    [".NaN", Number.NaN],
    [".NAN", Number.NaN],
    ["inf", "inf"],
    ["nan", "nan"],
    ["1_0.5", 10.5],
    ["1_000.5_0", 1000.5],
    ["_1", "_1"],
    ["1_", 1],
    ["+1", 1],
    ["+1_0", 10],
    ["-1", -1],
    ["0", 0],
    ["-0", 0],
    ["00", 0],
    ["0_7", 7],
    ["1.", 1],
    ["1_.", 1],
    ["12e03", "12e03"],
    ["1.2.3", "1.2.3"],
    ["0.1e+2", 10],
    ["0.0005", 0.0005],
    ["5e-4", "5e-4"],
    ["2001-1-1", "2001-1-1"],
    ["1,000", "1,000"],
    ["0x", "0x"],
    ["0xG", "0xG"],
    ["0b2", "0b2"],
    ["0o8", "0o8"],
    ["9007199254740993", 2 ** 53],
    ["123456789012345678901234567890", 1.2345678901234568e29],
    ["-0.0", -0],
    ["1.0e400", "1.0e400"],
    ["abc", "abc"],
    ["'75_000'", "75_000"],
    ['"yes"', "yes"],
    ["!!str 12", "12"],
    ['!!int "75_000"', 75000],
    ['!!bool "yes"', true],
    ['!!null ""', null],
    ["1__0", 10],
    ["1_2_3", 123],
    ["0x_1F", 31],
    ["0x1_F", 31],
    ["0.", 0],
    ["1e3.5", "1e3.5"],
    ["685_230.15", 685230.15],
    ["6.8523015e+5", 685230.15],
    ["685.230_15e+03", 685230.15],
    ["1.e+3", 1000],
    [".e+3", ".e+3"],
    [".", "."],
    ["..", ".."],
    ["1:2:3:4", 223384],
    ["0:0", "0:0"],
    ["-0x", "-0x"],
  ])("%s is %s", (text, value) => {
    expect(python(text)).toEqual(value);
  });

  it("nothing at all is null", () => {
    expect(python("")).toBeNull();
  });

  it("a date, which no setting is, stays a text", () => {
    expect(python("2001-12-14")).toBe("2001-12-14");
    expect(python("2001-12-14 21:59:43.10")).toBe("2001-12-14 21:59:43.10");
  });

  it.each([
    "!!timestamp 2001-12-14",
    "!!binary aGk=",
    "!!set {a, b}",
    "!!omap [a: 1]",
    "!foo 1",
    "!!python/tuple [1, 2]",
    '!!python/object/apply:os.system ["true"]',
  ])("%s, with a tag, is refused", (text) => {
    expect(messageOf(() => python(text))).toMatch(/^their\.yaml:1:4: this is no valid YAML: Unresolved tag/);
  });
});

describe("mappings as PyYAML reads them", () => {
  it("merge others, their own keys winning, the earlier of a list over the later", () => {
    const text = "a: &a {x: 1_0, y: yes}\nb: &b {x: 2, z: 3}\nc: {<<: [*a, *b], y: 4}\nd: {y: 5, <<: *a}\n";
    expect(layer(text).values).toMatchObject({ c: { x: 10, y: 4, z: 3 }, d: { x: 10, y: 5 } });
  });

  it("take the last of two equal keys, and say so", () => {
    const { values, warnings } = layer("a: {x: 1}\nb: 2\na: {x: 3}\n");
    expect(values).toEqual({ a: { x: 3 }, b: 2 });
    expect(warnings).toEqual(["their.yaml:3:1: a is given twice; the last one holds, as in PyYAML"]);
  });
});
