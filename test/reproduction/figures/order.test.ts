import { expect, test } from "vitest";
import { panelFile } from "../../../src/report/report.js";
import { inPaperOrder } from "../../../src/reproduction/figures/paper-figure.js";

test("figures stand by number, those of an appendix behind the others", () => {
  const numbers = ["A10", 3, "A2", 11, "A1", 1];
  const figures = numbers.map((number) => ({ number, title: "", caption: "", panels: [] }));
  expect(inPaperOrder(figures).map(({ number }) => number)).toEqual([1, 3, 11, "A1", "A2", "A10"]);
});

test("a panel's file is named by figure and letter", () => {
  expect(panelFile(5, "A")).toBe("figure-05-a");
  expect(panelFile("A1", "D1")).toBe("figure-a1-d1");
});
