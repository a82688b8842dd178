import { beforeAll, describe, expect, test } from "vitest";
import { renderSvg } from "../../../src/figures/render/svg.js";
import { dimensionFigures } from "../../../src/papers/intrinsic-dimension/figures/index.js";
import { renderReport } from "../../../src/report/index.js";
import type { PaperFigure } from "../../../src/reproduction/figures/paper-figure.js";
import { reproductionSections } from "../../../src/reproduction/figures/sections.js";
import { resultsAsPublished } from "./results-as-published.js";

const lettersOf = (figures: readonly PaperFigure[]) =>
  figures.map(({ number, panels }) => `${number} ${panels.map(({ letter }) => letter).join("")}`);

const panelOf = (figures: readonly PaperFigure[], number: number | string, letter: string) =>
  figures.find((one) => one.number === number)!.panels.find((one) => one.letter === letter)!.spec;

/** Cells of a table by their columns. */
const rowsOf = (figure: ReturnType<typeof panelOf>) =>
  figure.table.rows.map((row) =>
    Object.fromEntries(figure.table.columns.map((column, k) => [column, row[k]])),
  );

describe("figures of both data sets", () => {
  let figures: PaperFigure[];
  beforeAll(() => {
    const cifar = resultsAsPublished({ seeds: [0, 1], noise: 0.1 });
    const mnist = resultsAsPublished({ data: "mnist", bottlenecks: [2, 8, 16, 32] });
    figures = dimensionFigures({ ...cifar, networks: [...cifar.networks, ...mnist.networks] });
  });

  test("are 1 to 3 and A1 to A4, in this order", () => {
    expect(lettersOf(figures)).toEqual(["1 ABCDE", "2 ABCDE", "3 A", "A1 ABCD", "A2 ABC", "A3 A", "A4 ABC"]);
    for (const { caption } of figures) expect(caption).not.toMatch(/undefined|NaN|Not drawn|stands in/);
    expect(figures[0]!.caption).toContain("CIFAR-10, after epoch 200, at 5,000 test images, 2 seeds.");
    expect(figures[0]!.caption).toContain("K = 16 is anomalous");
  });

  test("are drawn, each with its text on the page", async () => {
    for (const { panels } of figures) {
      for (const { spec, rows } of panels) {
        const svg = await renderSvg(spec);
        expect(svg).toContain("<text");
        expect(svg).not.toMatch(/NaN|undefined|…/);
        expect(rows!.rows.length).toBeGreaterThan(0);
      }
    }
  });

  test("have what is published next to what is ours", () => {
    const rows = rowsOf(panelOf(figures, 1, "A")).filter(({ K, layer }) => K === "128" && layer === "l8");
    expect(rows.map(({ source, seeds }) => [source, seeds])).toEqual([
      ["measured", 2],
      ["published", ""],
    ]);
    expect(rows[1]!.dimension).toBe(76.87);
    const rates = rowsOf(panelOf(figures, 2, "B")).filter(({ source }) => source === "published");
    expect(rates.find(({ K, epoch }) => K === "64" && epoch === 200)!.rateNats).toBeCloseTo(2960 / 136, 12);
    expect(rates.some(({ K }) => K === "4")).toBe(false);
    const training = rowsOf(panelOf(figures, 3, "A"));
    expect(training.filter(({ source, layer }) => source === "published" && layer === "l8")).toHaveLength(10);
  });

  test("never hold our Fréchet distance against the published one", () => {
    expect(rowsOf(panelOf(figures, 2, "A")).some(({ source }) => source === "published")).toBe(false);
    const ofQuality = (letter: string) =>
      rowsOf(panelOf(figures, "A1", letter)).filter(({ curve }) => String(curve).startsWith("Fréchet"));
    expect(new Set(ofQuality("A").map(({ source }) => source))).toEqual(new Set(["measured"]));
    expect(new Set(ofQuality("D").map(({ source }) => source))).toEqual(new Set(["published"]));
    expect(figures.find(({ number }) => number === "A1")!.caption).toContain("comparable with no other");
  });

  test("show how far rounding may move a published relative imbalance", () => {
    const published = rowsOf(panelOf(figures, 1, "C")).filter(
      ({ K, source }) => K === "4" && source === "published",
    );
    const at = (wanted: string) => published.find(({ step }) => step === wanted)!;
    // 0.0005 in both directions, each up to 0.00005 more or less.
    expect(at("l5→l6").relativeImbalance).toBe(0);
    expect(at("l5→l6").high).toBeCloseTo(0.2, 12);
    expect(at("l4→l5").relativeImbalance).toBeCloseTo((0.0991 - 0.3184) / 0.20875, 12);
  });

  test("show the code's mean next to its samples, and each direction between K and 2K", () => {
    const codes = rowsOf(panelOf(figures, 1, "E")).map(({ curve }) => curve);
    expect(new Set(codes)).toEqual(new Set(["sampled code", "mean of the code"]));
    const crossings = rowsOf(panelOf(figures, "A1", "B"));
    expect(crossings.filter(({ curve }) => curve === "Δ(2K→K)").map(({ K }) => K)).toEqual([
      2, 4, 8, 16, 32, 64,
    ]);
    expect(crossings[0]).toMatchObject({ curve: "Δ(K→2K)", K: 2, seeds: 2 });
  });

  test("stand in a report under their own numbers", async () => {
    const page = await renderReport({ title: "t", sections: reproductionSections(figures.slice(3, 4)) });
    expect(page).toContain("Figure A1.");
    expect(page).toContain("figure-a1-d");
    expect(page).toContain("Numbers of Figure A1B");
  });
});

