import { expect, test } from "vitest";
import { formatBytes } from "../../src/cli/format.js";
import { definitionLines, sparkline, tableLines, wrapLine } from "../../src/cli/table.js";

test("a table: words at the left, numbers at the right, no spaces at the ends", () => {
  const columns = [
    { title: "run", align: "left" },
    { title: "nats", align: "right" },
    { title: "note", align: "left" },
  ] as const;
  const rows = [
    ["a", "10.5", ""],
    ["long-name", "3", "ok"],
  ];
  expect(tableLines(columns, rows)).toEqual([
    "run        nats  note",
    "a          10.5",
    "long-name     3  ok",
  ]);
});

test("names and values, a long value continued below itself", () => {
  expect(
    definitionLines([
      ["rate", "3 nats\nupper bound"],
      ["target C", "3"],
    ]),
  ).toEqual(["rate      3 nats", "          upper bound", "target C  3"]);
});

test("little bars from the least to the greatest; the last number is always among them", () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe("▁▂▃▄▅▆▇█");
  expect(sparkline([2, 2])).toBe("▁▁");
  expect(sparkline([7])).toBe("▁");
  const many = Array.from({ length: 1000 }, (_, k) => (k === 999 ? 1 : 0));
  expect(sparkline(many, 10)).toBe("▁▁▁▁▁▁▁▁▁█");
});

test("bytes for people", () => {
  expect([0, 812, 1000, 2_400_000, 3.1e9].map(formatBytes)).toEqual([
    "0 B",
    "812 B",
    "1.0 kB",
    "2.4 MB",
    "3.1 GB",
  ]);
});

test("a line is broken at blanks and keeps every word", () => {
  const line = "validation MSE per pixel 0.05213, rate 9.871 nats (14.241 bits)";
  expect(wrapLine(line, 32)).toEqual([
    "validation MSE per pixel",
    "    0.05213, rate 9.871 nats",
    "    (14.241 bits)",
  ]);
  expect(wrapLine(line, 200)).toEqual([line]);
  expect(wrapLine("one-very-long-word and", 5)).toEqual(["one-very-long-word", "    and"]);
});
