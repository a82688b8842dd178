import { expect, test } from "vitest";
import { chosenSplit } from "../../src/configuration/split.js";
import { generateCorridors } from "../../src/data/corridors.js";
import { asDataset } from "../../src/data/fingerprint.js";
import { defaultSplit, selectRows, sliceDataset } from "../../src/data/split.js";

const data = asDataset("test data", generateCorridors({ samples: 100 }));

test("D11: the authors' split of 200,000 rows is the default", () => {
  expect(defaultSplit(200_000)).toEqual({
    train: [0, 170_000],
    validation: [170_000, 185_000],
    test: [185_000, 200_000],
  });
});

test("D11: a slice is a view of the same bytes with a fingerprint of its own", () => {
  const slice = sliceDataset(data, [10, 15]);
  expect(slice.count).toBe(5);
  expect(slice.images.buffer).toBe(data.images.buffer);
  expect(slice.images).toEqual(data.images.slice(10 * 169, 15 * 169));
  expect(slice.labels).toEqual(data.labels!.slice(20, 30));
  expect(slice.fingerprint).toBe(`${data.fingerprint}:10-15`);
  expect(sliceDataset(data, [0, 100]).images).toEqual(data.images);
});

test.each([
  [[0, 101], "rows 0 to 101: no such rows: the data have 100"],
  [[5, 5], "rows 5 to 5"],
  [[6, 5], "rows 6 to 5"],
  [[-1, 5], "rows -1 to 5"],
  [[0, 2.5], "rows 0 to 2.5"],
] as const)("rows %j are refused", (range, message) => {
  expect(() => sliceDataset(data, range)).toThrow(message);
});

test("D11: a configuration's split goes before that of the data, that before the default", () => {
  const own = { train: [0, 60], validation: [60, 100], test: [60, 100] } as const;
  expect(chosenSplit({ split: undefined }, data)).toEqual(defaultSplit(100));
  expect(chosenSplit({ split: undefined }, { ...data, split: own })).toEqual(own);
  const chosen = chosenSplit({ split: { train: [10, 20], validation: [20, 30] } }, { ...data, split: own });
  expect(chosen).toEqual({ train: [10, 20], validation: [20, 30], test: [30, 100] });
});

test("a part of the rows has no split of its own", () => {
  const whole = { ...data, split: defaultSplit(100) };
  expect(sliceDataset(whole, [0, 50]).split).toBeUndefined();
  expect(selectRows(whole, [1, 2]).split).toBeUndefined();
});

test.each([
  [[100], "there is no row 100"],
  [[-1], "there is no row -1"],
  [[0.5], "there is no row 0.5"],
  [Array(101).fill(0), "101 are asked for, and there are 100"],
])("rows that there are not are refused: %#", (rows, says) => {
  expect(() => selectRows(data, rows)).toThrow(says);
});