describe("figures of a reduced run on MNIST", () => {
  const figures = dimensionFigures(
    resultsAsPublished({
      data: "mnist",
      bottlenecks: [2, 8, 32],
      epochs: [0, 1, 5, 20],
      seeds: [0, 1],
      noise: 0.1,
    }),
  );

  test("take the place of the main ones, and say so", () => {
    expect(lettersOf(figures)).toEqual(["1 ABCDE", "2 ABCDE", "3 A", "A1 A", "A2 ABC", "A3 A", "A4 ABC"]);
    const [one, , three, a1] = figures;
    expect(one!.caption).toContain("MNIST stands in for CIFAR-10");
    expect(one!.caption).toContain("Published values are those after epoch 200, ours those after epoch 20.");
    expect(one!.caption).not.toContain("anomalous");
    expect(three!.panels[0]!.title).toBe("K = 32");
    expect(a1!.caption).toContain("Not drawn: B needs networks of K and 2K of one seed");
  });

  test("take the least and the greatest K where the paper's are not there", () => {
    expect(new Set(rowsOf(panelOf(figures, 1, "C")).map(({ K }) => K))).toEqual(new Set(["2", "32"]));
    expect(figures.find(({ number }) => number === "A2")!.panels.map(({ title }) => title)).toEqual([
      "K = 2",
      "K = 8",
      "K = 32",
    ]);
  });

  test("leave gaps where nothing is published, instead of lines across", () => {
    const { layer } = panelOf(figures, 1, "B").spec as unknown as {
      layer: { data: { values: { series: string; source: string; x: number; piece: number }[] } }[];
    };
    const published = layer[0]!.data.values.filter(({ series }) => series === "32");
    expect(new Set(published.map(({ source }) => source))).toEqual(new Set(["published"]));
    expect(published.map(({ x, piece }) => [x, piece])).toEqual([
      [5, 0],
      [10, 1],
    ]);
  });
});

test("what was not measured is not drawn, and named; of nothing there is no figure", () => {
  const without = resultsAsPublished({
    change: (measures) => ({
      ...measures,
      forward: measures.forward.map(() => null),
      reconstructions: { frechet: null, kernel: null, slicedWasserstein: null },
      trainRateNats: null,
    }),
  });
  const figures = dimensionFigures(without);
  expect(lettersOf(figures).slice(0, 2)).toEqual(["1 ABE", "2 BCE"]);
  expect(figures[0]!.caption).toContain("Not drawn: C needs imbalances between each layer and the next");
  expect(figures[1]!.caption).toContain("A needs features of reconstructions");
  expect(dimensionFigures({ ...without, networks: [] })).toEqual([]);
});
