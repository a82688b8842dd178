import { describe, expect, it, test } from "vitest";
import { groupBy, groupsBy } from "../../src/analysis/groups.js";
import { chooseLabels } from "../../src/analysis/labels.js";
import { labelsIn } from "../../src/cli/run-page.js";
import { UserError } from "../../src/errors.js";
import { dataWith } from "./small-runs.js";

const digit = (k: number) => k % 10;
const colour = (k: number) => Math.floor(k / 10) % 3;
const angle = (k: number) => ((k * 37) % 400) / 400;

describe("labels of the data", () => {
  it("are categories where they have names or up to ten whole values, and numbers otherwise", () => {
    const named = dataWith(
      { digit, colour, angle, column: (k) => k % 13, constant: () => 4, kind: (k) => k % 12 },
      { classes: [...Array<undefined>(5), Array.from({ length: 12 }, (_, k) => `kind ${k}`)] },
    );
    expect(chooseLabels(named).map(({ name, kind }) => [name, kind])).toEqual([
      ["digit", "categories"],
      ["colour", "categories"],
      ["angle", "numbers"],
      ["column", "numbers"],
      ["kind", "categories"],
    ]);
  });

  it("are what the user says they are, and rules over them", () => {
    const [number, category, rule] = chooseLabels(dataWith({ digit, angle }), [
      "digit:numbers",
      "angle:categories",
      "digit > 4",
    ]);
    expect([number!.kind, category!.kind, rule!.kind]).toEqual(["numbers", "categories", "categories"]);
    expect([category!.name, rule!.name]).toEqual(["angle", "digit > 4"]);
    expect(Array.from(rule!.values.subarray(0, 10))).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  });

  it("with a comma in their name stand in double quotes, in a list too", () => {
    const list = '"a,b","a,b":numbers,"a,b" > 4,bin("a,b", 2, 5),digit';
    expect(labelsIn(list)).toEqual(['"a,b"', '"a,b":numbers', '"a,b" > 4', 'bin("a,b", 2, 5)', "digit"]);
    const [whole, number, rule] = chooseLabels(
      dataWith({ "a,b": digit, digit }, { classes: [Array.from({ length: 10 }, (_, k) => `kind ${k}`)] }),
      labelsIn(list),
    );
    expect([whole!.name, whole!.names?.[3], number!.kind]).toEqual(["a,b", "kind 3", "numbers"]);
    expect(Array.from(rule!.values.subarray(3, 7))).toEqual([0, 0, 1, 1]);
    // One alone is a letter like others.
    expect(labelsIn('5" disk,digit')).toEqual(['5" disk', "digit"]);
  });

  it("are at most six unless more are asked for, and none where the data have none", () => {
    const names = Array.from({ length: 9 }, (_, column) => `l${column}`);
    const many = dataWith(Object.fromEntries(names.map((name) => [name, digit])));
    expect(chooseLabels(many)).toHaveLength(6);
    expect(chooseLabels(many, names)).toHaveLength(9);
    expect(chooseLabels(dataWith({}))).toEqual([]);
  });

  test.each([
    ["an unknown name", ["digits"], /there is no label "digits".*Did you mean digit\?/],
    ["a rule that divides by 0", ["1 / digit"], /label 1 \/ digit: it is Infinity for image 0/],
  ])("%s is an error of one line", (_, asked, message) => {
    expect(() => chooseLabels(dataWith({ digit }), asked)).toThrow(UserError);
    expect(() => chooseLabels(dataWith({ digit }), asked)).toThrow(message);
  });
});

describe("groups", () => {
  const group = (asked: string[]) => groupsBy(chooseLabels(dataWith({ digit, colour, angle }), asked));

  it("of two labels whose values occur together are a plane, the second within the first", () => {
    const [plane, ...others] = group(["digit", "colour"]);
    expect(others).toEqual([]);
    expect(plane!.title).toBe("digit, colour");
    expect(plane!.names.slice(0, 4)).toEqual(["0, 0", "0, 1", "0, 2", "1, 0"]);
    expect(plane!.labels.classes).toHaveLength(30);
  });

  it("of two labels whose values hardly occur together are taken one by one", () => {
    const diagonal = dataWith({ a: (k) => k % 9, b: (k) => k % 9 });
    expect(groupsBy(chooseLabels(diagonal)).map(({ title }) => title)).toEqual(["a", "b"]);
  });

  it("of a quantity are ten bins of equally many images, named by their ends", () => {
    const [bins] = group(["angle"]);
    expect(bins!.axes[0]).toMatchObject({ name: "angle", bins: 10 });
    expect(Array.from(bins!.labels.sizes)).toEqual(Array(10).fill(40));
    expect(bins!.names[0]).toBe("0 to 0.0975");
    expect(bins!.axes[0]!.values[0]).toBeCloseTo(0.04875, 10);
  });

  it("of a quantity with few values are its values, and bins that begin with the same value are one", () => {
    const table = dataWith({ column: (k) => k % 13, mostly: (k) => (k < 300 ? 0.5 : k) });
    const [column, mostly] = chooseLabels(table).map((label) => groupBy([label]));
    expect(column!.names).toHaveLength(13);
    expect(column!.axes[0]!.bins).toBeUndefined();
    expect(mostly!.names).toEqual(["0.5 to 319", "320 to 359", "360 to 399"]);
    expect(mostly!.axes[0]!.bins).toBe(3);
    expect(Array.from(mostly!.labels.sizes)).toEqual([320, 40, 40]);
  });

  it("have the names of named categories, in the order of their numbers", () => {
    const table = dataWith({ colour }, { classes: [["red", "green", "blue"]] });
    expect(groupBy(chooseLabels(table)).names).toEqual(["red", "green", "blue"]);
  });
});
